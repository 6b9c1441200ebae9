namespace Crdt.Sync.Differences;

/// <summary>
/// Finds the items that only one of two sets has, from the cells of both, which come in pieces of any size until it is complete: about
/// 1.4 cells for each of many differences, 2 to 4 for each of a few. What the peer's cells say may be lies: then it ends all the same, and
/// either isn't complete or gives items that one side or the other turns out not to have. So look up each before believing it.
/// </summary>
/// <remarks>
/// Items are half a digest, and sums are linear: a writer can, with some work, choose states that cells don't tell apart. Where the cells are complete and the
/// roots of both trees differ still when everything found has been exchanged, the leaves that differ have to be exchanged whole.
/// </remarks>
internal sealed class DifferenceDecoder
{
    private readonly PendingCells _pending = new();
    private readonly List<ulong> _onlyHere = [], _onlyThere = [];
    // Every item that was found, with where it goes on to beyond the cells that have come.
    private readonly List<(ulong Item, int Sign, CellWalk Walk)> _found = [];
    private Cell[] _difference = [];
    // Cells that a test found empty and that nothing was taken out of since.
    private bool[] _resolved = [];

    /// <summary>How many cells have come.</summary>
    public int Cells { get; private set; }

    /// <summary>How many times a cell was compared or tested: each cell once when it comes, and again after what was found in other cells was taken out of it.</summary>
    public int Comparisons { get; private set; }

    /// <summary>Whether the cells contradict each other, as those of two sets don't: more cells are of no use.</summary>
    public bool IsContradicted { get; private set; }

    /// <summary>Cells in which something is left that isn't understood.</summary>
    public int Unresolved { get; private set; }

    /// <summary>Whether every difference was found. Until then what was found is right, but for lies, and not all.</summary>
    public bool IsComplete => Cells > 0 && Unresolved == 0 && !IsContradicted;

    /// <summary>Items found so far that only this side has.</summary>
    public IReadOnlyList<ulong> OnlyHere => _onlyHere;

    /// <summary>Items found so far that only the other side has.</summary>
    public IReadOnlyList<ulong> OnlyThere => _onlyThere;

    /// <summary>
    /// About how many differences there are, from how far the counts of both sides were apart, for planning the next piece. With 64 cells it is
    /// off by a fifth, more with fewer. O(n) for n cells.
    /// </summary>
    public int EstimatedDifferences => (int)Math.Min((long)_found.Count + CellPlan.Estimate(_difference.AsSpan(0, Cells)), int.MaxValue);

    /// <summary>Takes the next cells of both sides and finds what can be found. O(log n) for each item and cell.</summary>
    /// <param name="here">This side's cells from <see cref="Cells"/> on.</param>
    /// <param name="there">The other side's, as many.</param>
    public void Add(ReadOnlySpan<Cell> here, ReadOnlySpan<Cell> there)
    {
        if (here.Length != there.Length) throw new ArgumentException($"{there.Length} cells can't be compared with {here.Length}.", nameof(there));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(here.Length, CellRun.Limit - Cells, nameof(here));
        var first = Cells;
        Cells += here.Length;
        MakeRoom();
        for (var i = 0; i < here.Length; i++) _difference[first + i] = here[i].Minus(there[i]);
        for (var cell = first; cell < Cells; cell++) _pending.Add(cell);
        Unresolved += here.Length;
        for (var i = 0; i < _found.Count; i++) _found[i] = TakeOut(_found[i], -1);
        Peel();
    }

    private void MakeRoom()
    {
        if (_difference.Length >= Cells) return;
        var length = Math.Max(Cells, 2 * _difference.Length);
        Array.Resize(ref _difference, length);
        Array.Resize(ref _resolved, length);
        _pending.Grow(length);
    }

    private void Peel()
    {
        while (!IsContradicted && _pending.TakeHighest() is var cell and >= 0)
        {
            Comparisons++;
            var content = _difference[cell];
            if (content.IsEmpty) Resolve(cell);
            else if (content.IsPure) Find(cell, content);
        }
    }

    private void Find(int cell, Cell content)
    {
        // As many equations as unknowns: whoever finds more items than there are cells goes in circles.
        IsContradicted = _found.Count >= Cells;
        if (IsContradicted) return;
        _found.Add(TakeOut((content.Sum, content.Count, new(content.Sum)), cell));
        (content.Count > 0 ? _onlyHere : _onlyThere).Add(content.Sum);
        // The cell held this item alone, so it is empty now, unless the item doesn't belong here.
        IsContradicted = !_difference[cell].IsEmpty;
        Resolve(cell);
    }

    private void Resolve(int cell)
    {
        _resolved[cell] = true;
        Unresolved--;
    }

    /// <summary>Takes an item out of the cells that have come and that it wasn't taken out of yet.</summary>
    private (ulong Item, int Sign, CellWalk Walk) TakeOut((ulong Item, int Sign, CellWalk Walk) found, int source)
    {
        var checksum = Cell.ChecksumOf(found.Item);
        for (; found.Walk.IsBefore(Cells); found.Walk.MoveNext())
        {
            var at = found.Walk.Cell;
            _difference[at] = _difference[at].With(found.Item, checksum, -found.Sign);
            if (at == source) continue;
            if (_resolved[at]) Unresolved++;
            _resolved[at] = false;
            _pending.Add(at);
        }

        return found;
    }
}
