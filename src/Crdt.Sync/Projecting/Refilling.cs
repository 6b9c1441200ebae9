using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Projecting;

/// <summary>
/// Fills an empty graph database from the truth, a page at a time, while commits go on between the pages. What they change is left out of the pages that follow; at the end all rows that
/// may be others for it are deleted, where they are there, and created as they are by then. Whether a row is there, and what it holds, follows from its entity, its ends, and what
/// competes for its places, so that all others are right.
/// </summary>
/// <param name="truth">The truth.</param>
/// <param name="projection">The database, which was emptied.</param>
/// <param name="schema">The types that have tables.</param>
/// <param name="limits">How much is taken at once.</param>
internal sealed class Refilling(ITruthReading truth, IGraphProjection projection, GraphSchema schema, RefillLimits limits)
{
    private readonly HashSet<EntityId> _changed = [];
    private EntityId _last;
    private long? _start;
    private long _followed;

    /// <summary>How many entities it has come across, so far.</summary>
    public long Entities { get; private set; }

    /// <summary>Fills it. O(N + what is affected by changes meanwhile); memory by a page and by that.</summary>
    /// <param name="progressed">Is called after each page.</param>
    /// <param name="cancellationToken">Ends it early, which leaves a part.</param>
    /// <returns>The revision that is shown; null where too much has changed meanwhile, or it can't be told any more what.</returns>
    public async ValueTask<long?> RunAsync(Action progressed, CancellationToken cancellationToken)
    {
        Page page;
        do
        {
            page = await truth.ReadAsync(store => PlanPageAsync(store, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (page.Batch is null) return null;
            await projection.ApplyAsync(page.Batch, cancellationToken).ConfigureAwait(false);
            Entities += page.Entities;
            progressed();
        }
        while (!page.IsLast);
        return page.Batch.Watermark ?? await CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Page> PlanPageAsync(IReplicaStore store, CancellationToken cancellationToken)
    {
        if (!await FollowAsync(store, cancellationToken).ConfigureAwait(false)) return default;
        var found = await store.ScanAsync(_last, limits.Page, cancellationToken).ConfigureAwait(false);
        var isLast = found.Count < limits.Page;
        if (!isLast) _last = found[^1].Id;
        var planner = new ProjectionPlanner(store, schema);
        var isAsItWas = isLast && truth.Revision == _start;
        var batch = await planner.PlanRebuildAsync([.. found.Where(entity => !IsAffected(entity.Id))], isAsItWas ? _start : null, cancellationToken).ConfigureAwait(false);
        return new(batch, found.Count(planner.IsAlive), isLast);
    }

    /// <summary>Takes note of what has changed since it was last looked; false where there is too much of it, or the store has forgotten.</summary>
    private async ValueTask<bool> FollowAsync(IReplicaStore store, CancellationToken cancellationToken)
    {
        _start ??= _followed = truth.Revision;
        if (truth.Revision == _followed) return true;
        if (await store.ReadChangesAsync(_followed, limits.Changes, cancellationToken).ConfigureAwait(false) is not { } changes) return false;
        _followed = changes.Revision;
        _changed.UnionWith(changes.Entities.Select(change => change.Id));
        return _changed.Count <= limits.Changes;
    }

    // An end that has changed may have no row, though it is alive by now.
    private bool IsAffected(EntityId id)
    {
        if (_changed.Count == 0) return false;
        if (!id.IsRelationship || _changed.Contains(id)) return _changed.Contains(id);
        var (source, target) = id.Ends();
        return _changed.Contains(source) || _changed.Contains(target);
    }

    private async ValueTask<long?> CompleteAsync(CancellationToken cancellationToken)
    {
        if (await truth.ReadAsync(store => PlanRestAsync(store, cancellationToken), cancellationToken).ConfigureAwait(false) is not { } rest) return null;
        try
        {
            foreach (var batch in rest) await projection.ApplyAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (ProjectionException error) when (error.IsTooLarge)
        {
            return null; // Deletions take more memory than the rows of a page. Whoever begins again while the truth stands still needs none.
        }

        return rest[^1].Watermark;
    }

    /// <summary>What leads from the pages to the truth as it is now, in parts; null where it isn't known, or too much.</summary>
    private async ValueTask<List<ProjectionBatch>?> PlanRestAsync(IReplicaStore store, CancellationToken cancellationToken)
    {
        if (!await FollowAsync(store, cancellationToken).ConfigureAwait(false)) return null;
        var planner = new ProjectionPlanner(store, schema);
        if (await planner.FindAffectedAsync(_changed, limits.Changes, cancellationToken).ConfigureAwait(false) is not { } affected) return null;
        var rest = new List<ProjectionBatch>();
        // Relationships go first: those that a node takes along need not be looked for.
        foreach (var part in affected.Reverse().Chunk(limits.Page))
            rest.Add(new(null, [.. part.Select(entity => entity.Id).Where(id => id.IsRelationship)], [.. part.Select(entity => entity.Id).Where(id => !id.IsRelationship)], [], [], [], []));
        foreach (var part in affected.Chunk(limits.Page)) rest.Add(await planner.PlanRebuildAsync(part, null, cancellationToken).ConfigureAwait(false));
        if (rest.Count == 0) rest.Add(await planner.PlanRebuildAsync([], null, cancellationToken).ConfigureAwait(false));
        rest[^1] = rest[^1] with { Watermark = _followed };
        return rest;
    }

    /// <param name="Batch">What shows it; null where it can't be told what belongs to it.</param>
    /// <param name="Entities">How many of its entities are alive.</param>
    /// <param name="IsLast">Whether no other follows.</param>
    private readonly record struct Page(ProjectionBatch? Batch, long Entities, bool IsLast);
}
