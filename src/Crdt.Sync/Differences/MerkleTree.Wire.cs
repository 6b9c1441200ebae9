using Crdt.Codec;

namespace Crdt.Sync.Differences;

/// <content>Its bytes: for each leaf the count and, unless that is 0, the sum.</content>
public sealed partial class MerkleTree
{
    /// <summary>Appends the leaves: 1 byte for one that is empty, else 17 to 21. Nodes above are computed, not written.</summary>
    public void Write(ref WireWriter writer)
    {
        for (var leaf = 0; leaf < Leaves; leaf++)
        {
            writer.WriteVarint((ulong)_counts[leaf]);
            if (_counts[leaf] > 0) writer.WriteUInt128(_sums[leaf]);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="WireFormatException">The bytes are not a tree.</exception>
    public static MerkleTree Read(ref WireReader reader)
    {
        if (reader.Remaining < Leaves) throw reader.Malformed($"truncated: a tree has {Leaves} leaves and {reader.Remaining} bytes are left");
        var tree = new MerkleTree();
        for (var leaf = 0; leaf < Leaves; leaf++)
        {
            var count = reader.ReadVarint();
            if (count > (ulong)(int.MaxValue - tree.Count)) throw reader.Malformed($"a leaf of {count} digests makes too many");
            if (count == 0) continue;
            tree._sums[leaf] = reader.ReadUInt128();
            tree._counts[leaf] = (int)count;
            tree.Count += (int)count;
        }

        return tree;
    }
}
