using Crdt.Codec;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Connections;

namespace Crdt.Sync.Projecting;

/// <summary>
/// Works out which rows lead a projection from its watermark to the truth as it is now. A relationship has a row when it is
/// alive, both its ends are, and none that is connected later takes its place. Whether the database has a row already follows from who
/// was alive at the watermark, so the database need not be asked; only where several competed for a place then, it is.
/// </summary>
/// <param name="store">The truth, which must not change meanwhile.</param>
/// <param name="schema">The types that have tables; others are passed over.</param>
internal sealed class ProjectionPlanner(IReplicaStore store, GraphSchema schema)
{
    private readonly Neighbourhood _neighbourhood = new(store, schema);

    /// <summary>
    /// The batch for everything that has changed since the watermark; null where it takes asking a database that can't be asked. O(changes +
    /// relationships of nodes that came into being), and what <see cref="Neighbourhood.FindAsync"/> costs for changed relationships with a multiplicity.
    /// </summary>
    /// <param name="changes">What has changed.</param>
    /// <param name="find">Asks the database; null where it can't be asked.</param>
    /// <param name="others">Whether others may have written to the database, so that it may show what it shouldn't.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<ProjectionBatch?> PlanAsync(ChangeSet changes, RowFinder? find, bool others, CancellationToken cancellationToken)
    {
        var plan = new BatchBuilder();
        var known = new Existences(store);
        await AddChangesAsync(changes, known, plan, cancellationToken).ConfigureAwait(false);
        var competition = new Competition(_neighbourhood, known);
        await competition.FindAsync(known.Relationships, cancellationToken).ConfigureAwait(false);
        var relationships = known.Relationships.Where(IsKnown).ToList();
        await known.LookUpEndsAsync(relationships, cancellationToken).ConfigureAwait(false);
        if (await FindShownAsync(competition, known, find, others, cancellationToken).ConfigureAwait(false) is not { } shown) return null;
        foreach (var id in relationships)
        {
            var ends = known.OfEnds(id);
            var row = competition.Has(id) ? new Existence(shown.Contains(id), competition.Shows(id)) : known[id].And(ends);
            // One that only competes with what has changed may have stayed as it was.
            if (row is { Was: true, Is: true } && !known.HasChanged(id)) continue;
            plan.AddRelationship(id, known.StateOf(id), row, ends.Is);
        }

        return plan.Build(changes.Revision);
    }

    /// <summary>The batch that creates the rows of one stretch of a scan, in a database that has none of them. O(entities), and what <see cref="Neighbourhood.FindAsync"/> costs for those with a multiplicity.</summary>
    public async ValueTask<ProjectionBatch> PlanRebuildAsync(IReadOnlyList<StoredEntity> entities, long? watermark, CancellationToken cancellationToken)
    {
        var plan = new BatchBuilder();
        var known = new Existences(store);
        var alive = entities.Where(IsAlive).ToList();
        foreach (var entity in alive)
        {
            if (entity.Id.IsRelationship) known.Add(entity.Id, wasAlive: false, entity.State);
            else plan.AddNode(entity.Id, entity.State, new(Was: false, Is: true));
        }

        var relationships = alive.FindAll(entity => entity.Id.IsRelationship);
        await known.LookUpEndsAsync(relationships.Select(entity => entity.Id), cancellationToken).ConfigureAwait(false);
        var competition = new Competition(_neighbourhood, known);
        await competition.FindAsync(relationships.Select(entity => entity.Id), cancellationToken).ConfigureAwait(false);
        foreach (var (id, state) in relationships)
        {
            var ends = known.OfEnds(id);
            plan.AddRelationship(id, state, new(Was: false, competition.Has(id) ? competition.Shows(id) : ends.Is), ends.Is);
        }

        return plan.Build(watermark);
    }

    /// <summary>
    /// The entities whose rows may be other ones since something has changed: what has changed, the relationships of nodes that have, and what competes for places with any of these.
    /// Nodes come first. O(changes + relationships of those nodes), and what <see cref="Neighbourhood.FindAsync"/> costs for those with a multiplicity. Null where they are too many.
    /// </summary>
    public async ValueTask<IReadOnlyList<StoredEntity>?> FindAffectedAsync(IReadOnlyCollection<EntityId> changed, int most, CancellationToken cancellationToken)
    {
        var nodes = changed.Where(id => !id.IsRelationship).ToList();
        var relationships = changed.Where(id => id.IsRelationship).ToHashSet();
        relationships.UnionWith(await store.ReadIncidentAsync(nodes, cancellationToken).ConfigureAwait(false));
        relationships.UnionWith(await _neighbourhood.FindAsync(relationships, cancellationToken).ConfigureAwait(false));
        EntityId[] ids = [.. nodes.Concat(relationships).Where(IsKnown)];
        if (ids.Length > most) return null;
        var states = await store.ReadAsync(ids, cancellationToken).ConfigureAwait(false);
        return [.. ids.Select((id, i) => new StoredEntity(id, states[i]))];
    }

    /// <summary>Whether an entity is alive and of a type that has a table, though a relationship may still not be shown.</summary>
    public bool IsAlive(StoredEntity entity) => IsKnown(entity.Id) && EncodedEntity.IsAlive(entity.State.Span);

    private bool IsKnown(EntityId id) => schema.Find(id.TypeId) is { } type && type.IsRelationship == id.IsRelationship;

    /// <summary>Takes what has changed, and the relationships that show or hide because one of their ends came or went.</summary>
    private async ValueTask AddChangesAsync(ChangeSet changes, Existences known, BatchBuilder plan, CancellationToken cancellationToken)
    {
        var (born, gone) = (new List<EntityId>(), new List<EntityId>());
        foreach (var change in changes.Entities)
        {
            var existence = known.Add(change.Id, change.WasAlive, change.State);
            if (change.Id.IsRelationship) continue;
            if (existence is { Was: false, Is: true }) born.Add(change.Id);
            else if (existence is { Was: true, Is: false }) gone.Add(change.Id);
            if (IsKnown(change.Id)) plan.AddNode(change.Id, change.State, existence);
        }

        await known.LookUpAsync(await store.ReadIncidentAsync(born, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        // Rows go with their ends; only those that give a place free have to be known.
        await known.LookUpAsync(await _neighbourhood.ReadFreedAsync(gone, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Which of those that compete have a row; null where nobody can tell.</summary>
    private static async ValueTask<HashSet<EntityId>?> FindShownAsync(
        Competition competition, Existences known, RowFinder? find, bool others, CancellationToken cancellationToken)
    {
        var (alone, contested) = competition.Before();
        // Where others have deleted the row of one that nothing here has changed, that is for a capture to find.
        if (others && find is not null) return [.. alone.Where(id => !known.HasChanged(id)), .. await find(competition.All, cancellationToken).ConfigureAwait(false)];
        if (contested.Count == 0) return [.. alone];
        return find is null ? null : [.. alone, .. await find(contested, cancellationToken).ConfigureAwait(false)];
    }
}
