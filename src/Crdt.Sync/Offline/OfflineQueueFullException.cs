namespace Crdt.Sync.Offline;

/// <summary>
/// A commit was refused because as many operations wait for a peer as may, and the replica is offline. Nothing of it was stored, and nothing of what waits
/// is lost.
/// </summary>
/// <param name="capacity">How many operations may wait.</param>
public sealed class OfflineQueueFullException(int capacity)
    : InvalidOperationException($"{capacity} operations wait for a peer, which is as many as may while this replica is offline. Nothing was committed, and nothing is lost: go online and sync, or allow more by OfflineQueueCapacity.")
{
    /// <summary>How many operations may wait; see <see cref="GraphReplicaOptions.OfflineQueueCapacity"/>.</summary>
    public int Capacity => capacity;
}
