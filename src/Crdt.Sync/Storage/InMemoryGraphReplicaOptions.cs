namespace Crdt.Sync.Storage;

/// <summary>Makes memory the store of a replica.</summary>
public static class InMemoryGraphReplicaOptions
{
    /// <summary>Keeps the replica's truth in memory, so that tests need no files: a replica that is opened on the same disk later goes on with it.</summary>
    /// <param name="options">The options of the replica.</param>
    /// <param name="disk">What outlives the replica; by default one that goes away with it.</param>
    /// <returns>The same options, to go on.</returns>
    public static GraphReplicaOptions UseMemory(this GraphReplicaOptions options, InMemoryDisk? disk = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Store = () => new InMemoryStore(disk ?? new());
        return options;
    }
}
