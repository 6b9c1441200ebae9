using Crdt.Entities;

namespace Crdt.Storage;

/// <summary>The new state of one entity.</summary>
/// <param name="Id">Which entity.</param>
/// <param name="State">Its state as canonical bytes; empty where nothing of it is left.</param>
/// <param name="WasAlive">Whether it was alive before this change.</param>
/// <param name="IsAlive">Whether it is alive now.</param>
/// <param name="InConflict">Whether the state holds something that a person may want to settle.</param>
public sealed record EntityWrite(EntityId Id, ReadOnlyMemory<byte> State, bool WasAlive, bool IsAlive, bool InConflict)
{
    /// <summary>The values of unique fields that it has now and had not before.</summary>
    public IReadOnlyList<UniqueClaim> Claimed { get; init; } = [];

    /// <summary>Those that it had before and has no more.</summary>
    public IReadOnlyList<UniqueClaim> Released { get; init; } = [];

    /// <summary>Where the writes of a commit lie, those with lower ids first. O(n log n).</summary>
    /// <exception cref="ArgumentException">One has no id, or two have the same.</exception>
    public static int[] InOrder(IReadOnlyList<EntityWrite> writes)
    {
        ArgumentNullException.ThrowIfNull(writes);
        int[] order = [.. Enumerable.Range(0, writes.Count)];
        Array.Sort(order, (a, b) => writes[a].Id.CompareTo(writes[b].Id));
        RequireDistinct(order, index => writes[index].Id);
        return order;
    }

    /// <summary>Demands of ids in order that each names something, and none comes twice. O(n).</summary>
    /// <exception cref="ArgumentException">It isn't so.</exception>
    public static void RequireDistinct(IReadOnlyList<int> order, Func<int, EntityId> idOf)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(idOf);
        if (order.Count > 0 && idOf(order[0]).Bytes.IsEmpty) throw new ArgumentException("A commit changes an entity that has no id.", nameof(order));
        for (var i = 1; i < order.Count; i++)
        {
            var id = idOf(order[i]);
            if (id == idOf(order[i - 1])) throw new ArgumentException($"A commit changes the entity {id} twice.", nameof(order));
        }
    }
}
