using Crdt.Sync.Sessions;

namespace Crdt.Sync.Offline;

/// <summary>What became of the changes that waited for a peer.</summary>
/// <param name="SyncedOperations">How many operations left the queue, because the peer has them durably now.</param>
/// <param name="Session">The session that did it.</param>
public sealed record OfflineSyncResult(long SyncedOperations, SyncResult Session);
