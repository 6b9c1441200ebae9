using Crdt.Sync.Truth;

namespace Crdt.Sync.Offline;

/// <summary>
/// The local changes that no peer has yet. It is no store of its own: the log of a replica is its queue, and the part of it behind what a peer has confirmed
/// is what waits. So it is ordered and durable as commits are, and delivered by every session.
/// </summary>
/// <remarks>
/// As long as nobody has been told of them, commits fold into one where the later replaces what the earlier wrote: a counter that is incremented a million
/// times is one operation.
/// </remarks>
public sealed class OfflineQueue
{
    private readonly ReplicaTruth _truth;

    internal OfflineQueue(ReplicaTruth truth) => _truth = truth;

    /// <summary>How many operations may wait while the replica is declared offline.</summary>
    public int Capacity => _truth.QueueCapacity;

    /// <summary>What becomes of a commit that would be one too many.</summary>
    public OfflineQueueFull WhenFull => _truth.WhenQueueIsFull;

    /// <summary>
    /// How much waits: what was committed here and is not known to be durable at any peer. What a log was cut of before any peer had it waits as well, and isn't
    /// counted. O(operations that wait) the first time, then O(1).
    /// </summary>
    /// <exception cref="ObjectDisposedException">The replica is closed.</exception>
    public ValueTask<QueuedOperations> MeasureAsync(CancellationToken cancellationToken = default) => _truth.MeasureQueueAsync(cancellationToken);
}
