namespace Crdt.Sync.Offline;

/// <summary>What of one lane waits for a peer.</summary>
internal sealed class LaneQueue
{
    /// <summary>The highest of the replica's own dots that a peer may know of.</summary>
    public ulong Told { get; set; }

    /// <summary>The highest of the replica's own dots that a peer is known to hold durably; never above <see cref="Told"/>.</summary>
    public ulong Acknowledged { get; set; }

    /// <summary>The newest of the events that nobody was told of; null until the log was asked for them.</summary>
    public UntoldEvents? Untold { get; set; }

    /// <summary>How much waits; null until it was counted.</summary>
    public QueuedOperations? Waiting { get; set; }

    /// <summary>Takes note that a peer may know of everything up to a dot.</summary>
    public void Tell(ulong upTo)
    {
        Told = Math.Max(Told, upTo);
        Untold?.Forget(Told);
    }

    /// <summary>Takes note of a commit that is durable.</summary>
    public void Committed(FoldedEvent folded)
    {
        Waiting = Waiting?.Plus(1 - folded.Folded, folded.Event.Bytes.Length - folded.FoldedBytes);
        Untold?.Add(folded);
    }
}
