namespace Crdt.Browser.Projecting;

/// <summary>Makes kuzu-wasm the graph database of a replica.</summary>
public static class KuzuWasmGraphReplicaOptions
{
    /// <summary>What suits tens of thousands of rows, in bytes.</summary>
    private const long DefaultPool = 64 * 1024 * 1024;

    /// <summary>Shows the replica's data in a Kuzu database that lies in memory and is made anew from the store at each opening.</summary>
    /// <param name="options">The options of the replica.</param>
    /// <param name="bufferPool">How many bytes its pool may take, 64 MiB by default; what isn't needed isn't taken.</param>
    /// <returns>The same options, to go on.</returns>
    public static GraphReplicaOptions UseKuzuWasm(this GraphReplicaOptions options, long bufferPool = DefaultPool)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferPool, 1024 * 1024);
        options.Projection = () => new KuzuWasmProjection(bufferPool);
        return options;
    }
}
