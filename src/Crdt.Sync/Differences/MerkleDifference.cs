namespace Crdt.Sync.Differences;

/// <summary>Where two trees differ, and what it took to find out.</summary>
public sealed class MerkleDifference
{
    internal MerkleDifference(IReadOnlyList<MerkleLeaf> leaves, int comparisons)
    {
        Leaves = leaves;
        Comparisons = comparisons;
    }

    /// <summary>
    /// The leaves that differ, in order; none where the trees are equal. Every entity that is missing or other on one side has its
    /// digest in one of them.
    /// </summary>
    public IReadOnlyList<MerkleLeaf> Leaves { get; }

    /// <summary>How many pairs of hashes were compared; the roots are one.</summary>
    public int Comparisons { get; }

    /// <summary>Whether both trees hold the same.</summary>
    public bool AreEqual => Leaves.Count == 0;
}
