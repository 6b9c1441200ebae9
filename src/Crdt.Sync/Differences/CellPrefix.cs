using Crdt.Codec;

namespace Crdt.Sync.Differences;

/// <summary>
/// The first 4,096 cells of a set, kept up to date as items come and go: what the first pieces of every comparison are cut
/// from, whatever the size of the set. 64 KB.
/// </summary>
internal sealed class CellPrefix
{
    public const int Length = 4096;

    private readonly Cell[] _cells;

    public CellPrefix() => _cells = new Cell[Length];

    private CellPrefix(Cell[] cells) => _cells = cells;

    /// <summary>The cells, from 0 on.</summary>
    public ReadOnlySpan<Cell> Cells => _cells;

    /// <summary>How many items the set has: all of them are in cell 0.</summary>
    public int Count => _cells[0].Count;

    /// <summary>Takes an item up. Touches about 15 cells.</summary>
    public void Add(ulong item) => Change(item, 1);

    /// <summary>Takes an item back that was added.</summary>
    public void Remove(ulong item) => Change(item, -1);

    /// <summary>The same cells, to be kept while these change.</summary>
    public CellPrefix Clone() => new([.. _cells]);

    public void Write(ref WireWriter writer) => CellRun.Write(ref writer, _cells, 0, Count);

    /// <exception cref="WireFormatException">The bytes are not the cells of a set of that size.</exception>
    public static CellPrefix Read(ref WireReader reader, int setSize)
    {
        var start = reader;
        var cells = CellRun.Read(ref reader, 0, setSize, Length);
        return cells.Length == Length ? new(cells) : throw start.Malformed($"{cells.Length} cells stand where there have to be {Length}");
    }

    private void Change(ulong item, int sign)
    {
        var cells = _cells;
        var checksum = Cell.ChecksumOf(item);
        for (var walk = new CellWalk(item); walk.IsBefore(Length); walk.MoveNext())
        {
            ref var cell = ref cells[walk.Cell];
            cell = cell.With(item, checksum, sign);
        }
    }
}
