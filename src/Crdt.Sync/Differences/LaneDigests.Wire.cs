using Crdt.Codec;

namespace Crdt.Sync.Differences;

/// <content>Its bytes: a version, the tree, the syndromes, the cells and the index.</content>
internal sealed partial class LaneDigests
{
    private const byte Version = 2;

    /// <summary>Appends everything: about 54 KB for the cells, 256 bytes for the syndromes, up to 76 KB for the tree, and 10 bytes an entity.</summary>
    public void Write(ref WireWriter writer)
    {
        writer.WriteByte(Version);
        _tree.Write(ref writer);
        _syndromes.Write(ref writer);
        _cells.Write(ref writer);
        Index.Write(ref writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, and holds the parts against each other. Linear in the number of entities.</summary>
    /// <exception cref="WireFormatException">The bytes are not that, or their parts are not of one set.</exception>
    public static LaneDigests Read(ref WireReader reader)
    {
        var start = reader;
        if (reader.ReadByte() != Version) throw start.Malformed("these digests are of a version that this build doesn't know");
        var tree = MerkleTree.Read(ref reader);
        var syndromes = SyndromeSketch.Read(ref reader);
        var cells = CellPrefix.Read(ref reader, tree.Count);
        var index = ItemIndex.Read(ref reader);
        if (!AreOfOneSet(tree, syndromes, cells, index)) throw start.Malformed("the tree, the syndromes, the cells and the index are not of one set");
        return new(tree, syndromes, cells, index);
    }

    private static bool AreOfOneSet(MerkleTree tree, SyndromeSketch syndromes, CellPrefix cells, ItemIndex index)
    {
        var counts = new int[MerkleTree.Leaves];
        var all = default(Cell);
        foreach (var (item, _) in index.All())
        {
            counts[MerkleTree.LeafOf((UInt128)item << 64)]++;
            all = all.With(item, Cell.ChecksumOf(item), 1);
        }

        for (var leaf = 0; leaf < counts.Length; leaf++)
        {
            if (counts[leaf] != tree.CountOf(leaf)) return false;
        }

        // The first syndrome is the sum of all items, as that of cell 0 is.
        return all == cells.Cells[0] && syndromes.Sums[0] == all.Sum;
    }
}
