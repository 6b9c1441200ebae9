namespace Crdt.Sync.Differences;

/// <summary>The digests of a lane as they were at one moment, for one comparison.</summary>
/// <param name="tree">A tree of its own.</param>
/// <param name="syndromes">Syndromes of its own.</param>
/// <param name="prefix">Cells of its own.</param>
/// <param name="items">All items, where cells beyond the prefix may be asked for.</param>
internal sealed class FrozenDigests(MerkleTree tree, SyndromeSketch syndromes, CellPrefix prefix, ulong[]? items)
{
    /// <summary>The tree.</summary>
    public MerkleTree Tree => tree;

    /// <summary>How many entities there were.</summary>
    public int Count => tree.Count;

    /// <summary>All syndromes.</summary>
    public ReadOnlySpan<ulong> Syndromes => syndromes.Sums;

    /// <summary>How many cells it can give.</summary>
    public int CellLimit => items is null ? CellPrefix.Length : CellRun.Limit;

    /// <summary>So many cells from one on: at once within the prefix, in time linear in the number of entities beyond it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They reach beyond <see cref="CellLimit"/>.</exception>
    public ReadOnlySpan<Cell> Cells(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, CellLimit - first);
        return first + count <= CellPrefix.Length ? prefix.Cells.Slice(first, count) : new CellStream(items!).Read(first, count);
    }
}
