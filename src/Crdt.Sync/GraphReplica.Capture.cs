using Crdt.Projection;
using Crdt.Sync.Capturing;

namespace Crdt.Sync;

public sealed partial class GraphReplica
{
    /// <summary>
    /// What others had written into the graph database while the replica was closed, and was committed when it was opened; null where nobody
    /// had. See <see cref="GraphReplicaOptions.CapturesDirectWrites"/>.
    /// </summary>
    public CaptureReport? Captured => _projector?.Captured;

    /// <summary>
    /// Holds every row of the graph database against the truth, and commits what was written there directly as ordinary events: rows that are
    /// new, changed or gone. Opening the replica does so by itself where the file was changed. Costs one pass over the store and over the
    /// database, O(N), for which commits and sessions wait.
    /// </summary>
    /// <remarks>
    /// A change of a register is one write, of a counter the difference, of a set or a map the elements and keys that came and went. A node that is
    /// gone is deleted; its relationships are hidden with it, and come back if it does. What can't be committed is refused by name; the
    /// database as it was found is then set aside under a dated name, and one that shows the truth takes its place.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The replica has no graph database, or was opened without <see cref="GraphReplicaOptions.CapturesDirectWrites"/>.</exception>
    /// <exception cref="ProjectionException">The graph database can't be read: rebuild it.</exception>
    public Task<CaptureReport> CaptureAsync(CancellationToken cancellationToken = default) => CaptureAsync(null, cancellationToken);

    /// <summary>Runs Cypher that writes into the graph database directly, and captures what it did.</summary>
    /// <param name="cypher">The statements. Values belong into parameters, which only a single statement can have.</param>
    /// <param name="parameters">The values of its parameters by name, without the dollar sign.</param>
    /// <param name="cancellationToken">Interrupts them; what they had written is captured all the same.</param>
    /// <exception cref="InvalidOperationException">The replica has no graph database, or was opened without <see cref="GraphReplicaOptions.CapturesDirectWrites"/>.</exception>
    /// <exception cref="ProjectionException">A statement failed; what those before it wrote was captured. Or the graph database can't be read: rebuild it.</exception>
    public Task<CaptureReport> CaptureAsync(string cypher, IReadOnlyDictionary<string, object?>? parameters = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(cypher);
        return CaptureAsync(capture => capture.WriteDirectlyAsync(cypher, parameters, cancellationToken), cancellationToken);
    }

    private async Task<CaptureReport> CaptureAsync(Func<IProjectionCapture, ValueTask>? write, CancellationToken cancellationToken)
    {
        var projector = RequireProjector();
        var capture = RequireCapture();
        // A transaction that is open would give the dots that the capture's take.
        await _transactions.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await projector.CaptureAsync(capture, write is null ? null : () => write(capture), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _transactions.Release();
        }
    }

    private IProjectionCapture RequireCapture() => _projection is IProjectionCapture { CanBeWritten: true } capture
        ? capture
        : throw new InvalidOperationException("This replica's graph database only shows the truth; open it with CapturesDirectWrites to commit what is written there.");
}
