using Crdt.Codec;
using Crdt.Sync.Differences;

namespace Crdt.Tests.Sync.Differences;

/// <summary>The tree over the digests of a replica's entities.</summary>
public sealed class MerkleTreeTests
{
    /// <summary>Computed once by another program; replicas that disagreed on these would never find themselves equal.</summary>
    [Fact]
    public void Roots_are_the_same_everywhere()
    {
        UInt128[] digests = [new(1, 5), new(0xFFF0_0000_0000_0000, 7), new(0xFFF1_0000_0000_0000, 7)];
        Assert.Equal(new(0x9562_DDFA_55D6_A888, 0xA5FA_4D7D_2C20_4259), new MerkleTree().Root);
        Assert.Equal(new(0x4CA7_2C9A_5704_D4AF, 0x07EA_8476_D077_3624), DigestSets.Tree(digests).Root);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Equal_sets_have_equal_roots_whatever_the_order_of_additions_and_removals(int seed)
    {
        var dice = new Random(seed);
        var (kept, gone) = (DigestSets.Many(dice, 3_000), DigestSets.Many(dice, 500));
        var straight = DigestSets.Tree(kept);
        var winding = new MerkleTree();
        UInt128[] all = [.. kept, .. gone];
        dice.Shuffle(all);
        foreach (var digest in all)
        {
            winding.Add(digest);
            // Roots that are asked for in between are not to be remembered for too long.
            if (dice.Next(50) == 0) Assert.NotEqual(straight.Root, winding.Root);
        }

        dice.Shuffle(gone);
        foreach (var digest in gone) winding.Remove(digest);
        Assert.Equal(straight.Root, winding.Root);
        Assert.Equal(kept.Length, winding.Count);
        Assert.True(straight.Compare(winding).AreEqual);
    }

    [Fact]
    public void A_tree_that_was_emptied_equals_one_that_never_held_anything()
    {
        var digest = DigestSets.Next(new(1));
        var tree = DigestSets.Tree([digest]);
        Assert.NotEqual(new MerkleTree().Root, tree.Root);
        tree.Remove(digest);
        Assert.Equal(new MerkleTree().Root, tree.Root);
        Assert.Equal(0, tree.Count);
    }

    [Fact]
    public void What_is_added_twice_counts_twice()
    {
        var digest = DigestSets.Next(new(1));
        Assert.NotEqual(DigestSets.Tree([digest]).Root, DigestSets.Tree([digest, digest]).Root);
    }

    [Fact]
    public void Sets_of_equal_sums_and_unequal_counts_differ()
    {
        var half = UInt128.One << 100;
        Assert.NotEqual(DigestSets.Tree([half * 2]).Root, DigestSets.Tree([half, half]).Root);
    }

    [Fact]
    public void A_removal_from_an_empty_leaf_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new MerkleTree().Remove(DigestSets.Next(new(1))));

    [Fact]
    public void Equal_trees_take_one_comparison_and_a_leaf_that_differs_49()
    {
        var digests = DigestSets.Many(new(1), 10_000);
        var (here, there) = (DigestSets.Tree(digests), DigestSets.Tree(digests));
        Assert.Equal(1, here.Compare(there).Comparisons);
        there.Remove(digests[5]);
        var difference = here.Compare(there);
        Assert.Equal(49, difference.Comparisons);
        var leaf = Assert.Single(difference.Leaves);
        Assert.True(leaf.Holds(digests[5]));
        Assert.Equal(leaf.Here - 1, leaf.There);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0, 1)]
    [InlineData(0, 500, 0)]
    [InlineData(10_000, 5, 5)]
    [InlineData(1_000, 3_000, 20)]
    public void The_leaves_that_differ_are_those_of_the_digests_that_one_side_lacks(int common, int onlyHere, int onlyThere)
    {
        var (here, there) = DigestSets.Pair(new(common + onlyHere), common, onlyHere, onlyThere);
        var difference = DigestSets.Tree(here).Compare(DigestSets.Tree(there));
        var expected = here.Except(there).Concat(there.Except(here)).Select(MerkleTree.LeafOf).Distinct().Order();
        Assert.Equal(expected, difference.Leaves.Select(leaf => leaf.Index));
        Assert.All(difference.Leaves, leaf => Assert.Equal(here.Count(leaf.Holds), leaf.Here));
        Assert.All(difference.Leaves, leaf => Assert.Equal(there.Count(leaf.Holds), leaf.There));
    }

    [Fact]
    public void A_tree_elsewhere_can_be_compared_through_its_children()
    {
        var digests = DigestSets.Many(new(1), 2_000);
        var (here, there) = (DigestSets.Tree(digests), DigestSets.Tree(digests[1..]));
        var node = 0;
        for (var level = 0; level < MerkleTree.LeafLevel; level++)
        {
            var (mine, theirs) = (here.Children(level, node), there.Children(level, node));
            var differing = Assert.Single(Enumerable.Range(0, MerkleTree.Fanout), child => mine[child] != theirs[child]);
            node = node * MerkleTree.Fanout + differing;
            Assert.Equal(mine[differing], here.HashOf(level + 1, node));
        }

        Assert.Equal(MerkleTree.LeafOf(digests[0]), node);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 1)]
    [InlineData(2, 256)]
    public void A_node_that_no_tree_has_is_refused(int level, int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MerkleTree().Children(level, index));

    [Theory]
    [InlineData(-1)]
    [InlineData(MerkleTree.Leaves)]
    public void A_leaf_that_no_tree_has_is_refused(int leaf) => Assert.Throws<ArgumentOutOfRangeException>(() => new MerkleTree().CountOf(leaf));

    [Fact]
    public void A_clone_and_its_original_change_apart()
    {
        var digests = DigestSets.Many(new(1), 100);
        var tree = DigestSets.Tree(digests[1..]);
        var clone = tree.Clone();
        tree.Add(digests[0]);
        Assert.Equal(DigestSets.Tree(digests).Root, tree.Root);
        Assert.Equal(DigestSets.Tree(digests[1..]).Root, clone.Root);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20_000)]
    public void A_tree_is_read_as_it_was_written(int count)
    {
        var tree = DigestSets.Tree(DigestSets.Many(new(1), count));
        var bytes = Written(tree);
        var reader = new WireReader(bytes);
        var read = MerkleTree.Read(ref reader);
        reader.End();
        Assert.Equal(tree.Root, read.Root);
        Assert.Equal(tree.Count, read.Count);
        Assert.Equal(bytes, Written(read));
    }

    [Fact]
    public void Bytes_that_are_cut_short_are_refused()
    {
        var bytes = Written(DigestSets.Tree(DigestSets.Many(new(1), 100)));
        for (var length = 0; length < bytes.Length; length += 13)
        {
            var cut = bytes[..length];
            Assert.Throws<WireFormatException>(() => Read(cut));
        }
    }

    [Fact]
    public void More_digests_than_can_be_counted_are_refused()
    {
        var writer = new WireWriter(MerkleTree.Leaves + 100);
        writer.WriteVarint(int.MaxValue);
        writer.WriteUInt128(1);
        writer.WriteVarint(1);
        writer.WriteUInt128(1);
        writer.Take(MerkleTree.Leaves).Clear();
        var bytes = writer.Finish();
        Assert.Equal(22, Assert.Throws<WireFormatException>(() => Read(bytes)).Offset);
    }

    private static byte[] Written(MerkleTree tree)
    {
        var writer = new WireWriter(1 << 16);
        tree.Write(ref writer);
        return writer.Finish();
    }

    private static MerkleTree Read(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        return MerkleTree.Read(ref reader);
    }
}
