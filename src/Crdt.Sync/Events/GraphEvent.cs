using Crdt.Clocks;

namespace Crdt.Sync.Events;

/// <summary>
/// One committed transaction of one lane, as it travels: who, which dots, when, after what, and what it did to each
/// entity. Applied on every replica as a whole and exactly once.
/// </summary>
/// <param name="Lane">The causal domain.</param>
/// <param name="Origin">Who committed it.</param>
/// <param name="First">The first of its dots; events of one origin follow each other without a gap.</param>
/// <param name="Last">The last of its dots, at least <paramref name="First"/>.</param>
/// <param name="Stamp">The origin's clock at the commit.</param>
/// <param name="Dependencies">What its origin had applied before it.</param>
/// <param name="Changes">What it did, each entity once.</param>
/// <param name="Bytes">Its wire form.</param>
public sealed record GraphEvent(
    string Lane,
    ReplicaId Origin,
    ulong First,
    ulong Last,
    Stamp Stamp,
    VersionVector Dependencies,
    IReadOnlyList<EntityDelta> Changes,
    ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The hash of its origin's previous event in the lane, zeros for the first; empty where events of that origin aren't signed.</summary>
    public ReadOnlyMemory<byte> Previous { get; init; }

    /// <summary>Its own hash, where that was worked out already; see <see cref="Signatures.SealedEvent.HashOf"/>.</summary>
    internal ReadOnlyMemory<byte> Hash { get; init; }
}
