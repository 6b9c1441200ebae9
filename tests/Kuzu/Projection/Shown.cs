using Crdt.Kuzu;
using Crdt.Kuzu.Binding;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Tests.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>A projection in a folder of its own, opened as a replica opens it: through its options and its port.</summary>
internal sealed class Shown : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private IGraphProjection? _projection;
    private bool _captures;

    public string File => _folder.Database;

    public IGraphProjection Projection => _projection ?? throw new InvalidOperationException("The projection is closed.");

    public IReadOnlyList<string> SetAside => [.. Directory.GetFiles(_folder.Path, "graph.kuzu.set-aside-*").Order(StringComparer.Ordinal)];

    public static async Task<Shown> OpenAsync(GraphSchema schema, KuzuOptions? options = null, bool captures = false)
    {
        var shown = new Shown { _captures = captures };
        await shown.ReopenAsync(schema, options);
        return shown;
    }

    /// <summary>Closes the database, which writes all to its file, and opens it again.</summary>
    /// <returns>The watermark that it reports.</returns>
    public async Task<long> ReopenAsync(GraphSchema schema, KuzuOptions? options = null)
    {
        await CloseAsync();
        _projection = Make(options);
        return await _projection.OpenAsync(schema);
    }

    public async Task CloseAsync()
    {
        if (_projection is not null) await _projection.DisposeAsync();
        _projection = null;
    }

    public IGraphProjection Make(KuzuOptions? options = null) =>
        new GraphReplicaOptions { Folder = _folder.Path, CapturesDirectWrites = _captures }.UseKuzu(kuzu: options ?? ScratchFolder.Small).Projection!();

    /// <summary>The rows of a query.</summary>
    public async Task<List<GraphRow>> RowsAsync(string cypher, IReadOnlyDictionary<string, object?>? parameters = null)
    {
        var rows = new List<GraphRow>();
        await foreach (var row in StreamAsync(cypher, parameters)) rows.Add(row);
        return rows;
    }

    /// <summary>The rows of a query as they are read.</summary>
    public async IAsyncEnumerable<GraphRow> StreamAsync(string cypher, IReadOnlyDictionary<string, object?>? parameters = null)
    {
        await foreach (var result in Projection.QueryAsync(cypher, parameters))
        {
            foreach (var row in result.Rows) yield return row;
        }
    }

    /// <summary>The one value of a query.</summary>
    public async Task<object?> ValueAsync(string cypher, IReadOnlyDictionary<string, object?>? parameters = null) =>
        Assert.Single(await RowsAsync(cypher, parameters))[0];

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }
}
