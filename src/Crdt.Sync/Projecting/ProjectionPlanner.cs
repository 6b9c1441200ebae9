using Crdt.Codec;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Storage;

namespace Crdt.Sync.Projecting;

/// <summary>
/// Works out which rows lead a projection from its watermark to the truth as it is now. A relationship has a row when it is
/// alive and both its ends are. Whether the database has a row already follows from who was alive at the watermark, so
/// the database need not be asked.
/// </summary>
/// <param name="store">The truth, which must not change meanwhile.</param>
/// <param name="schema">The types that have tables; others are passed over.</param>
internal sealed class ProjectionPlanner(IReplicaStore store, GraphSchema schema)
{
    /// <summary>The batch for everything that has changed since the watermark. O(changes + relationships of nodes that came into being).</summary>
    public async ValueTask<ProjectionBatch> PlanAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        var plan = new BatchBuilder();
        var existence = new Dictionary<EntityId, Existence>();
        var states = new Dictionary<EntityId, ReadOnlyMemory<byte>>();
        foreach (var change in changes.Entities)
        {
            existence[change.Id] = new(change.WasAlive, EncodedEntity.IsAlive(change.State.Span));
            if (change.Id.IsRelationship) states[change.Id] = change.State;
            else if (IsKnown(change.Id)) plan.AddNode(change.Id, change.State, existence[change.Id]);
        }

        var born = changes.Entities.Where(change => !change.Id.IsRelationship && existence[change.Id] is { Was: false, Is: true }).Select(change => change.Id).ToList();
        await AddMissingAsync(await store.ReadIncidentAsync(born, cancellationToken).ConfigureAwait(false), existence, states, cancellationToken).ConfigureAwait(false);
        var ends = states.Keys.Where(IsKnown).ToDictionary(id => id, id => id.Ends());
        await AddMissingAsync(ends.Values.SelectMany(pair => new[] { pair.Source, pair.Target }), existence, states: null, cancellationToken).ConfigureAwait(false);
        foreach (var (id, (source, target)) in ends) plan.AddRelationship(id, states[id], existence[id], existence[source], existence[target]);
        return plan.Build(changes.Revision);
    }

    /// <summary>The batch that creates the rows of one stretch of a scan, in a database that has none of them. O(entities).</summary>
    public async ValueTask<ProjectionBatch> PlanRebuildAsync(IReadOnlyList<StoredEntity> entities, long? watermark, CancellationToken cancellationToken)
    {
        var plan = new BatchBuilder();
        var existence = new Dictionary<EntityId, Existence>();
        var visible = entities.Where(IsAlive).ToList();
        var ends = visible.Where(entity => entity.Id.IsRelationship).ToDictionary(entity => entity.Id, entity => entity.Id.Ends());
        await AddMissingAsync(ends.Values.SelectMany(pair => new[] { pair.Source, pair.Target }), existence, states: null, cancellationToken).ConfigureAwait(false);
        var born = new Existence(Was: false, Is: true);
        foreach (var entity in visible)
        {
            if (!entity.Id.IsRelationship) plan.AddNode(entity.Id, entity.State, born);
            else plan.AddRelationship(entity.Id, entity.State, born, existence[ends[entity.Id].Source], existence[ends[entity.Id].Target]);
        }

        return plan.Build(watermark);
    }

    /// <summary>Whether an entity is alive and of a type that has a table, though a relationship may still lack an end.</summary>
    public bool IsAlive(StoredEntity entity) => IsKnown(entity.Id) && EncodedEntity.IsAlive(entity.State.Span);

    private bool IsKnown(EntityId id) => schema.Find(id.TypeId) is { } type && type.IsRelationship == id.IsRelationship;

    /// <summary>Looks up entities that have not changed: what they are now, they were at the watermark.</summary>
    private async ValueTask AddMissingAsync(
        IEnumerable<EntityId> ids, Dictionary<EntityId, Existence> existence, Dictionary<EntityId, ReadOnlyMemory<byte>>? states, CancellationToken cancellationToken)
    {
        var missing = ids.Where(id => !existence.ContainsKey(id)).Distinct().ToList();
        if (missing.Count == 0) return;
        var found = await store.ReadAsync(missing, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < missing.Count; i++)
        {
            var isAlive = EncodedEntity.IsAlive(found[i].Span);
            existence[missing[i]] = new(isAlive, isAlive);
            states?.Add(missing[i], found[i]);
        }
    }
}
