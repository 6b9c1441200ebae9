using Crdt.Clocks;
using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync.Transactions;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Connections;

/// <summary>What a transaction wrote, to which is added what follows from it.</summary>
/// <param name="lanes">What it wrote.</param>
/// <param name="begin">Gives an author for a lane in which it wrote nothing.</param>
/// <param name="vectorOf">The context of a lane's rows.</param>
internal sealed class ExtendedWrites(IReadOnlyList<LaneWrites> lanes, Func<string, TransactionAuthor> begin, Func<string, VersionVector> vectorOf)
{
    private readonly Dictionary<string, (LaneWrites Writes, List<TouchedEntity> Added)> _lanes = lanes.ToDictionary(lane => lane.Lane, lane => (lane, new List<TouchedEntity>()));
    private readonly Dictionary<EntityId, TouchedEntity> _inHand = lanes.SelectMany(lane => lane.Entities).ToDictionary(touched => touched.State.Id);

    /// <summary>The relationships among them that may be connected again although they exist, because that settles a conflict.</summary>
    public HashSet<EntityId> Settled { get; } = [];

    /// <summary>The entities that are written to.</summary>
    public IReadOnlyCollection<TouchedEntity> All => _inHand.Values;

    /// <summary>An entity that is written to already; null where it isn't.</summary>
    public TouchedEntity? Find(EntityId id) => _inHand.TryGetValue(id, out var touched) ? touched : null;

    /// <summary>An entity as it is stored, to be written to.</summary>
    public EntityState Add(EntityType type, EntityId id, ReadOnlyMemory<byte> row)
    {
        if (!_lanes.TryGetValue(type.Lane, out var lane)) _lanes[type.Lane] = lane = (new(type.Lane, begin(type.Lane), []), []);
        var entity = DynamicEntity.Create(type, id, lane.Writes.Author);
        entity.State.ReadRow(row.Span, vectorOf(type.Lane));
        var touched = _inHand[id] = new(entity, IsNew: false);
        lane.Added.Add(touched);
        return touched.State;
    }

    /// <summary>All that is to be committed.</summary>
    public IReadOnlyList<LaneWrites> Lanes() => [.. _lanes.Values.Select(lane => lane.Writes with { Entities = [.. lane.Writes.Entities, .. lane.Added], Settled = Settled })];
}
