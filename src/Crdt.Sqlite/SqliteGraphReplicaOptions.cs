namespace Crdt.Sqlite;

/// <summary>Makes SQLite the store of a replica.</summary>
public static class SqliteGraphReplicaOptions
{
    private const string FileName = "replica.db";

    /// <summary>Keeps the replica's truth in one SQLite file, which is created with its folder where it doesn't exist.</summary>
    /// <param name="options">The options of the replica.</param>
    /// <param name="path">The file; by default <c>replica.db</c> in the replica's folder.</param>
    /// <returns>The same options, to go on.</returns>
    public static GraphReplicaOptions UseSqlite(this GraphReplicaOptions options, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (path is not null) ArgumentException.ThrowIfNullOrWhiteSpace(path);
        // The folder is read when the store is made: whoever opens the replica sets it after this call.
        options.Store = () => new SqliteStore(path ?? Path.Combine(options.Folder ?? ".", FileName), StoreLimits.Default, options.Time);
        return options;
    }
}
