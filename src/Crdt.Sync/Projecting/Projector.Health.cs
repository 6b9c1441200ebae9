using Crdt.Sync.Health;

namespace Crdt.Sync.Projecting;

/// <content>What the database doesn't show.</content>
internal sealed partial class Projector
{
    private const int MaxListed = 1000;
    private volatile string? _problem;

    /// <summary>How many commits the database doesn't show, as of about now; all where it is being made anew.</summary>
    public long Lag => Math.Max(0, _truth.Revision - Math.Max(0, Volatile.Read(ref _watermark)));

    /// <summary>How far the database is behind the truth.</summary>
    public ValueTask<ProjectionHealth> ReadHealthAsync(CancellationToken cancellationToken) => _truth.ReadAsync(
        async store =>
        {
            var (shown, problem) = (Volatile.Read(ref _watermark), _problem);
            if (_isSettled && shown == _truth.Revision) return new ProjectionHealth(0, [], null);
            var changes = shown < 0 ? null : await store.ReadChangesAsync(shown, MaxListed, cancellationToken).ConfigureAwait(false);
            return new(_truth.Revision - Math.Clamp(shown, 0, _truth.Revision), changes is null ? null : [.. changes.Entities.Select(change => change.Id)], problem);
        },
        cancellationToken);

    /// <summary>Remembers why the database could not be brought in step.</summary>
    private async ValueTask NotingProblemAsync(Func<ValueTask> work)
    {
        try
        {
            await work().ConfigureAwait(false);
            _problem = null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _problem = error.Message;
            throw;
        }
    }
}
