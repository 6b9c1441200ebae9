namespace Crdt.Sync.Differences;

/// <summary>
/// From an item to the row of the entity that it stands for: a hash table whose slots are in the order of the items, so that the items of one
/// leaf of the tree stand next to each other. Open addressing, 12 bytes a slot, at most four in five in use: 15 to 23 MB for a million.
/// Two entities may by chance have one item; both are kept. One thread at a time.
/// (Amble, Knuth, "Ordered hash tables", The Computer Journal 17, 1974.)
/// </summary>
/// <remarks>
/// An item's home is its share of the range of 64 bits times the number of homes. From there on it stands behind what is smaller and before what is larger, with
/// no empty slot in between. Items that were chosen to have neighbouring homes make a long run, which costs time in proportion to its length and nothing else.
/// </remarks>
internal sealed partial class ItemIndex
{
    private const int FewestHomes = 16, Overhang = 64, LeafShift = 64 - 12;

    private ulong[] _items;
    private uint[] _rows;
    private int _homes;

    public ItemIndex() => Clear(FewestHomes, out _items, out _rows);

    /// <summary>How many items it holds.</summary>
    public int Count { get; private set; }

    /// <summary>What its tables take, in bytes.</summary>
    public long Size => 12L * _items.Length;

    /// <summary>Puts an item in. O(1) on average.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The item is 0, which marks an empty slot.</exception>
    public void Add(ulong item, uint row)
    {
        ArgumentOutOfRangeException.ThrowIfZero(item);
        if (Count >= _homes / 5 * 4) Grow();
        var slot = SlotOf(item, row);
        var end = slot;
        while (_items[end] != 0) end++;
        if (end == _items.Length - 1) Lengthen(end);
        Array.Copy(_items, slot, _items, slot + 1, end - slot);
        Array.Copy(_rows, slot, _rows, slot + 1, end - slot);
        (_items[slot], _rows[slot]) = (item, row);
        Count++;
    }

    /// <summary>Takes an item of a row out; says whether it was there. O(1) on average.</summary>
    public bool Remove(ulong item, uint row)
    {
        var slot = SlotOf(item, row);
        if (item == 0 || _items[slot] != item || _rows[slot] != row) return false;
        // What follows moves one slot back, up to what stands at its home.
        var end = slot + 1;
        while (_items[end] != 0 && HomeOf(_items[end]) < end) end++;
        Array.Copy(_items, slot + 1, _items, slot, end - slot - 1);
        Array.Copy(_rows, slot + 1, _rows, slot, end - slot - 1);
        _items[end - 1] = 0;
        Count--;
        return true;
    }

    /// <summary>The row that an item stands for; where there are several, the lowest. O(1) on average.</summary>
    public bool TryFind(ulong item, out uint row)
    {
        var slot = SlotOf(item, 0);
        row = _rows[slot];
        return item != 0 && _items[slot] == item;
    }

    /// <summary>Every row that an item stands for: mostly one or none.</summary>
    public IEnumerable<uint> RowsOf(ulong item)
    {
        if (item == 0) yield break;
        for (var slot = SlotOf(item, 0); _items[slot] == item; slot++) yield return _rows[slot];
    }

    /// <summary>Everything, by item and then by row.</summary>
    public IEnumerable<(ulong Item, uint Row)> All()
    {
        for (var slot = 0; slot < _items.Length; slot++)
        {
            if (_items[slot] != 0) yield return (_items[slot], _rows[slot]);
        }
    }

    /// <summary>The items of one leaf of the tree, by item and then by row.</summary>
    public IEnumerable<(ulong Item, uint Row)> InLeaf(int leaf)
    {
        var least = (ulong)leaf << LeafShift;
        var most = least | ((1UL << LeafShift) - 1);
        for (int slot = HomeOf(least), last = HomeOf(most); slot < _items.Length; slot++)
        {
            var item = _items[slot];
            if (item > most || (item == 0 && slot >= last)) yield break;
            if (item != 0 && item >= least) yield return (item, _rows[slot]);
        }
    }

    /// <summary>A copy of all items, in order.</summary>
    public ulong[] ToItems()
    {
        var items = new ulong[Count];
        var count = 0;
        foreach (var item in _items)
        {
            if (item != 0) items[count++] = item;
        }

        return items;
    }

    private int HomeOf(ulong item) => (int)Math.BigMul(item, (ulong)_homes, out _);

    /// <summary>Where an item of a row stands, or would have to.</summary>
    private int SlotOf(ulong item, uint row)
    {
        var slot = HomeOf(item);
        while (_items[slot] != 0 && (_items[slot] < item || (_items[slot] == item && _rows[slot] < row))) slot++;
        return slot;
    }

    private void Grow()
    {
        var (items, rows) = (_items, _rows);
        Clear(checked(_homes + _homes / 2), out _items, out _rows);
        var next = 0;
        for (var slot = 0; slot < items.Length; slot++)
        {
            if (items[slot] != 0) next = Append(next, items[slot], rows[slot]);
        }
    }

    /// <summary>Puts the next item in order into the first slot that it may have; gives the slot after it.</summary>
    private int Append(int next, ulong item, uint row)
    {
        var slot = Math.Max(next, HomeOf(item));
        if (slot >= _items.Length - 1) Lengthen(slot);
        (_items[slot], _rows[slot]) = (item, row);
        return slot + 1;
    }

    // Beyond the last home there are slots for what its neighbours push aside, and the very last is always empty, so that every search ends.
    private void Lengthen(int slot)
    {
        var length = slot + Overhang + 2 * Math.Max(0, slot - _homes);
        Array.Resize(ref _items, length);
        Array.Resize(ref _rows, length);
    }

    private void Clear(int homes, out ulong[] items, out uint[] rows)
    {
        _homes = homes;
        items = new ulong[homes + Overhang];
        rows = new uint[homes + Overhang];
    }
}
