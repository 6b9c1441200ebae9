namespace Crdt.Sync.Differences;

/// <summary>
/// The cells of a set beyond its prefix, made from all its items when a difference turns out too large for that. Every call goes over
/// every item, about 0.2 s for a million, so ask for pieces that grow with what was sent already.
/// </summary>
/// <param name="items">The items; the same at every call.</param>
internal sealed class CellStream(IEnumerable<ulong> items)
{
    /// <summary>So many cells from one on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They would reach beyond <see cref="CellRun.Limit"/>.</exception>
    public Cell[] Read(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, CellRun.Limit - first);
        var cells = new Cell[count];
        // Most callers hand over an array, whose items needn't be asked for one by one through an interface.
        if (items is ulong[] array)
        {
            foreach (var item in array) Add(cells, first, item);
        }
        else
        {
            foreach (var item in items) Add(cells, first, item);
        }

        return cells;
    }

    private static void Add(Cell[] cells, int first, ulong item)
    {
        var checksum = Cell.ChecksumOf(item);
        for (var walk = new CellWalk(item); walk.IsBefore(first + cells.Length); walk.MoveNext())
        {
            var at = walk.Cell - first;
            if (at < 0) continue;
            ref var cell = ref cells[at];
            cell = cell.With(item, checksum, 1);
        }
    }
}
