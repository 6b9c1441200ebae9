using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>A graph database that refuses every batch until it is mended.</summary>
public sealed class BrokenProjection : IGraphProjection
{
    public bool IsMended { get; set; }

    /// <summary>Whether it refuses batches for their size, until it is emptied.</summary>
    public bool IsTooSmall { get; set; }

    /// <summary>How often it was to be emptied.</summary>
    public int Resets { get; private set; }

    public List<ProjectionBatch> Applied { get; } = [];

    public ValueTask<long> OpenAsync(GraphSchema schema, CancellationToken cancellationToken = default) => ValueTask.FromResult(0L);

    public ValueTask ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken = default)
    {
        if (!IsMended) throw new ProjectionException("The disk of the graph database is full.");
        if (IsTooSmall) throw new ProjectionException("That is too much at once.") { IsTooLarge = true };
        Applied.Add(batch);
        return ValueTask.CompletedTask;
    }

    /// <summary>How many times it refuses to be emptied.</summary>
    public int FailingResets { get; set; }

    public ValueTask ResetAsync(CancellationToken cancellationToken = default)
    {
        Resets++;
        if (FailingResets-- > 0) throw new ProjectionException("A query is still reading.");
        IsTooSmall = false;
        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<GraphResult> QueryAsync(
        string query, IReadOnlyDictionary<string, object?>? parameters = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        AsyncEnumerable.Empty<GraphResult>();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
