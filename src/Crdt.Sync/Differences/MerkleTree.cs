using System.Buffers.Binary;
using System.Security.Cryptography;
using Crdt.Codec;

namespace Crdt.Sync.Differences;

/// <summary>
/// A hash tree over the digests of entities: 4,096 leaves, by the first 12 bits of a digest, under three levels of 16 children each. Two trees are
/// equal exactly where they are of the same entities in the same states, in whatever order those were added. Owned by one.
/// </summary>
/// <remarks>
/// A leaf is the sum of its digests modulo 2¹²⁸, so that adding and removing take O(1); an inner node is SHA-256 over its children, cut to 128
/// bits, and made when it is asked for. (R. Merkle, <i>A Digital Signature Based on a Conventional Encryption Function</i>, 1987; as used for
/// anti-entropy by DeCandia et al., <i>Dynamo</i>, 2007.)
/// </remarks>
public sealed class MerkleTree
{
    /// <summary>How many leaves a tree has.</summary>
    public const int Leaves = 4096;

    private const int Fanout = 16;
    private const int HashSize = 16;

    // Level 0 is the root; the last level holds the leaves.
    private static readonly int[] Sizes = [1, 16, 256, Leaves];
    private readonly UInt128[][] _levels;
    private readonly bool[][] _isDirty;

    /// <summary>The tree of no entities.</summary>
    public MerkleTree()
    {
        _levels = [.. Sizes.Select(size => new UInt128[size])];
        _isDirty = [.. Sizes.Select(size => Filled(size))];
    }

    private MerkleTree(MerkleTree other)
    {
        _levels = [.. other._levels.Select(level => (UInt128[])level.Clone())];
        _isDirty = [.. other._isDirty.Select(level => (bool[])level.Clone())];
        Count = other.Count;
    }

    /// <summary>How many entities it is of.</summary>
    public long Count { get; private set; }

    /// <summary>What stands for all of them. O(leaves changed since it was last asked for).</summary>
    public UInt128 Root => Node(0, 0);

    /// <summary>The leaf of a digest that begins with these 64 bits.</summary>
    public static int LeafOf(ulong item) => (int)(item >> 52);

    /// <summary>Adds an entity's digest. O(1).</summary>
    public void Add(UInt128 digest)
    {
        Change(digest, digest);
        Count++;
    }

    /// <summary>Removes the digest of an entity that was added. O(1).</summary>
    public void Remove(UInt128 digest)
    {
        Change(digest, UInt128.Zero - digest);
        Count--;
    }

    /// <summary>The hash of a node.</summary>
    /// <param name="level">0 for the root, 3 for the leaves.</param>
    /// <param name="index">Its place on that level.</param>
    public UInt128 Node(int level, int index)
    {
        if (level == Sizes.Length - 1 || !_isDirty[level][index]) return _levels[level][index];
        Span<byte> children = stackalloc byte[Fanout * HashSize];
        for (var i = 0; i < Fanout; i++) BinaryPrimitives.WriteUInt128BigEndian(children[(i * HashSize)..], Node(level + 1, (index * Fanout) + i));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(children, hash);
        _isDirty[level][index] = false;
        return _levels[level][index] = BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>Finds the leaves in which two trees differ, descending only where they do. O(differing leaves · levels · 16).</summary>
    public MerkleDifference Compare(MerkleTree other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (leaves, comparisons) = (new List<int>(), 0);
        Descend(other, 0, 0, leaves, ref comparisons);
        return new(leaves, comparisons);
    }

    /// <summary>An independent copy.</summary>
    public MerkleTree Clone() => new(this);

    /// <summary>The hashes of all leaves, 16 bytes each.</summary>
    internal byte[] LeafBytes()
    {
        var bytes = new byte[Leaves * HashSize];
        for (var i = 0; i < Leaves; i++) BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(i * HashSize), _levels[^1][i]);
        return bytes;
    }

    /// <summary>The leaves that differ from <see cref="LeafBytes"/> of another tree.</summary>
    /// <exception cref="WireFormatException">There are not as many as a tree has.</exception>
    internal List<int> CompareLeaves(ReadOnlySpan<byte> others)
    {
        if (others.Length != Leaves * HashSize) throw new WireFormatException($"a tree has {Leaves} leaves", 0);
        var differing = new List<int>();
        for (var i = 0; i < Leaves; i++)
        {
            if (BinaryPrimitives.ReadUInt128BigEndian(others[(i * HashSize)..]) != _levels[^1][i]) differing.Add(i);
        }

        return differing;
    }

    internal void Write(ref WireWriter writer)
    {
        writer.WriteVarint((ulong)Count);
        writer.WriteBytes(LeafBytes());
    }

    internal static MerkleTree Read(ref WireReader reader)
    {
        var tree = new MerkleTree { Count = (long)reader.ReadVarint() };
        for (var i = 0; i < Leaves; i++) tree._levels[^1][i] = reader.ReadUInt128();
        return tree;
    }

    private void Change(UInt128 digest, UInt128 by)
    {
        var index = LeafOf(EntityDigest.ItemOf(digest));
        _levels[^1][index] += by;
        for (var level = Sizes.Length - 2; level >= 0; level--)
        {
            index /= Fanout;
            _isDirty[level][index] = true;
        }
    }

    private void Descend(MerkleTree other, int level, int index, List<int> leaves, ref int comparisons)
    {
        comparisons++;
        if (Node(level, index) == other.Node(level, index)) return;
        if (level == Sizes.Length - 1)
        {
            leaves.Add(index);
            return;
        }

        for (var i = 0; i < Fanout; i++) Descend(other, level + 1, (index * Fanout) + i, leaves, ref comparisons);
    }

    private static bool[] Filled(int size)
    {
        var flags = new bool[size];
        Array.Fill(flags, true);
        return flags;
    }
}
