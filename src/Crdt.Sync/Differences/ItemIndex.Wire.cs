using Crdt.Codec;

namespace Crdt.Sync.Differences;

/// <content>Its bytes: the number of items, then in order by how much each is above the one before it, and its row.</content>
internal sealed partial class ItemIndex
{
    /// <summary>Appends everything: about 10 bytes an item for a million of them.</summary>
    public void Write(ref WireWriter writer)
    {
        writer.WriteVarint((ulong)Count);
        var before = 0UL;
        for (var slot = 0; slot < _items.Length; slot++)
        {
            if (_items[slot] == 0) continue;
            writer.WriteVarint(_items[slot] - before);
            writer.WriteVarint(_rows[slot]);
            before = _items[slot];
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="WireFormatException">The bytes are not an index.</exception>
    public static ItemIndex Read(ref WireReader reader)
    {
        var count = reader.ReadCount(2, int.MaxValue / 2);
        var index = new ItemIndex();
        if (count > FewestHomes / 5 * 4) index.Clear(count / 4 * 5 + FewestHomes, out index._items, out index._rows);
        var (item, row, next) = (0UL, 0UL, 0);
        for (; index.Count < count; index.Count++)
        {
            var start = reader;
            var (step, last) = (reader.ReadVarint(), row);
            row = reader.ReadVarint();
            if (row > uint.MaxValue) throw start.Malformed($"{row} is no row");
            if (step > ulong.MaxValue - item || (step == 0 && (item == 0 || row <= last))) throw start.Malformed("items are not in order");
            item += step;
            next = index.Append(next, item, (uint)row);
        }

        return index;
    }
}
