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
internal sealed partial class Projector : IAsyncDisposable
{
    /// <summary>
    /// How many changed entities one batch may hold; beyond that a rebuild takes less memory. It doesn't depend on the lag at
    /// which committers wait: a single commit may exceed that, and others go on while a batch is being written.
    /// </summary>
    private const int MaxChanges = 200_000;

    private readonly ReplicaTruth _truth;
    private readonly IGraphProjection _projection;
    private readonly GraphSchema _schema;
    private readonly int _maxLag;
    private readonly bool _mayBeWritten;
    private readonly RefillLimits _refillLimits;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private long _watermark;
    private long _forgotten;
    private bool _isClosed;
    private int _lag;
    private readonly Channel<bool> _work = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task _pump = Task.CompletedTask;

    private Projector(ReplicaTruth truth, IGraphProjection projection, GraphSchema schema, GraphReplicaOptions options) =>
        (_truth, _projection, _schema, _maxLag, _mayBeWritten, _refillLimits) = (truth, projection, schema, options.MaxProjectionLag, options.CapturesDirectWrites, new(options.RebuildPage, MaxChanges));

    /// <summary>Whether the database can't be trusted yet, or is being made anew, or that was interrupted: it shows a part of the truth, or nothing, or another truth.</summary>
    public bool IsPartial => !_isSettled || Volatile.Read(ref _watermark) < 0;

    /// <summary>Waits until the database shows everything that was committed before this call.</summary>
    /// <exception cref="ProjectionException">The database refuses it.</exception>
    public async ValueTask ProjectedAsync(CancellationToken cancellationToken)
    {
        await SettledAsync(cancellationToken).ConfigureAwait(false);
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

    /// <summary>Stops what takes long, since the replica is about to be closed.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        _truth.Committed = null;
        await StopAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_mayBeWritten) await BringInStepQuietlyAsync().ConfigureAwait(false);
        await _settling.WaitAsync().ConfigureAwait(false);
        await _turn.WaitAsync().ConfigureAwait(false);
        _isClosed = true;
        await _projection.DisposeAsync().ConfigureAwait(false);
        _turn.Release(); // Whoever waits for a turn finds that there is nothing left to do.
        _settling.Release();
    }

    /// <summary>Shows what was committed, so that whoever writes next changes that; where it fails, the next opening does.</summary>
    private async ValueTask BringInStepQuietlyAsync()
    {
        try
        {
            await CatchUpAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever it is, the files have to be closed.
        }
    }

    /// <summary>Called after each commit: sees to it that somebody is at work on it.</summary>
    private void Notice(int entities)
    {
        Interlocked.Add(ref _lag, entities);
        _work.Writer.TryWrite(true);
    }

    private async Task PumpAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // Whoever starts it goes on.
        var hasTried = false;
        while (await _work.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
        {
            _work.Reader.TryRead(out _);
            // Where it could not be settled, each commit would fail at the same again; whoever queries is told, and tries.
            if (hasTried && !_isSettled) continue;
            hasTried = true;
            try
            {
                await SettledAsync(_stop.Token).ConfigureAwait(false);
                await CatchUpAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Whoever waits for the projection, or queries it, tries again and is told then.
            }
        }
    }

    private ValueTask CatchUpAsync(CancellationToken cancellationToken) => InTurnAsync(() => NotingProblemAsync(async () =>
    {
        if (_watermark == _truth.Revision) return;
        RequireCaptured();
        var batch = await _truth.ReadAsync(store => PlanAsync(store, cancellationToken), cancellationToken).ConfigureAwait(false);
        var problem = batch is null ? BehindReason() : await TryApplyAsync(batch, cancellationToken).ConfigureAwait(false);
        if (problem is not null) await RebuildAsync(_truth, problem, null, cancellationToken).ConfigureAwait(false);
        else await _truth.ReadAsync(store => ForgetAsync(store, cancellationToken), cancellationToken).ConfigureAwait(false);
    }), cancellationToken);

    /// <summary>Runs something that takes long, until the caller or the closing of the replica stops it.</summary>
    private async ValueTask UntilClosedAsync(Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        try
        {
            await work(ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(GraphReplica), "The replica was closed while its graph database was being made ready.");
        }
    }

    private async ValueTask InTurnAsync(Func<ValueTask> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<ProjectionBatch?> PlanAsync(IReplicaStore store, CancellationToken cancellationToken, bool others = false)
    {
        var changes = await store.ReadChangesAsync(_watermark, MaxChanges, cancellationToken).ConfigureAwait(false);
        Interlocked.Exchange(ref _lag, 0);
        return changes is null ? null : await new ProjectionPlanner(store, _schema).PlanAsync(changes, Finder, others, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes a batch in one transaction; where it is more than the database takes in one, says so.</summary>
    private async ValueTask<string?> TryApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await _projection.ApplyAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (ProjectionException error) when (error.IsTooLarge)
        {
            return $"a batch was more than the database takes at once: {error.Message}";
        }

        Volatile.Write(ref _watermark, batch.Watermark!.Value);
        return null;
    }

    private string BehindReason() => _watermark switch
    {
        < 0 => "its last rebuild was interrupted",
        0 => "there was none, or an empty one",
        var shown when shown > _truth.Revision => $"it showed revision {shown}, which the truth doesn't have: its last is {_truth.Revision}",
        var shown => $"it showed revision {shown}, and what has changed since can't be followed",
    };

    /// <summary>Lets the store forget what the database will not ask for again, even after a crash. Where that is nothing new, nothing is written.</summary>
    private async ValueTask<long> ForgetAsync(IReplicaStore store, CancellationToken cancellationToken)
    {
        var kept = _projection is IKeptProjection keeping ? Math.Min(keeping.KeptWatermark, _watermark) : _watermark;
        if (kept <= _forgotten) return _watermark;
        await store.ForgetChangesAsync(kept, cancellationToken).ConfigureAwait(false);
        _forgotten = kept;
        return _watermark;
    }
}
