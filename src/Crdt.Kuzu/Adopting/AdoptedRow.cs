using Crdt.Entities;

namespace Crdt.Kuzu.Adopting;

/// <summary>A row of the adopted database, in the form that a transaction takes.</summary>
internal sealed class AdoptedRow
{
    /// <summary>What it is the row of.</summary>
    public required AdoptedType Type { get; init; }

    /// <summary>How it is named in notes.</summary>
    public required string Name { get; init; }

    /// <summary>The key of a node, or the number of a relationship among those with the same ends.</summary>
    public EntityKey Key { get; set; }

    /// <summary>Where a relationship starts.</summary>
    public EntityId Source { get; init; }

    /// <summary>Where a relationship leads.</summary>
    public EntityId Target { get; init; }

    /// <summary>Its values; NULL isn't among them, for it says nothing that a field that was never written doesn't.</summary>
    public required List<(string Field, object? Value)> Values { get; init; }

    /// <summary>The entity that it becomes.</summary>
    /// <exception cref="ArgumentException">The key is too long.</exception>
    public EntityId Id => Type.From is null ? EntityId.Node(Type.Type, Key) : EntityId.Relationship(Type.Type, Source, Target, Key);

    /// <summary>About how many bytes it takes, and not fewer.</summary>
    public int Size => 256 + Values.Sum(value => ValueSize.Of(value.Value));
}
