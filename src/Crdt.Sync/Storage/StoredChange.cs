using System.Collections.Immutable;
using Crdt.Entities;

namespace Crdt.Sync.Storage;

/// <summary>That a commit changed an entity.</summary>
/// <param name="Revision">The commit.</param>
/// <param name="Place">The place among the changes of the commit.</param>
/// <param name="Id">The entity.</param>
/// <param name="WasAlive">Whether it was alive before.</param>
internal readonly record struct StoredChange(long Revision, long Place, EntityId Id = default, bool WasAlive = false)
{
    public static ImmutableSortedSet<StoredChange> None { get; } = ImmutableSortedSet.Create<StoredChange>(
        Comparer<StoredChange>.Create((a, b) => (a.Revision, a.Place).CompareTo((b.Revision, b.Place))));
}
