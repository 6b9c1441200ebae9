using Crdt.Sync.Conflicts;
using Crdt.Sync.Networking;

namespace Crdt.Sync.Sessions;

/// <summary>What one session did, seen from one side.</summary>
/// <param name="PeerName">The peer's name; null where both were equal, since those part before they introduce themselves.</param>
/// <param name="Mode">How much there was to carry: the most of all lanes.</param>
/// <param name="Sent">What went out.</param>
/// <param name="Received">What came in.</param>
/// <param name="Held">Events of the peer that wait until its clock is right.</param>
/// <param name="Elapsed">From the first frame to the last.</param>
public sealed record SyncResult(string? PeerName, SyncMode Mode, Traffic Sent, Traffic Received, int Held, TimeSpan Elapsed)
{
    internal const int MaxConflicts = 100;

    /// <summary>
    /// Events that came and were refused, because they are malformed or follow one of the same origin that is: see <see cref="GraphReplica.ReadHealthAsync"/>.
    /// Those of other origins were taken.
    /// </summary>
    public int Refused { get; init; }

    /// <summary>Events of this side that the peer has held back, until this side's clock, or that of whoever made them, is right. They count as waiting in the offline queue.</summary>
    public int HeldByPeer { get; init; }

    /// <summary>Events of this side that the peer has refused, because they are malformed or follow one of the same origin that is: one of the two stores or programs is at fault.</summary>
    public int RefusedByPeer { get; init; }

    /// <summary>The version of the protocol that was spoken.</summary>
    public string ProtocolVersion { get; init; } = "";

    /// <summary>
    /// How many operations of this side left its offline queue, because the peer has them durably now. Counted once the queue was: after the replica was
    /// offline, or the queue was measured.
    /// </summary>
    public long SyncedOperations { get; init; }

    /// <summary>How many conflicts came of what this side took over, each of which a rule has resolved. Relationships that compete for a place are listed in the inbox alone.</summary>
    public long ConflictsResolved { get; init; }

    /// <summary>The first hundred of them.</summary>
    public IReadOnlyList<Conflict> Conflicts { get; init; } = [];

    /// <summary>How this side made the best of the network, and why.</summary>
    public SyncStrategy Strategy { get; init; } = SyncStrategy.Immediate;

    /// <summary>
    /// What was done in each lane that both sides have, and which lanes this side held back and why; of lanes that were carried, empty where both
    /// were equal.
    /// </summary>
    public IReadOnlyDictionary<string, LaneResult> Lanes { get; init; } = new Dictionary<string, LaneResult>();
}
