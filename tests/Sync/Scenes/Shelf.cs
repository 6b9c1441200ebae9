using Crdt.Clocks;
using Crdt.Entities;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>What is kept of a graph database from one opening to the next.</summary>
public sealed record Shelf
{
    public long Watermark { get; init; }

    public ReplicaId? Origin { get; init; }

    public IReadOnlyDictionary<EntityId, string> Rows { get; init; } = new Dictionary<EntityId, string>();
}
