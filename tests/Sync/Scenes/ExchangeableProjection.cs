using Crdt.Entities;
using Crdt.Kuzu;
using Crdt.Kuzu.Binding;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>A Kuzu database whose file can be changed behind the back of the replica that has it open.</summary>
public class ExchangeableProjection(string folder, bool captures = false) : IGraphProjection, IProjectionCapture, IProjectionMigration
{
    private IGraphProjection _inner = Make(folder, captures);
    private GraphSchema? _schema;

    public string? Doubt => Audit.Doubt;

    public bool CanBeWritten => Audit.CanBeWritten;

    public bool HasDirectWrites => Audit.HasDirectWrites;

    /// <summary>What happens beside it, before each batch is written.</summary>
    public Func<Task> Beside { get; set; } = static () => Task.CompletedTask;

    /// <summary>Whether the process is to end, as it seems, before the next batch is written.</summary>
    public bool EndsBeforeBatch { get; set; }

    public ProjectionMigration? Migration => ((IProjectionMigration)_inner).Migration;

    private IProjectionCapture Audit => (IProjectionCapture)_inner;

    public async Task ChangeAsync(params string[] statements)
    {
        await _inner.DisposeAsync();
        var file = Path.Combine(folder, "graph.kuzu");
        File.Delete(file + ".seal");
        using (var database = KuzuDatabase.Open(file))
        using (var connection = database.Connect())
        {
            foreach (var statement in statements) connection.Execute(statement);
        }

        _inner = Make(folder, captures);
        await _inner.OpenAsync(_schema!);
    }

    public ValueTask<long> OpenAsync(GraphSchema schema, CancellationToken cancellationToken = default) => _inner.OpenAsync(_schema = schema, cancellationToken);

    public async ValueTask ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken = default)
    {
        if (EndsBeforeBatch) throw new OperationCanceledException("The process ends here.");
        await Beside();
        await _inner.ApplyAsync(batch, cancellationToken);
    }

    public virtual ValueTask ResetAsync(CancellationToken cancellationToken = default) => _inner.ResetAsync(cancellationToken);

    public IAsyncEnumerable<GraphResult> QueryAsync(
        string query, IReadOnlyDictionary<string, object?>? parameters = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        _inner.QueryAsync(query, parameters, timeout, cancellationToken);

    public ValueTask CompleteMigrationAsync(CancellationToken cancellationToken = default) => ((IProjectionMigration)_inner).CompleteMigrationAsync(cancellationToken);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    public IReadOnlyList<string> ColumnsOf(EntityType type) => Audit.ColumnsOf(type);

    public ValueTask<long> CountRowsAsync(EntityType type, CancellationToken cancellationToken = default) => Audit.CountRowsAsync(type, cancellationToken);

    public ValueTask<ShownPage> ReadRowsAsync(EntityType type, long position, CancellationToken cancellationToken = default) =>
        Audit.ReadRowsAsync(type, position, cancellationToken);

    public ValueTask<IReadOnlyList<ShownRow>> FindRowsAsync(EntityType type, IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default) =>
        Audit.FindRowsAsync(type, entities, cancellationToken);

    public ValueTask<IReadOnlyList<ShownRow>> SampleRowsAsync(EntityType type, int count, int seed, CancellationToken cancellationToken = default) =>
        Audit.SampleRowsAsync(type, count, seed, cancellationToken);

    public ValueTask TrustAsync(CancellationToken cancellationToken = default) => Audit.TrustAsync(cancellationToken);

    public IReadOnlyList<ShownRow> RenderRows(EntityType type, IReadOnlyList<ProjectedEntity> entities) => Audit.RenderRows(type, entities);

    public ValueTask WriteDirectlyAsync(string statements, IReadOnlyDictionary<string, object?>? parameters, CancellationToken cancellationToken = default) =>
        Audit.WriteDirectlyAsync(statements, parameters, cancellationToken);

    public virtual ValueTask<IReadOnlyList<CapturedRow>> CaptureRowsAsync(EntityType type, IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default) =>
        Audit.CaptureRowsAsync(type, entities, cancellationToken);

    private static IGraphProjection Make(string folder, bool captures) => new GraphReplicaOptions { Folder = folder, CapturesDirectWrites = captures }.UseKuzu().Projection!();
}
