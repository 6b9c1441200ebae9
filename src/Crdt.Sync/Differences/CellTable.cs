using Crdt.Codec;

namespace Crdt.Sync.Differences;

/// <summary>The first cells of a set, kept up to date as items come and go. Owned by one.</summary>
internal sealed class CellTable
{
    /// <summary>How many cells are kept at hand: enough for some 2,800 differences.</summary>
    public const int Kept = 4096;

    /// <summary>How many cells are ever made. More differences are found by the tree.</summary>
    public const int Limit = 131_072;

    private readonly Cell[] _cells;

    /// <summary>A table of so many cells of an empty set.</summary>
    public CellTable(int size = Kept) => _cells = new Cell[size];

    /// <summary>A table of cells that were kept.</summary>
    public CellTable(Cell[] cells) => _cells = cells;

    public ReadOnlySpan<Cell> Cells => _cells;

    /// <summary>Adds an item. O(log of the number of cells).</summary>
    public void Add(ulong item) => Change(item, 1);

    /// <summary>Removes an item that was added.</summary>
    public void Remove(ulong item) => Change(item, -1);

    public CellTable Clone() => new((Cell[])_cells.Clone());

    /// <summary>How many of <paramref name="count"/> items are to be expected in a cell.</summary>
    public static long Expected(long count, int cell) => (long)(count / (1 + (cell / 2.0)));

    /// <summary>
    /// Writes a run of cells: <c>{ sum[8] check[4] count }*</c>, the count as the difference from what is to be expected in that cell of a set of a given
    /// size.
    /// </summary>
    public static void Write(ref WireWriter writer, ReadOnlySpan<Cell> run, int from, long setSize)
    {
        for (var i = 0; i < run.Length; i++)
        {
            writer.WriteUInt64(run[i].Sum);
            writer.WriteUInt32(run[i].Check);
            writer.WriteZigZag(run[i].Count - Expected(setSize, from + i));
        }
    }

    /// <summary>Reads a run of cells.</summary>
    /// <exception cref="WireFormatException">It is malformed.</exception>
    public static List<Cell> Read(ref WireReader reader, int from, long setSize)
    {
        var cells = new List<Cell>();
        while (reader.Remaining > 0)
        {
            if (from + cells.Count >= Limit) throw reader.Malformed($"there are no more than {Limit} cells");
            var (sum, check) = (reader.ReadUInt64(), reader.ReadUInt32());
            var count = reader.ReadZigZag() + Expected(setSize, from + cells.Count);
            if (count is < int.MinValue or > int.MaxValue) throw reader.Malformed("a cell's count is out of range");
            cells.Add(new(sum, check, (int)count));
        }

        return cells;
    }

    private void Change(ulong item, int by)
    {
        var check = Cell.CheckOf(item);
        for (var places = new CellPlaces(item); places.Current < _cells.Length; places.MoveNext())
            _cells[places.Current] = _cells[places.Current].With(item, check, by);
    }
}
