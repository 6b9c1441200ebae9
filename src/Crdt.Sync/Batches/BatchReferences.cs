namespace Crdt.Sync.Batches;

/// <summary>What goes along with a batch from row to row, the same where it is written and where it is read.</summary>
/// <param name="replicas">How many replicas the batch has, where that is known.</param>
internal sealed class BatchReferences(int replicas)
{
    public DotReference Dots { get; } = new(replicas);

    public StampReference Stamps { get; } = new();

    /// <summary>The row at hand, from 1.</summary>
    public int Row { get; private set; }

    /// <summary>For each replica of the row's table, its number in the batch.</summary>
    public int[] Table { get; private set; } = [];

    public void Begin(int[] table)
    {
        Row++;
        Table = table;
    }
}
