using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Bench.EndToEnd;

/// <summary>A graph database that is timed.</summary>
internal sealed class TimedProjection(IGraphProjection inner, Shares shares) : IGraphProjection
{
    public ValueTask<long> OpenAsync(GraphSchema schema, CancellationToken cancellationToken = default) => inner.OpenAsync(schema, cancellationToken);

    public ValueTask ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken = default) => shares.ProjectingAsync(() => inner.ApplyAsync(batch, cancellationToken));

    public ValueTask ResetAsync(CancellationToken cancellationToken = default) => inner.ResetAsync(cancellationToken);

    public IAsyncEnumerable<GraphResult> QueryAsync(
        string query, IReadOnlyDictionary<string, object?>? parameters = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        inner.QueryAsync(query, parameters, timeout, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
