namespace Crdt.Sync.Networking;

/// <summary>The kinds of <see cref="SyncStrategy"/>.</summary>
public enum SyncStrategyType
{
    /// <summary>Every commit is sent as soon as it can be.</summary>
    Immediate,

    /// <summary>Commits wait for each other, since every session costs round trips (<c>batch_optimized</c>).</summary>
    BatchOptimized,

    /// <summary>Critical lanes go first, and alone while they have something to send (<c>priority_based</c>).</summary>
    PriorityBased,
}
