using Crdt.Sync.Conflicts;
using Crdt.Sync.Sessions;

namespace Crdt.Sync.Offline;

/// <summary>What became of the changes that waited for a peer.</summary>
/// <param name="SyncedOperations">How many operations left the queue, because the peer has them durably now.</param>
/// <param name="Session">The session that did it.</param>
public sealed record OfflineSyncResult(long SyncedOperations, SyncResult Session)
{
    /// <summary>How many conflicts came of what the peer had written meanwhile, each of which a rule has resolved.</summary>
    public long ConflictsResolved => Session.ConflictsResolved;

    /// <summary>The first hundred of them.</summary>
    public IReadOnlyList<Conflict> Conflicts => Session.Conflicts;
}
