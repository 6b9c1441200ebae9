using Crdt.Clocks;
using Crdt.Sync.Sessions;

namespace Crdt.AspNetCore.Endpoints;

/// <summary>A peer that is connected to a hub, as of one moment.</summary>
/// <param name="Peer">What it was let in as.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Since">Since when.</param>
public sealed record ConnectedPeer(string Peer, string? Address, DateTimeOffset Since)
{
    /// <summary>The replica that it was let in as; null where its token isn't for one.</summary>
    public ReplicaId? Replica { get; init; }

    /// <summary>What the replica calls itself; null until it has said so.</summary>
    public string? Name { get; init; }

    /// <summary>How many sessions were complete.</summary>
    public int Sessions { get; init; }

    /// <summary>How much the last one had to carry; null before it.</summary>
    public SyncMode? Mode { get; init; }

    /// <summary>Bytes of frames that were sent to it.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes of frames that came from it.</summary>
    public long BytesReceived { get; init; }

    /// <summary>How many events it is behind, over all lanes, while it stays connected.</summary>
    public long Lag { get; init; }
}
