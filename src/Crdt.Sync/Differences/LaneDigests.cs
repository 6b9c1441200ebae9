using Crdt.Codec;

namespace Crdt.Sync.Differences;

/// <summary>
/// What a replica keeps of a lane's entities so that comparing it with another replica costs nothing in proportion to their number: the tree that says
/// whether anything differs, the syndromes and the cells that say what, and the index that leads from there to rows. Kept up to date at each write. One thread at a time.
/// </summary>
internal sealed partial class LaneDigests
{
    private readonly MerkleTree _tree;
    private readonly SyndromeSketch _syndromes;
    private readonly CellPrefix _cells;

    public LaneDigests() : this(new(), new(), new(), new())
    {
    }

    private LaneDigests(MerkleTree tree, SyndromeSketch syndromes, CellPrefix cells, ItemIndex index)
    {
        _tree = tree;
        _syndromes = syndromes;
        _cells = cells;
        Index = index;
    }

    /// <summary>From items to rows.</summary>
    public ItemIndex Index { get; }

    /// <summary>What all entities together come to: equal on two replicas whose lanes hold the same.</summary>
    public UInt128 Root => _tree.Root;

    /// <summary>How many entities there are.</summary>
    public int Count => _tree.Count;

    /// <summary>Says that an entity's digest has changed. O(1).</summary>
    /// <param name="before">The digest so far; 0 where the entity was absent.</param>
    /// <param name="after">The digest from now on; 0 where the entity is absent.</param>
    /// <param name="row">Where the entity stands.</param>
    /// <exception cref="InvalidOperationException">No entity of that row had the digest; nothing has changed.</exception>
    public void Replace(UInt128 before, UInt128 after, uint row)
    {
        if (before == after) return;
        var (old, item) = (EntityDigest.ItemOf(before), EntityDigest.ItemOf(after));
        if (after != 0) ArgumentOutOfRangeException.ThrowIfZero(item, nameof(after));
        if (before != 0 && !Index.Remove(old, row)) throw new InvalidOperationException($"Row {row} didn't have the digest that is replaced.");
        if (before != 0)
        {
            _tree.Remove(before);
            _syndromes.Toggle(old);
            _cells.Remove(old);
        }

        if (after == 0) return;
        Index.Add(item, row);
        _tree.Add(after);
        _syndromes.Toggle(item);
        _cells.Add(item);
    }

    /// <summary>
    /// What a comparison needs while writes go on: the tree, the syndromes and the cells as they are now, copied (150 KB). The index is not: it goes on with
    /// the lane, so an item that was found
    /// may have no row any more.
    /// </summary>
    /// <param name="withItems">Whether all items are copied too (8 bytes each), for cells beyond the prefix.</param>
    public FrozenDigests Freeze(bool withItems = false) => new(_tree.Clone(), _syndromes.Clone(), _cells.Clone(), withItems ? Index.ToItems() : null);
}
