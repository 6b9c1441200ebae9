using Crdt.Schema;

namespace Crdt.Kuzu.Adopting;

/// <summary>A column of a table that is adopted.</summary>
/// <param name="Source">The column.</param>
/// <param name="Name">What it is called in the replica.</param>
/// <param name="Form">What its values become.</param>
internal sealed record AdoptedColumn(SourceColumn Source, string Name, ValueForm Form)
{
    /// <summary>Whether the engine has to be asked for each value which alternative it is.</summary>
    public bool IsUnion => Source.Type!.Name == SourceType.Union;

    /// <summary>The field that it becomes.</summary>
    public FieldSchema Field => new(Name, FieldKind.Register, Form.Schema, Nullable: true, Name);
}
