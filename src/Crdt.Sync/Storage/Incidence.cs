using System.Collections.Immutable;
using Crdt.Entities;

namespace Crdt.Sync.Storage;

/// <summary>That a relationship starts or ends at a node.</summary>
internal readonly record struct Incidence(EntityId Node, EntityId Relationship)
{
    public static ImmutableSortedSet<Incidence> None { get; } = ImmutableSortedSet.Create<Incidence>(
        Comparer<Incidence>.Create((a, b) => (a.Node, a.Relationship).CompareTo((b.Node, b.Relationship))));
}
