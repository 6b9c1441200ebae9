using Crdt.Storage;

namespace Crdt.Sync.Truth;

/// <summary>Reads the truth, which stands still during each reading. It may change between two of them.</summary>
internal interface ITruthReading
{
    /// <summary>The number of the last commit; it stands still within a reading.</summary>
    long Revision { get; }

    /// <summary>Runs something that reads the store while nothing changes it.</summary>
    ValueTask<T> ReadAsync<T>(Func<IReplicaStore, ValueTask<T>> read, CancellationToken cancellationToken);
}
