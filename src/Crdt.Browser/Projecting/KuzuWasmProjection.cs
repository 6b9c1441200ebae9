using System.Runtime.CompilerServices;
using System.Runtime.InteropServices.JavaScript;
using Crdt.Browser.Interop;
using Crdt.Kuzu.Projecting;
using Crdt.Kuzu.Tables;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Browser.Projecting;

/// <summary>
/// Shows a replica's data in kuzu-wasm: a Kuzu database in the memory of a worker of its own, which is made anew from the store at each opening. Its tables are those of the native projection.
/// </summary>
/// <param name="pool">How many bytes the engine's pool may take.</param>
internal sealed class KuzuWasmProjection(long pool) : IGraphProjection
{
    private Dictionary<uint, TableShape> _tables = [];
    private JSObject? _graph;
    private bool _isEmpty;
    private int _asking;

    /// <summary>Ends when the database shows a state of the truth, and not a part of one as in a rebuild.</summary>
    private TaskCompletionSource _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<long> OpenAsync(GraphSchema schema, CancellationToken cancellationToken = default)
    {
        _tables = schema.Types.ToDictionary(type => type.Id, type => new TableShape(type, SplitForm.Unwind));
        await BeginAsync().ConfigureAwait(false);
        _whole.TrySetResult();
        return 0;
    }

    public async ValueTask ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken = default)
    {
        var graph = Graph;
        using var packed = Memory.Give(new BatchText(_tables).Write(batch));
        try
        {
            _isEmpty = false;
            await GraphEngine.WriteAsync(graph, packed).ConfigureAwait(false);
            if (batch.Watermark is not null) _whole.TrySetResult();
        }
        catch (JSException error)
        {
            var refusal = Refusal(error);
            _whole.TrySetException(refusal);
            throw refusal;
        }
    }

    public async ValueTask ResetAsync(CancellationToken cancellationToken = default)
    {
        if (_asking > 0) throw new ProjectionException("A query still reads the graph database.") { IsInUse = true };
        if (_whole.Task.IsCompleted) _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_graph is not null && _isEmpty) return;
        Close();
        await BeginAsync().ConfigureAwait(false);
    }

    public async IAsyncEnumerable<GraphResult> QueryAsync(
        string query, IReadOnlyDictionary<string, object?>? parameters = null, TimeSpan? timeout = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var statements = CypherText.Split(query, parameters?.Keys ?? []);
        var text = QueryJson.Write(statements, parameters, timeout);
        await _whole.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        var results = await AskAsync(text, timeout).WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var result in QueryJson.Read(results)) yield return result;
    }

    /// <summary>How many bytes of memory the engine has taken, for measurements.</summary>
    public async Task<long> BytesAsync() => (long)await GraphEngine.BytesAsync(Graph).ConfigureAwait(false);

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private JSObject Graph => _graph ?? throw new ProjectionException("The graph database is not open.");

    private async Task BeginAsync()
    {
        try
        {
            var graph = _graph = await GraphEngine.OpenAsync(pool).ConfigureAwait(false);
            await GraphEngine.DefineAsync(graph, string.Concat(_tables.Values.Select(table => table.Ddl + ";"))).ConfigureAwait(false);
            _isEmpty = true;
        }
        catch (JSException error)
        {
            Close();
            throw new ProjectionException($"kuzu-wasm could not begin a database: {error.Text()}", error);
        }
    }

    private async Task<string> AskAsync(string query, TimeSpan? timeout)
    {
        _asking++;
        try
        {
            return await GraphEngine.QueryAsync(Graph, query).ConfigureAwait(false);
        }
        catch (JSException error) when (timeout is { } limit && error.Text().StartsWith("Interrupted", StringComparison.Ordinal))
        {
            throw new ProjectionException($"The query was stopped, since a statement ran longer than {limit.TotalSeconds:0.###} s. Let it look at less, or give it more time with QueryOptions.Timeout.", error) { IsTimeout = true };
        }
        catch (JSException error) when (IsBroken(error))
        {
            throw new ProjectionException($"The engine broke over the query, and is begun anew: let the query look at less. ({error.Text()})", error) { IsTooLarge = true };
        }
        catch (JSException error)
        {
            throw new ProjectionException($"The query failed: {error.Text()}", error);
        }
        finally
        {
            _asking--;
        }
    }

    // Where the engine broke or its memory doesn't suffice, a rebuild leads on: it begins with another engine, and writes in parts.
    private ProjectionException Refusal(JSException error)
    {
        if (!error.Text().Contains("Buffer manager", StringComparison.Ordinal)) return new($"The graph database refused a batch: {error.Text()}", error) { IsTooLarge = IsBroken(error) };
        return new($"The graph needs more than the {pool >> 20} MiB that kuzu-wasm's pool may take: give it more with UseKuzuWasm(bufferPool). ({error.Text()})", error) { IsTooLarge = true };
    }

    private void Close()
    {
        if (_graph is not { } graph) return;
        _graph = null;
        GraphEngine.Close(graph);
        graph.Dispose();
    }

    private static bool IsBroken(JSException error) => error.Text().StartsWith("BrokenError", StringComparison.Ordinal);
}
