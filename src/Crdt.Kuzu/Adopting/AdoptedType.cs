using Crdt.Schema;

namespace Crdt.Kuzu.Adopting;

/// <summary>A node table, or one of the pairs that a relationship table connects, and the type that it becomes.</summary>
/// <param name="Table">The table.</param>
/// <param name="Type">The type.</param>
/// <param name="Columns">The columns that become fields, in the order of the table.</param>
internal sealed record AdoptedType(SourceTable Table, EntityType Type, IReadOnlyList<AdoptedColumn> Columns)
{
    /// <summary>The primary key of a node table.</summary>
    public SourceColumn? Key { get; init; }

    /// <summary>What the primary key becomes.</summary>
    public KeyForm? KeyForm { get; init; }

    /// <summary>What the table becomes where relationships start.</summary>
    public AdoptedType? From { get; init; }

    /// <summary>What the table becomes where they lead.</summary>
    public AdoptedType? To { get; init; }

    /// <summary>Whether some of its relationships have the same ends, so that they are numbered.</summary>
    public bool IsNumbered => From is not null && Type.Key is not null;
}
