namespace Crdt.Storage;

/// <summary>
/// One atomic change of a store that is too large to be held in memory: its entities are written in parts, and become durable with
/// <see cref="CommitAsync"/> or not at all. Meanwhile the store reads what was written. Disposing it without having committed takes everything back.
/// </summary>
public interface IStoreBatch : IAsyncDisposable
{
    /// <summary>Writes some of the entities.</summary>
    /// <param name="entities">The entities whose state changes, each once in all of the batch.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The row of each, in the order given, also the one that an entity had of which nothing is left; 0 where there never was one.</returns>
    /// <exception cref="StoreException">They could not be written, for instance because the disk is full; dispose the batch.</exception>
    ValueTask<IReadOnlyList<long>> WriteAsync(IReadOnlyList<EntityWrite> entities, CancellationToken cancellationToken = default);

    /// <summary>Makes it durable, with what the commit adds. Its revision is the one that the batch was begun for.</summary>
    /// <exception cref="StoreException">It could not be written; nothing has changed.</exception>
    ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken = default);
}
