using Crdt.Codec;

namespace Crdt.Sync.Differences;

/// <summary>
/// The entities of a lane by their digests: the tree that says whether two replicas are equal, the cells that find where they differ, and the index that finds
/// the rows. Kept up to date at each write. Owned by one.
/// </summary>
internal sealed class EntitySet
{
    private readonly MerkleTree _tree;
    private readonly CellTable _cells;
    private readonly ItemIndex _index;

    public EntitySet()
        : this(new(), new(), new())
    {
    }

    private EntitySet(MerkleTree tree, CellTable cells, ItemIndex index) => (_tree, _cells, _index) = (tree, cells, index);

    /// <summary>How many entities there are.</summary>
    public long Count => _tree.Count;

    /// <summary>What stands for all of them.</summary>
    public UInt128 Root => _tree.Root;

    /// <summary>Takes note that an entity has changed. O(log of the cells kept).</summary>
    /// <param name="before">Its digest before; 0 where it wasn't there.</param>
    /// <param name="after">Its digest now; 0 where it is gone.</param>
    /// <param name="row">Its row, where it is there.</param>
    public void Replace(UInt128 before, UInt128 after, long row)
    {
        if (before != 0)
        {
            _tree.Remove(before);
            _cells.Remove(EntityDigest.ItemOf(before));
            _index.Remove(EntityDigest.ItemOf(before));
        }

        if (after == 0) return;
        _tree.Add(after);
        _cells.Add(EntityDigest.ItemOf(after));
        _index.Add(EntityDigest.ItemOf(after), row);
    }

    /// <summary>The row of an item; null where there is none.</summary>
    public long? RowOf(ulong item) => _index.RowOf(item);

    /// <summary>The items of a leaf of the tree.</summary>
    public IEnumerable<ulong> ItemsOfLeaf(int leaf) => _index.ItemsOfLeaf(leaf);

    /// <summary>A copy of the tree.</summary>
    public MerkleTree CopyTree() => _tree.Clone();

    /// <summary>A copy of the cells.</summary>
    public CellTable CopyCells() => _cells.Clone();

    /// <summary>Writes <c>tree cells index</c>.</summary>
    public void Write(ref WireWriter writer)
    {
        _tree.Write(ref writer);
        var mark = writer.BeginBlock();
        CellTable.Write(ref writer, _cells.Cells, 0, Count);
        writer.EndBlock(mark);
        _index.Write(ref writer);
    }

    public static EntitySet Read(ref WireReader reader)
    {
        var tree = MerkleTree.Read(ref reader);
        var run = reader.ReadNested();
        return new(tree, new([.. CellTable.Read(ref run, 0, tree.Count)]), ItemIndex.Read(ref reader));
    }
}
