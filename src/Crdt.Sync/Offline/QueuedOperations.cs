namespace Crdt.Sync.Offline;

/// <summary>How much waits for a peer.</summary>
/// <param name="Operations">How many operations: committed transactions, one for each lane that they wrote to; several that were folded into one count as one.</param>
/// <param name="EstimatedBytes">What they take in the log, in bytes, before any compression on the way.</param>
public readonly record struct QueuedOperations(long Operations, long EstimatedBytes)
{
    internal QueuedOperations Plus(long operations, long bytes) => new(Operations + operations, EstimatedBytes + bytes);
}
