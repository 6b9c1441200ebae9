using Crdt.Browser.Interop;

namespace Crdt.Browser.Storage;

/// <summary>Makes the browser's IndexedDB the store of a replica.</summary>
public static class IndexedDbGraphReplicaOptions
{
    /// <summary>Keeps the replica's truth in one database of IndexedDB, which is created where it doesn't exist.</summary>
    /// <param name="options">The options of the replica.</param>
    /// <param name="database">Its name; by default the replica's.</param>
    /// <returns>The same options, to go on.</returns>
    public static GraphReplicaOptions UseIndexedDb(this GraphReplicaOptions options, string? database = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (database is not null) ArgumentException.ThrowIfNullOrWhiteSpace(database);
        // The folder is read when the store is made: whoever opens the replica sets it after this call.
        string Name() => database ?? options.Folder ?? "replica";
        var parts = BrowserParts.Of(options);
        parts.Database = Name;
        options.Store = () => new IndexedDbStore(Name(), options.Time)
        {
            Locked = () =>
            {
                if (parts.Pool is { } pool) GraphEngine.Restore(Name(), pool);
            },
        };
        return options;
    }
}
