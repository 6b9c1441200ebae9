using Crdt.Entities;

namespace Crdt.Sync.Verification;

/// <summary>A row of the graph database that differs from the truth.</summary>
/// <param name="Kind">How.</param>
/// <param name="Type">The name of the entity's type.</param>
/// <param name="Entity">The entity for people: its key, or its ends and its key.</param>
/// <param name="Id">The entity; the default value where the key columns of an extra row name none.</param>
/// <param name="Columns">The columns that hold something else; none where the row is missing or extra.</param>
public sealed record RowDifference(DifferenceKind Kind, string Type, string Entity, EntityId Id, IReadOnlyList<ColumnDifference> Columns)
{
    /// <summary>A line for a log.</summary>
    public override string ToString() => Columns.Count == 0
        ? $"{Kind}: {Type} {Entity}"
        : $"{Kind}: {Type} {Entity}: {string.Join("; ", Columns.Select(column => $"{column.Column} is {column.Found}, not {column.Expected}"))}";
}
