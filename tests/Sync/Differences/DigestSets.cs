using Crdt.Entities;
using Crdt.Sync.Differences;

namespace Crdt.Tests.Sync.Differences;

/// <summary>Random digests, and what can be asked of sets of them the simple way.</summary>
internal static class DigestSets
{
    public static UInt128 Next(Random dice)
    {
        Span<byte> bytes = stackalloc byte[16];
        dice.NextBytes(bytes);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes) | (UInt128.One << 64);
    }

    public static UInt128[] Many(Random dice, int count)
    {
        var digests = new UInt128[count];
        for (var i = 0; i < count; i++) digests[i] = Next(dice);
        return digests;
    }

    public static ulong[] Items(Random dice, int count) => [.. Many(dice, count).Select(EntityDigest.ItemOf)];

    /// <summary>Digests of two sides that share some.</summary>
    public static (UInt128[] Here, UInt128[] There) Pair(Random dice, int common, int onlyHere, int onlyThere)
    {
        var shared = Many(dice, common);
        return ([.. Many(dice, onlyHere), .. shared], [.. shared, .. Many(dice, onlyThere)]);
    }

    public static MerkleTree Tree(IEnumerable<UInt128> digests)
    {
        var tree = new MerkleTree();
        foreach (var digest in digests) tree.Add(digest);
        return tree;
    }

    /// <summary>A lane whose rows are numbered as the digests are.</summary>
    public static LaneDigests Lane(IReadOnlyList<UInt128> digests)
    {
        var lane = new LaneDigests();
        for (var row = 0; row < digests.Count; row++) lane.Replace(0, digests[row], (uint)row);
        return lane;
    }

    public static CellPrefix Cells(IEnumerable<ulong> items)
    {
        var cells = new CellPrefix();
        foreach (var item in items) cells.Add(item);
        return cells;
    }

    public static SyndromeSketch Sketch(IEnumerable<ulong> items)
    {
        var sketch = new SyndromeSketch();
        foreach (var item in items) sketch.Toggle(item);
        return sketch;
    }

    /// <summary>The syndromes of the difference of two sets.</summary>
    public static ulong[] Difference(ReadOnlySpan<ulong> here, ReadOnlySpan<ulong> there)
    {
        var difference = here.ToArray();
        for (var i = 0; i < difference.Length; i++) difference[i] ^= there[i];
        return difference;
    }

    public static EntityId Id(params byte[] key) => EntityId.Read([1, 0, 0, 0, 7, .. key]);
}
