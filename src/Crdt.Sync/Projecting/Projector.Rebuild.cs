using Crdt.Entities;
using Crdt.Projection;
using Crdt.Storage;
using Crdt.Sync.Verification;

namespace Crdt.Sync.Projecting;

internal sealed partial class Projector
{
    /// <summary>How many entities a rebuild puts into one batch.</summary>
    private const int RebuildBatch = 10_000;

    /// <summary>Stands for a database that shows nothing that could be followed.</summary>
    private const long NoWatermark = -1;

    /// <summary>How many rebuilds are remembered.</summary>
    private const int MaxRebuilds = 32;

    /// <summary>How long a rebuild that was asked for waits before it looks again whether queries have ended.</summary>
    private static readonly TimeSpan QueryPoll = TimeSpan.FromMilliseconds(20);

    private volatile IReadOnlyList<ProjectionRebuild> _rebuilds = [];

    /// <summary>The last rebuilds since the replica was opened, the newest last.</summary>
    public IReadOnlyList<ProjectionRebuild> Rebuilds => _rebuilds;

    /// <summary>How many rebuilds there were.</summary>
    public int RebuildCount { get; private set; }

    /// <summary>Brings a database that was just opened in step, and makes it anew where there is a reason to doubt it.</summary>
    private async ValueTask SettleAsync(IProjectionAudit? audit, CancellationToken cancellationToken)
    {
        var doubt = audit?.Doubt ?? await FindStrayAsync(cancellationToken).ConfigureAwait(false);
        doubt ??= await FindDoubtAsync(audit, cancellationToken).ConfigureAwait(false);
        if (doubt is not null) await RebuildAsync(doubt, null, cancellationToken).ConfigureAwait(false);
        if (audit is not null) await audit.TrustAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<string?> FindDoubtAsync(IProjectionAudit? audit, CancellationToken cancellationToken)
    {
        if (audit is IProjectionCapture { HasDirectWrites: true } capture) return await FindUncapturableAsync(capture, cancellationToken).ConfigureAwait(false);
        var refusal = await FindRefusalAsync(cancellationToken).ConfigureAwait(false) ?? await FindUnmigratableAsync(cancellationToken).ConfigureAwait(false);
        return refusal is not null || audit is null ? refusal : await new OpeningCheck(_truth, this, audit, _schema).FindDoubtAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<string?> FindRefusalAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CatchUpAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ProjectionException error) when (!error.IsInUse)
        {
            return $"it refused what has changed since it was closed. {error.Message}";
        }
    }

    /// <summary>Makes the database anew because somebody asks for it, once the queries that read it have ended.</summary>
    public ValueTask RebuildAsync(string reason, IProgress<RebuildProgress>? progress, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        while (true)
        {
            try
            {
                await _truth.ReadAsync(store => RebuildAsync(store, reason, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (ProjectionException error) when (error.IsInUse)
            {
                // Whoever begins a query now waits for this turn, so those that are left come to their end.
                await Task.Delay(QueryPoll, _truth.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }, cancellationToken);

    /// <summary>Runs something that reads the database while no batch is being written.</summary>
    public async ValueTask<T> BetweenBatchesAsync<T>(Func<ValueTask<T>> read, CancellationToken cancellationToken)
    {
        var result = default(T);
        await InTurnAsync(async () => result = await read().ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return result!;
    }

    /// <summary>Runs something while neither truth nor database changes, and both show the same. Commits wait for it, so it should be short.</summary>
    public ValueTask InStepAsync(Func<IReplicaStore, ValueTask> read, CancellationToken cancellationToken) => InTurnAsync(
        async () => await _truth.ReadAsync(async store =>
        {
            await BringInStepAsync(store, cancellationToken).ConfigureAwait(false);
            await read(store).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false),
        cancellationToken);

    private async ValueTask BringInStepAsync(IReplicaStore store, CancellationToken cancellationToken)
    {
        if (_watermark == _truth.Revision) return;
        RequireCaptured();
        var batch = await PlanAsync(store, cancellationToken).ConfigureAwait(false);
        var problem = batch is null ? BehindReason() : await TryApplyAsync(batch, cancellationToken).ConfigureAwait(false);
        if (problem is not null) await RebuildAsync(store, problem, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the database anew from the truth, which stands still meanwhile.</summary>
    private async ValueTask<long> RebuildAsync(IReplicaStore store, string reason, IProgress<RebuildProgress>? progress, CancellationToken cancellationToken)
    {
        var started = _truth.Time.GetTimestamp();
        // Whatever interrupts a rebuild, there is nothing to go on from but another one.
        Volatile.Write(ref _watermark, NoWatermark);
        await _projection.ResetAsync(cancellationToken).ConfigureAwait(false);
        await MarkOriginAsync(cancellationToken).ConfigureAwait(false);
        var revision = _truth.Revision;
        var rows = await FillAsync(store, revision, progress, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _watermark, revision);
        Interlocked.Exchange(ref _lag, 0);
        Record(new(_truth.Time.GetUtcNow(), reason, rows, _truth.Time.GetElapsedTime(started)));
        return await ForgetAsync(store, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<long> FillAsync(IReplicaStore store, long revision, IProgress<RebuildProgress>? progress, CancellationToken cancellationToken)
    {
        var total = progress is null ? 0 : await CountAsync(store, cancellationToken).ConfigureAwait(false);
        var planner = new ProjectionPlanner(store, _schema);
        var done = 0L;
        EntityId last = default;
        for (var isLast = false; !isLast;)
        {
            var page = await store.ScanAsync(last, RebuildBatch, cancellationToken).ConfigureAwait(false);
            isLast = page.Count < RebuildBatch;
            if (page.Count > 0) last = page[^1].Id;
            var batch = await planner.PlanRebuildAsync(page, isLast ? revision : null, cancellationToken).ConfigureAwait(false);
            await _projection.ApplyAsync(batch, cancellationToken).ConfigureAwait(false);
            done += page.Count(entity => planner.IsAlive(entity));
            progress?.Report(new(done, total));
        }

        return done;
    }

    private async ValueTask<long> CountAsync(IReplicaStore store, CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(cancellationToken).ConfigureAwait(false);
        return _schema.Types.Sum(type => counts.GetValueOrDefault(type.Id));
    }

    private void Record(ProjectionRebuild rebuild)
    {
        RebuildCount++;
        _rebuilds = [.. _rebuilds.TakeLast(MaxRebuilds - 1), rebuild];
    }
}
