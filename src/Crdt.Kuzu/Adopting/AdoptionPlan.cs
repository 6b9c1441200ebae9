using Crdt.Schema;

namespace Crdt.Kuzu.Adopting;

/// <summary>What a database would become as a replica, found out from its catalog.</summary>
public sealed class AdoptionPlan
{
    internal AdoptionPlan(GraphSchema schema, IReadOnlyList<AdoptedType> types, IReadOnlyList<AdoptionNote> notes) => (Schema, Types, Notes) = (schema, types, notes);

    /// <summary>The types that its tables become.</summary>
    public GraphSchema Schema { get; }

    /// <summary>What isn't kept as it is. Values that can't be kept are found when they are read, by the adoption itself.</summary>
    public IReadOnlyList<AdoptionNote> Notes { get; }

    /// <summary>The types in the order in which they are read: nodes first.</summary>
    internal IReadOnlyList<AdoptedType> Types { get; }
}
