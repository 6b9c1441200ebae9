using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>A Kuzu database whose replica is told to stop, once, when a capture has found something, or when the database is made anew.</summary>
public sealed class CancellingProjection(string folder, CancellationTokenSource stop, bool onReset = false) : ExchangeableProjection(folder, captures: true)
{
    public override async ValueTask<IReadOnlyList<CapturedRow>> CaptureRowsAsync(EntityType type, IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default)
    {
        if (!onReset) await StopAsync(cancellationToken);
        return await base.CaptureRowsAsync(type, entities, cancellationToken);
    }

    public override async ValueTask ResetAsync(CancellationToken cancellationToken = default)
    {
        if (onReset) throw new OperationCanceledException("The process ends here.");
        await base.ResetAsync(cancellationToken);
    }

    private async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
