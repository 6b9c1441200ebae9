using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>A graph database in memory, which is kept when the test says so. It refuses rows that it has already, and changes of those that it hasn't.</summary>
public sealed class KeptProjection(Shelf? shelf = null) : IGraphProjection, IKeptProjection, IProjectionOrigin
{
    private readonly Dictionary<EntityId, string> _rows = new((shelf ?? new()).Rows);
    private long _watermark = shelf?.Watermark ?? 0;

    /// <summary>What the next opening would find.</summary>
    public Shelf Shelf { get; private set; } = shelf ?? new();

    /// <summary>Whether it can be kept at all.</summary>
    public bool CanBeKept { get; init; } = true;

    public long KeptWatermark => CanBeKept ? Shelf.Watermark : _watermark;

    public ReplicaId? Origin { get; private set; } = shelf?.Origin;

    public int Batches { get; private set; }

    /// <summary>What happens beside it, before each batch is written, unless that is cancelled.</summary>
    public Func<CancellationToken, Task> Beside { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Everything that it shows, in order.</summary>
    public IReadOnlyList<string> Rows => [.. _rows.Select(row => $"{row.Key} {row.Value}").Order(StringComparer.Ordinal)];

    /// <summary>The relationships that it shows.</summary>
    public IEnumerable<EntityId> Relationships => _rows.Keys.Where(id => id.IsRelationship);

    public void Keep() => Shelf = new() { Watermark = _watermark, Origin = Origin, Rows = new Dictionary<EntityId, string>(_rows) };

    public ValueTask<long> OpenAsync(GraphSchema schema, CancellationToken cancellationToken = default) => ValueTask.FromResult(_watermark);

    public async ValueTask ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken = default)
    {
        await Beside(cancellationToken);
        Batches++;
        foreach (var id in batch.DeletedRelationships.Concat(batch.DeletedNodes)) Require(_rows.Remove(id) || IsBeingFilled, id);
        var gone = batch.DeletedNodes.ToHashSet();
        foreach (var id in _rows.Keys.Where(id => id.IsRelationship && Ends(id).Any(gone.Contains)).ToList()) _rows.Remove(id);
        foreach (var node in batch.CreatedNodes.Concat(batch.CreatedRelationships)) Require(_rows.TryAdd(node.Id, Text(node)), node.Id);
        foreach (var node in batch.UpdatedNodes.Concat(batch.UpdatedRelationships))
        {
            Require(_rows.ContainsKey(node.Id), node.Id);
            _rows[node.Id] = Text(node);
        }

        foreach (var edge in batch.CreatedRelationships) Require(Ends(edge.Id).All(_rows.ContainsKey), edge.Id);
        _watermark = batch.Watermark ?? -1;
    }

    public ValueTask ResetAsync(CancellationToken cancellationToken = default)
    {
        _rows.Clear();
        (_watermark, Origin, Shelf) = (0, null, new());
        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<GraphResult> QueryAsync(
        string query, IReadOnlyDictionary<string, object?>? parameters = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        AsyncEnumerable.Empty<GraphResult>();

    public ValueTask MarkOriginAsync(ReplicaId origin, CancellationToken cancellationToken = default)
    {
        Origin = origin;
        return ValueTask.CompletedTask;
    }

    public bool IsClosed { get; private set; }

    public ValueTask DisposeAsync()
    {
        IsClosed = true;
        return ValueTask.CompletedTask;
    }

    private bool IsBeingFilled => _watermark < 0;

    private static EntityId[] Ends(EntityId id)
    {
        var (source, target) = id.Ends();
        return [source, target];
    }

    private static string Text(ProjectedEntity entity) => Convert.ToHexStringLower(entity.State.Span);

    private static void Require(bool isSo, EntityId id)
    {
        if (!isSo) throw new InvalidOperationException($"The batch doesn't fit what is shown of {id}.");
    }
}
