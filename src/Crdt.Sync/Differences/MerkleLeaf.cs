namespace Crdt.Sync.Differences;

/// <summary>A leaf in which two trees differ.</summary>
/// <param name="Index">Which one, 0 to 4,095: the first 12 bits of its digests.</param>
/// <param name="Here">How many digests the one tree has in it. Equal counts mean that entities were changed, not that nothing was.</param>
/// <param name="There">How many digests the other tree has in it.</param>
public readonly record struct MerkleLeaf(int Index, int Here, int There)
{
    /// <summary>Whether a digest belongs to this leaf: only entities whose digests do can be missing or changed here.</summary>
    /// <param name="digest">What <see cref="EntityDigest.Of"/> gave for an entity.</param>
    public bool Holds(UInt128 digest) => MerkleTree.LeafOf(digest) == Index;
}
