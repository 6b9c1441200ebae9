using System.Runtime.CompilerServices;
using System.Runtime.InteropServices.JavaScript;
using Crdt.Browser.Interop;
using Crdt.Kuzu.Projecting;
using Crdt.Kuzu.Tables;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Browser.Projecting;

/// <summary>
/// Shows a replica's data in kuzu-wasm: a Kuzu database in the memory of a worker of its own, which goes on from what was kept at an earlier opening, or is made anew from the store. Its tables are those of
/// the native projection.
/// </summary>
/// <param name="pool">How many bytes the engine's pool may take.</param>
/// <param name="name">The name of the store that it belongs to; null where nothing is kept.</param>
internal sealed partial class KuzuWasmProjection(long pool, string? name) : IGraphProjection
{
    /// <summary>How long those who read are waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private Dictionary<uint, TableShape> _tables = [];
    private JSObject? _graph;
    private bool _isEmpty;
    private int _asking;

    /// <summary>Ends when the last one who asks is answered.</summary>
    private TaskCompletionSource _answered = Begun();

    /// <summary>Ends when the database shows a state of the truth, and not a part of one as in a rebuild.</summary>
    private TaskCompletionSource _whole = Begun();
    private CancellationTokenRegistration _stopping;

    public async ValueTask<long> OpenAsync(GraphSchema schema, CancellationToken cancellationToken = default)
    {
        _tables = schema.Types.ToDictionary(type => type.Id, type => new TableShape(type, SplitForm.Unwind));
        await BeginAsync(isAnew: false).ConfigureAwait(false);
        _whole.TrySetResult();
        return _shown;
    }

    public async ValueTask ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken = default)
    {
        var graph = Graph;
        using var packed = Memory.Give(new BatchText(_tables).Write(batch));
        try
        {
            _isEmpty = false;
            await GraphEngine.WriteAsync(graph, packed, batch.Watermark ?? -1, RowsOf(batch)).ConfigureAwait(false);
            if (batch.Watermark is not { } watermark) return;
            _shown = watermark;
            EndRebuild();
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
        var wasWhole = _whole.Task.IsCompletedSuccessfully;
        AwaitRebuild(cancellationToken);
        try
        {
            if (_asking > 0) await _answered.Task.WaitAsync(Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            if (wasWhole) _whole.TrySetResult();
            throw new ProjectionException("A query still reads the graph database.") { IsInUse = true };
        }

        if (_graph is not null && _isEmpty) return;
        Close();
        await BeginAsync(isAnew: true).ConfigureAwait(false);
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

    public async ValueTask DisposeAsync()
    {
        await KeepLastAsync().ConfigureAwait(false);
        Close();
        await _stopping.DisposeAsync().ConfigureAwait(false);
    }

    private JSObject Graph => _graph ?? throw new ProjectionException("The graph database is not open.");

    private async Task BeginAsync(bool isAnew)
    {
        try
        {
            var definition = string.Concat(_tables.Values.Select(table => table.Ddl + ";"));
            _graph = await GraphEngine.OpenAsync(pool, name ?? "", WatermarkTable.Fingerprint(_tables.Values), definition, isAnew).ConfigureAwait(false);
            TakeOver();
        }
        catch (JSException error)
        {
            Close();
            var refusal = new ProjectionException($"kuzu-wasm could not begin a database: {error.Text()}", error);
            _whole.TrySetException(refusal);
            throw refusal;
        }
    }

    /// <summary>Lets queries wait for a rebuild. Where it is stopped they are told so, and the next one begins it again.</summary>
    private void AwaitRebuild(CancellationToken cancellationToken)
    {
        var whole = _whole.Task.IsCompleted ? _whole = Begun() : _whole;
        _stopping.Dispose();
        _stopping = cancellationToken.Register(() => whole.TrySetException(new ProjectionException("The graph database was being made anew, and that was stopped. Ask again.")));
    }

    /// <summary>Lets queries in. A rebuild that was stopped in its last batch is complete all the same.</summary>
    private void EndRebuild()
    {
        _stopping.Dispose();
        if (_whole.TrySetResult() || _whole.Task.IsCompletedSuccessfully) return;
        _whole = Begun();
        _whole.SetResult();
    }

    private async Task<string> AskAsync(string query, TimeSpan? timeout)
    {
        if (_asking++ == 0) _answered = Begun();
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
            if (--_asking == 0) _answered.TrySetResult();
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

    private static int RowsOf(ProjectionBatch batch) =>
        batch.DeletedRelationships.Count + batch.DeletedNodes.Count + batch.CreatedNodes.Count + batch.UpdatedNodes.Count + batch.CreatedRelationships.Count + batch.UpdatedRelationships.Count;

    private static TaskCompletionSource Begun() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static bool IsBroken(JSException error) => error.Text().StartsWith("BrokenError", StringComparison.Ordinal);
}
