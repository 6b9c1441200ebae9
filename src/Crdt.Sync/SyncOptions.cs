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

    /// <summary>Is told how far the session has come.</summary>
    public IProgress<SyncProgress>? Progress { get; init; }
}
