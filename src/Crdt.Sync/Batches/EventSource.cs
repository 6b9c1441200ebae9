namespace Crdt.Sync.Batches;

/// <summary>
/// What one replica did in one lane, of which a batch has events that follow each other: what is to be expected of the next one. The same where
/// a batch is written and where it is read.
/// </summary>
/// <param name="place">Its place among the sources of the batch.</param>
/// <param name="origin">The replica's place in the batch.</param>
internal sealed class EventSource(int place, int origin)
{
    public int Place => place;

    public int Origin => origin;

    /// <summary>The number that the next event begins with.</summary>
    public ulong Next { get; private set; } = 1;

    /// <summary>What the last event had seen, by the replicas' places in the batch.</summary>
    public Dictionary<int, ulong> Vector { get; } = [];

    /// <summary>Goes to an event: where nothing else came from elsewhere, it has seen what the last one had, and that one.</summary>
    public void Expect(ulong first, ulong count)
    {
        if (first > 1) Vector[origin] = first - 1;
        else Vector.Remove(origin);
        Next = first + count;
    }
}
