using System.Collections.Immutable;
using Crdt.Entities;

namespace Crdt.Sync.Storage;

/// <summary>An entity as it lies on an <see cref="InMemoryDisk"/>; ordered by its id alone.</summary>
internal sealed record StoredRow(EntityId Id, long Row, bool IsAlive, bool InConflict, ReadOnlyMemory<byte> State)
{
    /// <summary>No rows, to which others are added in the order of their ids.</summary>
    public static ImmutableSortedSet<StoredRow> None { get; } = ImmutableSortedSet.Create<StoredRow>(Comparer<StoredRow>.Create((a, b) => a.Id.CompareTo(b.Id)));

    /// <summary>What a row is looked up with.</summary>
    public static StoredRow Of(EntityId id) => new(id, 0, false, false, default);
}
