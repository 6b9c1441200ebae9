using Crdt.Projection;
using Crdt.Schema;
using Crdt.Sync.Truth;
using Crdt.Sync.Verification;

namespace Crdt.Sync.Projecting;

/// <content>How it begins: at once, or behind an opening that doesn't wait for it.</content>
internal sealed partial class Projector
{
    private readonly SemaphoreSlim _settling = new(1);
    private volatile bool _isSettled;

    /// <summary>Opens the database, and unless the options don't want that, brings it in step; rebuilds it where its watermark can't be followed, or on any doubt about it.</summary>
    public static async ValueTask<Projector> OpenAsync(ReplicaTruth truth, IGraphProjection projection, GraphSchema schema, GraphReplicaOptions options, CancellationToken cancellationToken)
    {
        var projector = new Projector(truth, projection, schema, options);
        projector._watermark = await projection.OpenAsync(schema, cancellationToken).ConfigureAwait(false);
        // What others have written has to be found before anything is committed that would overwrite it.
        if (options.AwaitsProjection || options.CapturesDirectWrites) await projector.SettledAsync(cancellationToken).ConfigureAwait(false);
        truth.Committed = projector.Notice;
        return projector;
    }

    /// <summary>Begins to work on its own: with what the opening has not waited for, and then with each commit.</summary>
    public void Start()
    {
        _work.Writer.TryWrite(true);
        _pump = PumpAsync();
    }

    /// <summary>Waits until the database that was opened can be trusted. Where that has failed, it is tried again.</summary>
    public ValueTask SettledAsync(CancellationToken cancellationToken) => _isSettled ? default : UntilClosedAsync(SettleOnceAsync, cancellationToken);

    private async ValueTask SettleOnceAsync(CancellationToken cancellationToken)
    {
        await _settling.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (!_isSettled) await NotingProblemAsync(() => SettleAsync(_projection as IProjectionAudit, cancellationToken)).ConfigureAwait(false);
            _isSettled = true;
        }
        finally
        {
            _settling.Release();
        }
    }

    /// <summary>Brings a database that was just opened in step, and makes it anew where there is a reason to doubt it.</summary>
    private async ValueTask SettleAsync(IProjectionAudit? audit, CancellationToken cancellationToken)
    {
        var doubt = audit?.Doubt ?? await FindStrayAsync(cancellationToken).ConfigureAwait(false);
        doubt ??= await FindDoubtAsync(audit, cancellationToken).ConfigureAwait(false);
        if (doubt is not null) await RebuildInTurnAsync(doubt, null, cancellationToken).ConfigureAwait(false);
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
}
