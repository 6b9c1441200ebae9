using Crdt.Entities;
using Crdt.Kuzu;
using Crdt.Kuzu.Binding;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>A Kuzu database whose file can be changed behind the back of the replica that has it open.</summary>
public sealed class ExchangeableProjection(string folder) : IGraphProjection, IProjectionAudit
{
    private IGraphProjection _inner = Make(folder);
    private GraphSchema? _schema;

    public string? Doubt => Audit.Doubt;

    private IProjectionAudit Audit => (IProjectionAudit)_inner;

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

        _inner = Make(folder);
        await _inner.OpenAsync(_schema!);
    }

    public ValueTask<long> OpenAsync(GraphSchema schema, CancellationToken cancellationToken = default) => _inner.OpenAsync(_schema = schema, cancellationToken);

    public ValueTask ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken = default) => _inner.ApplyAsync(batch, cancellationToken);

    public ValueTask ResetAsync(CancellationToken cancellationToken = default) => _inner.ResetAsync(cancellationToken);

    public IAsyncEnumerable<GraphRow> QueryAsync(string query, IReadOnlyDictionary<string, object?>? parameters = null, CancellationToken cancellationToken = default) =>
        _inner.QueryAsync(query, parameters, cancellationToken);

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

    private static IGraphProjection Make(string folder) => new GraphReplicaOptions { Folder = folder }.UseKuzu().Projection!();
}
