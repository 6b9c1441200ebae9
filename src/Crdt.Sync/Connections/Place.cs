using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Sync.Connections;

/// <summary>An end of a node that takes one relationship of a type at most.</summary>
/// <param name="Type">The number of the type.</param>
/// <param name="Node">The node.</param>
/// <param name="IsSource">Whether it is the node as a source, or as a target.</param>
internal readonly record struct Place(uint Type, EntityId Node, bool IsSource)
{
    /// <summary>The places that a relationship takes: none where its type has no multiplicity, and one or two where it has.</summary>
    public static IEnumerable<Place> Of(EntityType type, EntityId source, EntityId target)
    {
        if (type.Multiplicity is Multiplicity.ManyOne or Multiplicity.OneOne) yield return new(type.Id, source, IsSource: true);
        if (type.Multiplicity is Multiplicity.OneMany or Multiplicity.OneOne) yield return new(type.Id, target, IsSource: false);
    }

    /// <inheritdoc cref="Of(EntityType, EntityId, EntityId)"/>
    public static IEnumerable<Place> Of(EntityType type, EntityId relationship)
    {
        if (!type.IsConstrained) return [];
        var (source, target) = relationship.Ends();
        return Of(type, source, target);
    }
}
