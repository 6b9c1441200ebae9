using Crdt.Codec;

namespace Crdt.Sync.Differences;

/// <summary>
/// Neighbouring cells of a set on the wire: how many there are, then for each its sum (8 bytes), its checksum (4) and how far its count is
/// from what a set of that size lets expect (zigzag; 1 byte for small sets, 2 for a million items). Where the run begins and how large the set is has been said before.
/// </summary>
internal static class CellRun
{
    /// <summary>No comparison goes beyond so many cells: enough for about 90,000 differences.</summary>
    public const int Limit = 131_072;

    private const int LeastBytes = 13;

    /// <param name="writer">Where to.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="first">The number of the first of them.</param>
    /// <param name="setSize">How many items the set has: the count of cell 0.</param>
    public static void Write(ref WireWriter writer, ReadOnlySpan<Cell> cells, int first, int setSize)
    {
        writer.WriteVarint((ulong)cells.Length);
        for (var i = 0; i < cells.Length; i++)
        {
            writer.WriteUInt64(cells[i].Sum);
            writer.WriteUInt32(cells[i].Check);
            writer.WriteZigZag(cells[i].Count - CellWalk.ExpectedIn(first + i, setSize));
        }
    }

    /// <param name="reader">Where from.</param>
    /// <param name="first">The number of the first cell.</param>
    /// <param name="setSize">How many items the set is said to have.</param>
    /// <param name="limit">The most cells that are accepted.</param>
    /// <exception cref="WireFormatException">More cells than accepted or than the bytes hold, or one that no set of that size has.</exception>
    public static Cell[] Read(ref WireReader reader, int first, int setSize, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(setSize);
        var cells = new Cell[reader.ReadCount(LeastBytes, Math.Min(limit, Limit - first))];
        for (var i = 0; i < cells.Length; i++)
        {
            var (sum, check) = (reader.ReadUInt64(), reader.ReadUInt32());
            cells[i] = new(sum, check, ReadCount(ref reader, first + i, setSize));
        }

        return cells;
    }

    private static int ReadCount(ref WireReader reader, int cell, int setSize)
    {
        var start = reader;
        var expected = CellWalk.ExpectedIn(cell, setSize);
        var excess = reader.ReadZigZag();
        // Compared before anything is added: an excess of 64 bits would overflow.
        if (excess < -expected || excess > setSize - expected) throw start.Malformed($"cell {cell} holds more items than the {setSize} of the set, or fewer than none");
        if (cell == 0 && excess != 0) throw start.Malformed("cell 0 doesn't hold every item of the set");
        return (int)(expected + excess);
    }
}
