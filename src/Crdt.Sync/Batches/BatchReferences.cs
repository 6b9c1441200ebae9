namespace Crdt.Sync.Batches;

/// <summary>What goes along with a batch from row to row, the same where it is written and where it is read.</summary>
/// <param name="replicas">How many replicas the batch has, where that is known.</param>
internal sealed class BatchReferences(int replicas)
{
    public DotReference Dots { get; } = new(replicas);

    public StampReference Stamps { get; } = new();

    /// <summary>The row or event at hand, from 1.</summary>
    public int Row { get; private set; }

    /// <summary>For each replica of the row's table, its number in the batch.</summary>
    public int[] Table { get; private set; } = [];

    /// <summary>Begins a row that stands by itself, or an event, whose rows refer to the event.</summary>
    public void Next() => Row++;

    /// <summary>Begins what is in a row.</summary>
    public void Use(int[] table) => Table = table;
}
