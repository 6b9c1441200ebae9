using System.Threading.Channels;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Projecting;

/// <summary>
/// Keeps the graph database in step with the truth: runs behind the commits, a batch at a time, and lets itself be waited
/// for. A crash between any two of its steps leaves a watermark from which it goes on.
/// </summary>
internal sealed class Projector : IAsyncDisposable
{
    /// <summary>
    /// How many changed entities one batch may hold; beyond that a rebuild takes less memory. It doesn't depend on the lag at
    /// which committers wait: a single commit may exceed that, and others go on while a batch is being written.
    /// </summary>
    private const int MaxChanges = 200_000;

    /// <summary>How many entities a rebuild puts into one batch.</summary>
    private const int RebuildBatch = 10_000;

    /// <summary>Stands for a database that shows nothing that could be followed.</summary>
    private const long NoWatermark = -1;

    private readonly ReplicaTruth _truth;
    private readonly IGraphProjection _projection;
    private readonly GraphSchema _schema;
    private readonly int _maxLag;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private long _watermark;
    private bool _isClosed;
    private int _lag;
    private readonly Channel<bool> _work = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task _pump = Task.CompletedTask;

    private Projector(ReplicaTruth truth, IGraphProjection projection, GraphSchema schema, int maxLag) =>
        (_truth, _projection, _schema, _maxLag) = (truth, projection, schema, maxLag);

    /// <summary>Opens the database and brings it in step; rebuilds it where its watermark can't be followed.</summary>
    public static async ValueTask<Projector> OpenAsync(ReplicaTruth truth, IGraphProjection projection, GraphSchema schema, GraphReplicaOptions options, CancellationToken cancellationToken)
    {
        var projector = new Projector(truth, projection, schema, options.MaxProjectionLag);
        projector._watermark = await projection.OpenAsync(schema, cancellationToken).ConfigureAwait(false);
        await projector.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        truth.Committed = projector.Notice;
        projector._pump = projector.PumpAsync();
        return projector;
    }

    /// <summary>Waits until the database shows everything that was committed before this call.</summary>
    /// <exception cref="ProjectionException">The database refuses it.</exception>
    public async ValueTask ProjectedAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _watermark) < _truth.Revision) await CatchUpAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits while the database is too far behind, so that what a batch holds in memory stays bounded. It never fails: whoever
    /// calls it has committed already, and whoever wants to see the database is told by <see cref="ProjectedAsync"/>.
    /// </summary>
    public async ValueTask KeepUpAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _lag) <= _maxLag) return;
        try
        {
            await ProjectedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Nothing that happens here may look as if the commit had failed.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _truth.Committed = null;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _turn.WaitAsync().ConfigureAwait(false);
        _isClosed = true;
        await _projection.DisposeAsync().ConfigureAwait(false);
        _turn.Release(); // Whoever waits for a turn finds that there is nothing left to do.
    }

    /// <summary>Called after each commit: sees to it that somebody is at work on it.</summary>
    private void Notice(int entities)
    {
        Interlocked.Add(ref _lag, entities);
        _work.Writer.TryWrite(true);
    }

    private async Task PumpAsync()
    {
        while (await _work.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
        {
            _work.Reader.TryRead(out _);
            try
            {
                await CatchUpAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Whoever waits for the projection, or queries it, tries again and is told then.
            }
        }
    }

    private async ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_watermark == _truth.Revision) return;
            var batch = await _truth.ReadAsync(store => PlanAsync(store, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (batch is null || !await TryApplyAsync(batch, cancellationToken).ConfigureAwait(false)) await RebuildAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<ProjectionBatch?> PlanAsync(IReplicaStore store, CancellationToken cancellationToken)
    {
        var changes = await store.ReadChangesAsync(_watermark, MaxChanges, cancellationToken).ConfigureAwait(false);
        Interlocked.Exchange(ref _lag, 0);
        return changes is null ? null : await new ProjectionPlanner(store, _schema).PlanAsync(changes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes a batch in one transaction; false where it is more than the database takes in one.</summary>
    private async ValueTask<bool> TryApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await _projection.ApplyAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (ProjectionException error) when (error.IsTooLarge)
        {
            return false;
        }

        Volatile.Write(ref _watermark, batch.Watermark!.Value);
        await _truth.ReadAsync(store => ForgetAsync(store, cancellationToken), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Makes the database anew from the truth, which stands still meanwhile.</summary>
    private async ValueTask RebuildAsync(CancellationToken cancellationToken)
    {
        // Whatever interrupts a rebuild, there is nothing to go on from but another one.
        Volatile.Write(ref _watermark, NoWatermark);
        await _projection.ResetAsync(cancellationToken).ConfigureAwait(false);
        await _truth.ReadAsync(async store =>
        {
            var planner = new ProjectionPlanner(store, _schema);
            var revision = _truth.Revision;
            Crdt.Entities.EntityId last = default;
            for (var isLast = false; !isLast;)
            {
                var page = await store.ScanAsync(last, RebuildBatch, cancellationToken).ConfigureAwait(false);
                isLast = page.Count < RebuildBatch;
                if (page.Count > 0) last = page[^1].Id;
                var batch = await planner.PlanRebuildAsync(page, isLast ? revision : null, cancellationToken).ConfigureAwait(false);
                await _projection.ApplyAsync(batch, cancellationToken).ConfigureAwait(false);
            }

            Volatile.Write(ref _watermark, revision);
            Interlocked.Exchange(ref _lag, 0);
            return await ForgetAsync(store, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<long> ForgetAsync(IReplicaStore store, CancellationToken cancellationToken)
    {
        await store.ForgetChangesAsync(_watermark, cancellationToken).ConfigureAwait(false);
        return _watermark;
    }
}
