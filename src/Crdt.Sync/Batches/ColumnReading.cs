using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>What a column asks of the reader of a batch.</summary>
internal static class ColumnReading
{
    /// <summary>Passes over a block and says where in the batch it is: a column keeps offsets, and not the bytes.</summary>
    public static (int Start, int End) PassBlock(this ref WireReader reader)
    {
        var size = reader.ReadBlock().Length;
        return (reader.Offset - size, reader.Offset);
    }
}
