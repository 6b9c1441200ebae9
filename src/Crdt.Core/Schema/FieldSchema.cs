using Crdt.Types.Registers;
using Crdt.Types;

namespace Crdt.Schema;

/// <summary>One replicated field of an entity type.</summary>
/// <param name="Name">Its name in the data; by default that of the property. Its number on the wire is made from it.</param>
/// <param name="Kind">How it merges.</param>
/// <param name="Value">The type of its value, or of its elements. A counter's is <see cref="ValueKind.Int64"/>.</param>
/// <param name="Nullable">Whether a register can hold nothing.</param>
/// <param name="Column">The column of the graph database that shows it; by default its name.</param>
public sealed record FieldSchema(string Name, FieldKind Kind, ValueKind Value, bool Nullable, string Column)
{
    /// <summary>The field's number on the wire.</summary>
    public uint Id { get; } = SchemaHash.Of(Name);

    /// <summary>What a register with concurrent writes reads as; null for the last write. It doesn't travel: each program brings its own.</summary>
    public ResolutionRule? Rule { get; init; }
}
