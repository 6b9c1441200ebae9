using Crdt.Storage;

namespace Crdt.Sync.Truth;

/// <summary>The truth for whoever holds it already, so that it doesn't change between readings either.</summary>
/// <param name="store">The store of it.</param>
/// <param name="revision">The number of its last commit.</param>
internal sealed class StandingTruth(IReplicaStore store, long revision) : ITruthReading
{
    public long Revision => revision;

    public ValueTask<T> ReadAsync<T>(Func<IReplicaStore, ValueTask<T>> read, CancellationToken cancellationToken) => read(store);
}
