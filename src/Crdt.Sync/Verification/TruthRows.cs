using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Projecting;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Verification;

/// <summary>The rows that the truth shows, a page at a time. Commits go on between two pages.</summary>
internal sealed class TruthRows(ReplicaTruth truth, IProjectionAudit audit, GraphSchema schema)
{
    /// <summary>How many entities are read while commits wait.</summary>
    private const int Page = 5_000;

    /// <summary>All rows of a type in the order of ids. O(entities of the type).</summary>
    public async ValueTask ReadAsync(EntityType type, Action<ShownRow> take, CancellationToken cancellationToken)
    {
        for (EntityId? last = EntityId.Least(type); last is { } after;)
        {
            (var visible, last) = await truth.ReadAsync(store => ReadPageAsync(store, type, after, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var row in audit.RenderRows(type, visible)) take(row);
        }
    }

    /// <summary>All rows of a type, while commits wait. O(entities of the type).</summary>
    public async ValueTask ReadAsync(IReplicaStore store, EntityType type, Action<ShownRow> take, CancellationToken cancellationToken)
    {
        for (EntityId? last = EntityId.Least(type); last is { } after;)
        {
            (var visible, last) = await ReadPageAsync(store, type, after, cancellationToken).ConfigureAwait(false);
            foreach (var row in audit.RenderRows(type, visible)) take(row);
        }
    }

    /// <summary>The rows of some entities.</summary>
    /// <param name="store">The truth; neither it nor the database must change meanwhile.</param>
    /// <param name="type">Their type.</param>
    /// <param name="ids">Which; those that aren't shown are left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<IReadOnlyList<ShownRow>> FindAsync(IReplicaStore store, EntityType type, IReadOnlyList<EntityId> ids, CancellationToken cancellationToken)
    {
        var states = await store.ReadAsync(ids, cancellationToken).ConfigureAwait(false);
        var entities = ids.Zip(states, (id, state) => new StoredEntity(id, state)).Where(entity => !entity.State.IsEmpty).ToList();
        return audit.RenderRows(type, await VisibleAsync(store, type, entities, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>How many rows a type has. O(entities of the type), while commits wait.</summary>
    public async ValueTask<long> CountAsync(IReplicaStore store, EntityType type, CancellationToken cancellationToken)
    {
        var rows = 0L;
        await ReadAsync(store, type, _ => rows++, cancellationToken).ConfigureAwait(false);
        return rows;
    }

    /// <summary>The entities behind one, as far as they are of the type, and the least one with them where it is asked for.</summary>
    public static async ValueTask<List<StoredEntity>> ScanAsync(IReplicaStore store, EntityType type, EntityId after, int limit, CancellationToken cancellationToken)
    {
        var page = await store.ScanAsync(after, limit, cancellationToken).ConfigureAwait(false);
        var ofType = page.TakeWhile(entity => entity.Id.IsRelationship == type.IsRelationship && entity.Id.TypeId == type.Id);
        if (after != EntityId.Least(type)) return [.. ofType];
        var least = (await store.ReadAsync([after], cancellationToken).ConfigureAwait(false))[0];
        return least.IsEmpty ? [.. ofType] : [new(after, least), .. ofType];
    }

    private async ValueTask<(IReadOnlyList<ProjectedEntity> Visible, EntityId? Next)> ReadPageAsync(
        IReplicaStore store, EntityType type, EntityId after, CancellationToken cancellationToken)
    {
        var page = await ScanAsync(store, type, after, Page, cancellationToken).ConfigureAwait(false);
        return (await VisibleAsync(store, type, page, cancellationToken).ConfigureAwait(false), page.Count < Page ? null : page[^1].Id);
    }

    private async ValueTask<IReadOnlyList<ProjectedEntity>> VisibleAsync(
        IReplicaStore store, EntityType type, IReadOnlyList<StoredEntity> entities, CancellationToken cancellationToken)
    {
        var plan = await new ProjectionPlanner(store, schema).PlanRebuildAsync(entities, watermark: null, cancellationToken).ConfigureAwait(false);
        return type.IsRelationship ? plan.CreatedRelationships : plan.CreatedNodes;
    }
}
