using Crdt.Browser.Interop;

namespace Crdt.Browser.Projecting;

/// <summary>Makes kuzu-wasm the graph database of a replica.</summary>
public static class KuzuWasmGraphReplicaOptions
{
    /// <summary>What suits tens of thousands of rows, in bytes.</summary>
    private const long DefaultPool = 64 * 1024 * 1024;

    /// <summary>How many entities a batch of a rebuild has: the page has the only thread between two of them.</summary>
    private const int RebuildPage = 2_000;

    /// <summary>
    /// Shows the replica's data in a Kuzu database that lies in memory. Beside a store in IndexedDB its file is kept now and then, and the next opening goes on from there; where there is none of
    /// use, it is made anew from the store. The engine begins to load at once, beside the opening of the store.
    /// </summary>
    /// <param name="options">The options of the replica.</param>
    /// <param name="bufferPool">How many bytes its pool may take, 64 MiB by default; what isn't needed isn't taken.</param>
    /// <returns>The same options, to go on.</returns>
    public static GraphReplicaOptions UseKuzuWasm(this GraphReplicaOptions options, long bufferPool = DefaultPool)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferPool, 1024 * 1024);
        if (BrowserModule.IsLoaded) GraphEngine.Load();
        var parts = BrowserParts.Of(options);
        parts.Pool = bufferPool;
        options.RebuildPage = RebuildPage;
        options.Projection = () => new KuzuWasmProjection(bufferPool, parts.Database?.Invoke());
        return options;
    }
}
