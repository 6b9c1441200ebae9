namespace Crdt.Sync.Differences;

/// <summary>Works the difference of two sets out of their cells. One is fed the cells that the peer sends until they are enough.</summary>
internal sealed class DifferenceDecoder
{
    private readonly List<Cell> _difference = [];

    /// <summary>How many cells it was fed.</summary>
    public int Cells => _difference.Count;

    /// <summary>How often cells or checksums were compared.</summary>
    public int Comparisons { get; private set; }

    /// <summary>The items of this side only; right where <see cref="TryDecode"/> was.</summary>
    public List<ulong> OnlyHere { get; } = [];

    /// <summary>The items of the peer only; likewise.</summary>
    public List<ulong> OnlyThere { get; } = [];

    /// <summary>Takes the next cells of both sides.</summary>
    public void Add(ReadOnlySpan<Cell> own, IReadOnlyList<Cell> theirs)
    {
        for (var i = 0; i < theirs.Count; i++) _difference.Add(own[i].Minus(theirs[i]));
    }

    /// <summary>
    /// Takes items out of cells that hold one, which leaves others that hold one, until nothing is left or there is none. O(cells + differences · log cells).
    /// </summary>
    /// <returns>Whether nothing is left, so that the difference is known.</returns>
    public bool TryDecode()
    {
        OnlyHere.Clear();
        OnlyThere.Clear();
        var cells = _difference.ToArray();
        var pure = new Queue<int>();
        Comparisons += cells.Length;
        for (var i = 0; i < cells.Length; i++)
        {
            if (IsPure(cells[i])) pure.Enqueue(i);
        }

        while (pure.TryDequeue(out var at))
        {
            // The last item of a cell may have been taken out by way of another.
            if (!cells[at].MayBePure || Cell.CheckOf(cells[at].Sum) != cells[at].Check) continue;
            // A peer that lies could keep this going for ever.
            if (OnlyHere.Count + OnlyThere.Count > cells.Length) return false;
            TakeOut(cells, cells[at], pure);
        }

        return Array.TrueForAll(cells, cell => cell.IsZero);
    }

    private void TakeOut(Cell[] cells, Cell pure, Queue<int> found)
    {
        (pure.Count > 0 ? OnlyHere : OnlyThere).Add(pure.Sum);
        for (var places = new CellPlaces(pure.Sum); places.Current < cells.Length; places.MoveNext())
        {
            ref var cell = ref cells[places.Current];
            cell = cell.With(pure.Sum, pure.Check, -pure.Count);
            if (IsPure(cell)) found.Enqueue((int)places.Current);
        }
    }

    private bool IsPure(Cell cell)
    {
        if (!cell.MayBePure) return false;
        Comparisons++;
        return Cell.CheckOf(cell.Sum) == cell.Check;
    }
}
