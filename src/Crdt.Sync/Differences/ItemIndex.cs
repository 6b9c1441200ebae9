using System.Numerics;
using Crdt.Codec;

namespace Crdt.Sync.Differences;

/// <summary>
/// Finds the row of an item: an open table in the order of the items' first bits, so that those of one leaf of the tree lie together. 12 bytes a
/// slot, and at most three of four slots are taken. Owned by one.
/// </summary>
internal sealed class ItemIndex
{
    private const int LeastBits = 6;
    private ulong[] _items = [];
    private uint[] _rows = [];
    private int _bits;

    public ItemIndex() => Resize(LeastBits);

    /// <summary>How many items there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an item. Amortized O(1).</summary>
    /// <param name="item">The item. Two entities could have the same one; then it is there twice.</param>
    /// <param name="row">Its row, from 1.</param>
    /// <exception cref="OverflowException">The row is beyond 32 bits.</exception>
    public void Add(ulong item, long row)
    {
        if (++Count * 4L > _items.Length * 3L) Resize(_bits + 1);
        Insert(item, checked((uint)row));
    }

    /// <summary>Removes an item, once. O(1).</summary>
    public void Remove(ulong item)
    {
        var slot = Find(item);
        if (slot < 0) return;
        Count--;
        CloseGap(slot);
    }

    /// <summary>The row of an item; null where there is none. O(1).</summary>
    public long? RowOf(ulong item) => Find(item) is >= 0 and var slot ? _rows[slot] : null;

    /// <summary>The items of a leaf of the tree. O(items of the leaf).</summary>
    public IEnumerable<ulong> ItemsOfLeaf(int leaf)
    {
        var start = Home((ulong)leaf << 52);
        var end = leaf + 1 == MerkleTree.Leaves ? _items.Length : Home((ulong)(leaf + 1) << 52);
        // Those that found their place taken lie further on, up to the next gap, which may be behind the end of the table.
        for (var i = start; i < _items.Length * 2; i++)
        {
            var slot = i & (_items.Length - 1);
            if (_rows[slot] == 0)
            {
                if (i >= end) yield break;
                continue;
            }

            if (MerkleTree.LeafOf(_items[slot]) == leaf) yield return _items[slot];
            if (i >= end && i - start >= _items.Length - 1) yield break;
        }
    }

    /// <summary>Writes <c>count { item[8] row }*</c>.</summary>
    public void Write(ref WireWriter writer)
    {
        writer.WriteVarint((ulong)Count);
        for (var i = 0; i < _items.Length; i++)
        {
            if (_rows[i] == 0) continue;
            writer.WriteUInt64(_items[i]);
            writer.WriteVarint(_rows[i]);
        }
    }

    public static ItemIndex Read(ref WireReader reader)
    {
        var index = new ItemIndex();
        for (var left = reader.ReadVarint(); left > 0; left--) index.Add(reader.ReadUInt64(), (long)reader.ReadVarint());
        return index;
    }

    private int Home(ulong item) => (int)(item >> (64 - _bits));

    private int Find(ulong item)
    {
        for (var slot = Home(item); _rows[slot] != 0; slot = Next(slot))
        {
            if (_items[slot] == item) return slot;
        }

        return -1;
    }

    private void Insert(ulong item, uint row)
    {
        var slot = Home(item);
        while (_rows[slot] != 0) slot = Next(slot);
        (_items[slot], _rows[slot]) = (item, row);
    }

    // What lies behind a gap and belongs at or before it moves up, so that a search that stops at gaps still finds it.
    private void CloseGap(int gap)
    {
        for (var slot = Next(gap); _rows[slot] != 0; slot = Next(slot))
        {
            var distance = (slot - Home(_items[slot])) & (_items.Length - 1);
            if (distance < ((slot - gap) & (_items.Length - 1))) continue;
            (_items[gap], _rows[gap]) = (_items[slot], _rows[slot]);
            gap = slot;
        }

        _rows[gap] = 0;
    }

    private int Next(int slot) => (slot + 1) & (_items.Length - 1);

    private void Resize(int bits)
    {
        var (items, rows) = (_items, _rows);
        (_bits, _items, _rows) = (bits, new ulong[1 << bits], new uint[1 << bits]);
        for (var i = 0; i < items.Length; i++)
        {
            if (rows[i] != 0) Insert(items[i], rows[i]);
        }
    }
}
