using Crdt.Storage;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>An event that its origin made durable.</summary>
/// <param name="Peer">The origin.</param>
/// <param name="Stored">The event.</param>
/// <param name="Effects">What can be reckoned of it.</param>
internal sealed record CommittedEvent(Peer Peer, StoredEvent Stored, IReadOnlyList<Effect> Effects)
{
    /// <summary>Whether its origin's disk was put back to before it, so that it lives only if somebody else had it by then.</summary>
    public bool MayBeLost { get; set; }
}
