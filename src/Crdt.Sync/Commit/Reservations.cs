using System.Collections.Immutable;
using Crdt.Entities;

namespace Crdt.Sync.Commit;

/// <summary>
/// Which entities are reserved for which transaction. Nobody ever waits for a reservation: who meets one is refused and told whose it is, so
/// transactions can't wait for each other in a circle, in whatever order they reserve.
/// </summary>
internal sealed class Reservations
{
    private readonly ImmutableDictionary<EntityId, TransactionId> _holders;

    private Reservations(ImmutableDictionary<EntityId, TransactionId> holders) => _holders = holders;

    /// <summary>Nothing is reserved.</summary>
    public static Reservations None { get; } = new(ImmutableDictionary<EntityId, TransactionId>.Empty);

    /// <summary>How many entities are reserved.</summary>
    public int Count => _holders.Count;

    /// <summary>For whom an entity is reserved; null where it is free. O(log n).</summary>
    public TransactionId? HolderOf(EntityId entity) => _holders.TryGetValue(entity, out var holder) ? holder : null;

    /// <summary>The first other transaction that holds one of the entities; null where there is none.</summary>
    public TransactionId? FindHolder(IEnumerable<EntityId> entities, TransactionId besides) =>
        entities.Select(HolderOf).FirstOrDefault(holder => holder is not null && holder != besides);

    /// <summary>Reserves entities, which have to be free, or the transaction's own already.</summary>
    public Reservations Add(TransactionId holder, IEnumerable<EntityId> entities) =>
        new(_holders.AddRange(entities.Select(entity => KeyValuePair.Create(entity, holder))));

    /// <summary>Frees what the transaction holds of the entities.</summary>
    public Reservations Remove(TransactionId holder, IEnumerable<EntityId> entities) =>
        new(_holders.RemoveRange(entities.Where(entity => HolderOf(entity) == holder)));
}
