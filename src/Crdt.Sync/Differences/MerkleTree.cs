using System.Buffers.Binary;

namespace Crdt.Sync.Differences;

/// <summary>
/// The digests of a replica's entities as a hash tree: 4,096 leaves by the first 12 bits of a digest, and 16 children to a
/// node above them. A leaf is the sum of its digests modulo 2^128 and their count, so the order of additions and removals
/// doesn't matter and each is O(1); the nodes above are SHA-256 of their children, recomputed when they are asked for and
/// only below what has changed. Two replicas with equal roots hold equal entities. About 90 KB, whatever the number of
/// entities. One thread at a time, also for reading.
/// </summary>
/// <remarks>
/// Sums resist chance, and writers of any one entity. A writer who makes entities by the billion and chooses among them could balance one sum against
/// another (Wagner, "A Generalized Birthday Problem", CRYPTO 2002), and so hide them from those who compare trees.
/// (Merkle, "A Digital Signature Based on a Conventional Encryption Function", CRYPTO 1987.)
/// </remarks>
public sealed partial class MerkleTree
{
    /// <summary>Children of a node.</summary>
    public const int Fanout = 16;

    /// <summary>Leaves of a tree.</summary>
    public const int Leaves = 4096;

    /// <summary>The level of the leaves; the root's is 0.</summary>
    public const int LeafLevel = 3;

    private const int LeafBits = 12;

    // Any odd number will do: it keeps two sets of equal sums and unequal counts apart.
    private static readonly UInt128 CountWeight = new(0x9E37_79B9_7F4A_7C15, 0xF39C_C060_5CED_C835);

    private readonly UInt128[] _sums;
    private readonly int[] _counts;
    // Levels 0 to 2, one after the other: 1 + 16 + 256 nodes, and whether a leaf below has changed since.
    private readonly UInt128[] _inner;
    private readonly bool[] _stale;

    /// <summary>A tree of no entities.</summary>
    public MerkleTree()
    {
        _sums = new UInt128[Leaves];
        _counts = new int[Leaves];
        _inner = new UInt128[StartOf(LeafLevel)];
        _stale = new bool[StartOf(LeafLevel)];
        Array.Fill(_stale, true);
    }

    private MerkleTree(MerkleTree other)
    {
        _sums = [.. other._sums];
        _counts = [.. other._counts];
        _inner = [.. other._inner];
        _stale = [.. other._stale];
        Count = other.Count;
    }

    /// <summary>How many digests were added and not removed.</summary>
    public int Count { get; private set; }

    /// <summary>What all digests together come to. Costs a hash of 256 bytes for each node above a leaf that has changed, at most 273.</summary>
    public UInt128 Root => HashOf(0, 0);

    /// <summary>The leaf that a digest belongs to: its first 12 bits.</summary>
    public static int LeafOf(UInt128 digest) => (int)(digest >> (128 - LeafBits));

    /// <summary>Adds the digest of an entity. O(1). Adding one twice counts twice.</summary>
    public void Add(UInt128 digest) => Change(LeafOf(digest), digest, 1);

    /// <summary>Takes back a digest that was added. O(1). The tree can't tell whether it was; a leaf that is empty can.</summary>
    /// <exception cref="InvalidOperationException">Its leaf is empty.</exception>
    public void Remove(UInt128 digest)
    {
        var leaf = LeafOf(digest);
        if (_counts[leaf] == 0) throw new InvalidOperationException("A digest is removed that was not added: its leaf is empty.");
        Change(leaf, UInt128.Zero - digest, -1);
    }

    /// <summary>How many digests a leaf holds.</summary>
    /// <param name="leaf">0 to 4,095.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public int CountOf(int leaf) =>
        (uint)leaf < Leaves ? _counts[leaf] : throw new ArgumentOutOfRangeException(nameof(leaf), leaf, $"A tree has leaves 0 to {Leaves - 1}.");

    /// <summary>The hash of a node.</summary>
    /// <param name="level">0 for the root to 3 for the leaves.</param>
    /// <param name="index">Which node of that level, from 0: the first 4 × <paramref name="level"/> bits of the digests below it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level, or no such node in it.</exception>
    public UInt128 HashOf(int level, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, LeafLevel);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, 1 << (4 * level));
        return Hash(level, index);
    }

    /// <summary>The hashes of a node's 16 children, for comparing with a tree that is elsewhere.</summary>
    /// <param name="level">0 for the root to 2 for the nodes above the leaves.</param>
    /// <param name="index">Which node of that level, from 0; its children are 16 × <paramref name="index"/> and the 15 after it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node, or it is a leaf.</exception>
    public UInt128[] Children(int level, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, LeafLevel);
        HashOf(level, index);
        var children = new UInt128[Fanout];
        for (var child = 0; child < Fanout; child++) children[child] = Hash(level + 1, index * Fanout + child);
        return children;
    }

    /// <summary>A tree of its own with the same digests. Copies about 90 KB.</summary>
    public MerkleTree Clone() => new(this);

    private void Change(int leaf, UInt128 digest, int count)
    {
        _sums[leaf] += digest;
        _counts[leaf] += count;
        Count += count;
        _stale[StartOf(2) + leaf / Fanout] = true;
        _stale[StartOf(1) + leaf / (Fanout * Fanout)] = true;
        _stale[0] = true;
    }

    private UInt128 Hash(int level, int index)
    {
        if (level == LeafLevel) return _sums[index] + (UInt128)(uint)_counts[index] * CountWeight;
        var node = StartOf(level) + index;
        if (!_stale[node]) return _inner[node];
        Span<byte> children = stackalloc byte[Fanout * 16];
        for (var child = 0; child < Fanout; child++)
            BinaryPrimitives.WriteUInt128BigEndian(children[(child * 16)..], Hash(level + 1, index * Fanout + child));
        _stale[node] = false;
        return _inner[node] = EntityDigest.Hash(children);
    }

    // 0, 1, 17, 273: the nodes of the levels above.
    private static int StartOf(int level) => ((1 << (4 * level)) - 1) / (Fanout - 1);
}
