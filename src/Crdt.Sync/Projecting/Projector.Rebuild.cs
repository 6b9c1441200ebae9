using System.Runtime.CompilerServices;
using Crdt.Projection;
using Crdt.Storage;
using Crdt.Sync.Truth;
using Crdt.Sync.Verification;

namespace Crdt.Sync.Projecting;

internal sealed partial class Projector
{
    /// <summary>Stands for a database that shows nothing that could be followed.</summary>
    private const long NoWatermark = -1;

    /// <summary>How many rebuilds are remembered.</summary>
    private const int MaxRebuilds = 32;

    /// <summary>How long a rebuild that was asked for waits before it looks again whether queries have ended.</summary>
    private static readonly TimeSpan QueryPoll = TimeSpan.FromMilliseconds(20);

    private volatile IReadOnlyList<ProjectionRebuild> _rebuilds = [];
    private volatile StrongBox<RebuildProgress>? _rebuilding;

    /// <summary>The last rebuilds since the replica was opened, the newest last.</summary>
    public IReadOnlyList<ProjectionRebuild> Rebuilds => _rebuilds;

    /// <summary>How far the rebuild has come that is going on; null where none is.</summary>
    public RebuildProgress? Rebuilding => _rebuilding?.Value;

    /// <summary>How many rebuilds there were.</summary>
    public int RebuildCount { get; private set; }

    /// <summary>Makes the database anew because somebody asks for it, once the queries that read it have ended.</summary>
    public async ValueTask RebuildAsync(string reason, IProgress<RebuildProgress>? progress, CancellationToken cancellationToken)
    {
        await SettledAsync(cancellationToken).ConfigureAwait(false);
        await UntilClosedAsync(token => RebuildInTurnAsync(reason, progress, token), cancellationToken).ConfigureAwait(false);
    }

    private ValueTask RebuildInTurnAsync(string reason, IProgress<RebuildProgress>? progress, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        while (true)
        {
            try
            {
                await RebuildAsync(_truth, reason, progress, cancellationToken).ConfigureAwait(false);
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
        if (problem is not null) await RebuildAsync(Standing(store), problem, null, cancellationToken).ConfigureAwait(false);
    }

    private StandingTruth Standing(IReplicaStore store) => new(store, _truth.Revision);

    /// <summary>Makes the database anew from the truth. Unless that is held, commits go on meanwhile.</summary>
    private async ValueTask RebuildAsync(ITruthReading truth, string reason, IProgress<RebuildProgress>? progress, CancellationToken cancellationToken)
    {
        var started = _truth.Time.GetTimestamp();
        try
        {
            var rows = await TryRefillAsync(truth, progress, cancellationToken).ConfigureAwait(false)
                // Too much has changed meanwhile; this time it waits.
                ?? await truth.ReadAsync(store => TryRefillAsync(Standing(store), progress, cancellationToken), cancellationToken).ConfigureAwait(false);
            Record(new(_truth.Time.GetUtcNow(), reason, rows!.Value, _truth.Time.GetElapsedTime(started)));
        }
        finally
        {
            _rebuilding = null;
        }

        await truth.ReadAsync(store => ForgetAsync(store, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Empties the database and fills it.</summary>
    /// <returns>How many entities that took; null where what has changed meanwhile can't be followed, which can't happen where the truth is held.</returns>
    private async ValueTask<long?> TryRefillAsync(ITruthReading truth, IProgress<RebuildProgress>? progress, CancellationToken cancellationToken)
    {
        // Whatever interrupts a rebuild, there is nothing to go on from but another one.
        Volatile.Write(ref _watermark, NoWatermark);
        Interlocked.Exchange(ref _lag, 0); // What was missing until now is in it.
        await _projection.ResetAsync(cancellationToken).ConfigureAwait(false);
        await MarkOriginAsync(cancellationToken).ConfigureAwait(false);
        var total = await truth.ReadAsync(store => CountAsync(store, cancellationToken), cancellationToken).ConfigureAwait(false);
        Report(new(0, total), null);
        var refilling = new Refilling(truth, _projection, _schema, _refillLimits);
        // More may have been created meanwhile than there were.
        if (await refilling.RunAsync(() => Report(new(refilling.Entities, Math.Max(total, refilling.Entities)), progress), cancellationToken).ConfigureAwait(false) is not { } revision) return null;
        Volatile.Write(ref _watermark, revision);
        return refilling.Entities;
    }

    private void Report(RebuildProgress reached, IProgress<RebuildProgress>? progress)
    {
        _rebuilding = new(reached);
        progress?.Report(reached);
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
