using Crdt.Clocks;
using Crdt.Sync.Lanes;
using Crdt.Sync.Live;
using Crdt.Sync.Networking;
using Crdt.Sync.Sessions;

namespace Crdt.Sync;

/// <summary>What one session is to do, where that differs from what it does by itself.</summary>
public sealed record SyncOptions
{
    /// <summary>
    /// The lanes to exchange, the one that matters most first; null for all that this replica takes part in. Lanes that are left out stay as they are on
    /// both sides. Sessions for different lanes may run at the same time with one peer.
    /// </summary>
    public IReadOnlyList<string>? Lanes { get; init; }

    /// <summary>
    /// What this side calls the peer, for instance its address. What is measured of the network is kept under it, and the strategy follows from that. Null where the caller
    /// doesn't know whom it meets: then it is kept under the name by which the peer introduces itself.
    /// </summary>
    public string? Peer { get; init; }

    /// <summary>
    /// How to make the best of the network; null to choose by what was measured of <see cref="Peer"/>, which is
    /// <see cref="SyncStrategy.Immediate"/> while nothing was.
    /// </summary>
    public SyncStrategy? Strategy { get; init; }

    /// <summary>
    /// What the peer may read and write here, as whoever opened the way to it has found out; everything by default. It holds for this session, on this side: the peer's own options say what this
    /// replica may do there.
    /// </summary>
    public PeerAccess Access { get; init; } = PeerAccess.Full;

    /// <summary>
    /// The id that the peer has to introduce itself with, as whoever opened the way to it has found out; null for any. Where it follows from a key, the peer has to sign a challenge with that, once on each way.
    /// </summary>
    public ReplicaId? Replica { get; init; }

    /// <summary>How long the peer may say nothing, or take nothing, before the way to it counts as broken; null for as long as it likes, which suits ways that notice by themselves.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>
    /// Whether to end with <see cref="UnknownTypesException"/>, before anything is exchanged, where the peer knows types or fields that this replica was opened without. By default what is unknown
    /// is merged and passed on all the same, in the lanes that both know.
    /// </summary>
    public bool RequiresKnownTypes { get; init; }

    /// <summary>Is told how far the peer is behind in each lane, while both stay connected, whenever that changes.</summary>
    public IProgress<LiveProgress>? Live { get; init; }

    /// <summary>Is told how far the session has come.</summary>
    public IProgress<SyncProgress>? Progress { get; init; }
}
