using Crdt.Entities;

namespace Crdt.Sqlite;

/// <summary>The order in which entities are read and written: that of their ids, in which those that are neighbours in an index are on one page of it.</summary>
internal static class EntityOrder
{
    /// <summary>The places of the entities in a list, by ascending id. O(n) where they ascend already, O(n log n) otherwise.</summary>
    public static int[] Of(IReadOnlyList<EntityId> entities)
    {
        var (ids, order) = (new EntityId[entities.Count], new int[entities.Count]);
        var ascends = true;
        for (var i = 0; i < ids.Length; i++)
        {
            (ids[i], order[i]) = (entities[i], i);
            ascends &= i == 0 || ids[i - 1].CompareTo(ids[i]) <= 0;
        }

        if (!ascends) Array.Sort(ids, order);
        return order;
    }
}
