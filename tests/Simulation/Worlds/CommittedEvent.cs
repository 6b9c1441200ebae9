using Crdt.Storage;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>An event that its origin made durable.</summary>
/// <param name="Peer">The origin.</param>
/// <param name="Stored">The event, by the name that it has now.</param>
/// <param name="Effects">What can be reckoned of it.</param>
internal sealed record CommittedEvent(Peer Peer, StoredEvent Stored, IReadOnlyList<Effect> Effects)
{
    /// <summary>Whether its origin's disk was put back to before it, so that it lives only if somebody else had it by then.</summary>
    public bool MayBeLost { get; set; }

    /// <summary>The names that it had before its origin issued it again. Somebody who took it by one of them without having said so, or a copy of a disk, has it twice.</summary>
    public IReadOnlyList<StoredEvent> Former { get; init; } = [];
}
