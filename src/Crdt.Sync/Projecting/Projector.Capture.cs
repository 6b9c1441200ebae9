using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Capturing;
using Crdt.Sync.Truth;
using Crdt.Sync.Verification;

namespace Crdt.Sync.Projecting;

internal sealed partial class Projector
{
    /// <summary>What was captured when the database was opened; null where nobody had written to it.</summary>
    public CaptureReport? Captured { get; private set; }

    /// <summary>
    /// Commits what others have written into the database. Commits, sessions and batches wait. What can't be committed is kept with the
    /// database as it was, which is set aside for one that shows the truth.
    /// </summary>
    /// <param name="capture">The database.</param>
    /// <param name="writeAsync">Writes to it before it is read; null where that has happened.</param>
    /// <param name="cancellationToken">Ends it early, unless something was written; another capture goes on from there.</param>
    public async ValueTask<CaptureReport> CaptureAsync(IProjectionCapture capture, Func<ValueTask>? writeAsync, CancellationToken cancellationToken)
    {
        CaptureReport? report = null;
        await InTurnAsync(
            async () => report = await _truth.HoldAsync(held => CaptureAsync(held, capture, writeAsync, cancellationToken), cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return report!;
    }

    private async ValueTask<CaptureReport> CaptureAsync(HeldTruth held, IProjectionCapture capture, Func<ValueTask>? writeAsync, CancellationToken cancellationToken)
    {
        await FollowAsync(held.Store, capture, cancellationToken).ConfigureAwait(false);
        var failure = await AttemptAsync(writeAsync).ConfigureAwait(false);
        // What was written and not captured would be overwritten by the commits that follow, so nothing stops this any more.
        if (writeAsync is not null) cancellationToken = CancellationToken.None;
        var report = await new GraphCapture(held.Finding(), new(_truth, capture, _schema), capture, _schema).RunAsync(cancellationToken).ConfigureAwait(false);
        if (report.Refused == 0) await FollowAsync(held.Store, capture, cancellationToken).ConfigureAwait(false);
        else await RebuildAsync(Standing(held.Store), $"{report.Refused} direct changes can't be committed; the database that holds them was set aside", null, cancellationToken).ConfigureAwait(false);
        await capture.TrustAsync(cancellationToken).ConfigureAwait(false);
        return failure is null ? report : throw failure;
    }

    /// <summary>Lets somebody write. Of several statements the first may stand though the second failed, so the failure can wait.</summary>
    private static async ValueTask<Exception?> AttemptAsync(Func<ValueTask>? writeAsync)
    {
        try
        {
            if (writeAsync is not null) await writeAsync().ConfigureAwait(false);
            return null;
        }
        catch (Exception error) when (error is ProjectionException or OperationCanceledException)
        {
            return error;
        }
    }

    /// <summary>
    /// Brings the database in step as <see cref="BringInStepAsync"/> does, but asks it which rows it has: whoever wrote to it may have created
    /// and deleted what the truth has just learnt of.
    /// </summary>
    private async ValueTask FollowAsync(IReplicaStore store, IProjectionCapture capture, CancellationToken cancellationToken)
    {
        if (_watermark == _truth.Revision) return;
        var batch = await PlanAsync(store, cancellationToken, others: true).ConfigureAwait(false);
        if (batch is not null) batch = await MatchAsync(batch, capture, cancellationToken).ConfigureAwait(false);
        var problem = batch is null ? BehindReason() : await TryApplyAsync(batch, cancellationToken).ConfigureAwait(false);
        if (problem is not null) await RebuildAsync(Standing(store), problem, null, cancellationToken).ConfigureAwait(false);
        else await ForgetAsync(store, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Refuses to show anything where a capture has failed: it would overwrite what was written and not captured.</summary>
    private void RequireCaptured()
    {
        if (_projection is IProjectionCapture { HasDirectWrites: true })
            throw new ProjectionException("What was written directly into the graph database has not been captured yet: capture it, or rebuild the database, which sets it aside.");
    }

    private async ValueTask<ProjectionBatch> MatchAsync(ProjectionBatch batch, IProjectionCapture capture, CancellationToken cancellationToken)
    {
        var nodes = batch.CreatedNodes.Concat(batch.UpdatedNodes).ToList();
        var relationships = batch.CreatedRelationships.Concat(batch.UpdatedRelationships).ToList();
        var there = await FindAsync(nodes.Concat(relationships).Select(entity => entity.Id), capture, cancellationToken).ConfigureAwait(false);
        return batch with
        {
            CreatedNodes = nodes.FindAll(node => !there.Contains(node.Id)),
            UpdatedNodes = nodes.FindAll(node => there.Contains(node.Id)),
            CreatedRelationships = relationships.FindAll(relationship => !there.Contains(relationship.Id)),
            UpdatedRelationships = relationships.FindAll(relationship => there.Contains(relationship.Id)),
        };
    }

    /// <summary>Asks the database which rows it has; null where it can't be asked.</summary>
    private RowFinder? Finder => _projection is IProjectionAudit audit ? (entities, cancellationToken) => FindAsync(entities, audit, cancellationToken) : null;

    private async ValueTask<HashSet<EntityId>> FindAsync(IEnumerable<EntityId> entities, IProjectionAudit audit, CancellationToken cancellationToken)
    {
        var there = new HashSet<EntityId>();
        foreach (var ids in entities.GroupBy(_schema.TypeOf))
        {
            foreach (var row in await audit.FindRowsAsync(ids.Key, [.. ids], cancellationToken).ConfigureAwait(false)) there.Add(row.Id);
        }

        return there;
    }

    private async ValueTask<string?> FindUncapturableAsync(IProjectionCapture capture, CancellationToken cancellationToken)
    {
        try
        {
            Captured = await CaptureAsync(capture, null, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ProjectionException error) when (!error.IsInUse)
        {
            return $"what others have written to it can't be read. {error.Message}";
        }
    }
}
