using Crdt.Types.Registers;
using Crdt.Types;

namespace Crdt.Schema;

/// <summary>One replicated field of an entity type.</summary>
/// <param name="Name">Its name in the data; by default that of the property. Its number on the wire is made from it.</param>
/// <param name="Kind">How it merges.</param>
/// <param name="Value">The type of its value, or of its elements. A counter's is <see cref="ValueKind.Int64"/>, a flag's <see cref="ValueKind.Boolean"/>.</param>
/// <param name="Nullable">Whether a register can hold nothing.</param>
/// <param name="Column">The column of the graph database that shows it; by default its name.</param>
public sealed record FieldSchema(string Name, FieldKind Kind, ValueSchema Value, bool Nullable, string Column)
{
    /// <summary>The field's number on the wire.</summary>
    public uint Id { get; } = SchemaHash.Of(Name);

    /// <summary>The type of a map's keys; null for other kinds.</summary>
    public ValueSchema? Key { get; init; }

    /// <summary>The least value of a bounded counter, which it also starts at; 0 for other kinds.</summary>
    public long Min { get; init; }

    /// <summary>
    /// Whether one node of the type at most is to have a value. It is checked where values are written and has no part in merging, so replicas that don't know of it exchange data with those that do.
    /// </summary>
    public bool IsUnique { get; init; }

    /// <summary>What a register with concurrent writes reads as; null for the last write. It doesn't travel: each program brings its own.</summary>
    public ResolutionRule? Rule { get; init; }
}
