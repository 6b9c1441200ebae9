using Crdt.Codec;
using Crdt.Sync.Differences;

namespace Crdt.Tests.Sync.Differences;

/// <summary>The way from an item to a row.</summary>
public sealed class ItemIndexTests
{
    /// <summary>Few values of an item, so that entities share items; and neighbours, so that runs are long, also at the very end.</summary>
    public static TheoryData<int, ulong, ulong> Kinds => new()
    {
        { 1, 0, ulong.MaxValue },
        { 2, 1, 40 },
        { 3, ulong.MaxValue - 300, ulong.MaxValue },
        { 4, 1UL << 63, (1UL << 63) + 5 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_as_a_sorted_set_is(int seed, ulong least, ulong most)
    {
        var dice = new Random(seed);
        var (index, model) = (new ItemIndex(), new SortedSet<(ulong Item, uint Row)>());
        for (var step = 0; step < 5_000; step++)
        {
            var item = Math.Max(1, least + (ulong)(dice.NextDouble() * (most - least)));
            var row = (uint)dice.Next(60);
            if (dice.Next(3) > 0)
            {
                if (model.Add((item, row))) index.Add(item, row);
            }
            else if (model.Count > 0)
            {
                (item, row) = dice.Next(4) == 0 ? (item, row) : model.ElementAt(dice.Next(model.Count));
                Assert.Equal(model.Remove((item, row)), index.Remove(item, row));
            }

            if (step % 250 == 0) AssertSame(model, index);
        }

        AssertSame(model, index);
        foreach (var (item, row) in model.ToList()) Assert.True(index.Remove(item, row));
        Assert.Equal(0, index.Count);
        Assert.Empty(index.All());
    }

    [Fact]
    public void Two_entities_of_one_item_are_both_found()
    {
        var index = new ItemIndex();
        index.Add(7, 2);
        index.Add(7, 1);
        Assert.Equal([1u, 2u], index.RowsOf(7));
        Assert.True(index.TryFind(7, out var row));
        Assert.Equal(1u, row);
        Assert.True(index.Remove(7, 1));
        Assert.Equal([2u], index.RowsOf(7));
    }

    [Fact]
    public void What_was_never_added_is_not_found()
    {
        var index = new ItemIndex();
        index.Add(7, 1);
        Assert.False(index.TryFind(8, out _));
        Assert.False(index.TryFind(0, out _));
        Assert.False(index.Remove(7, 2));
        Assert.False(index.Remove(0, 0));
        Assert.Empty(index.RowsOf(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Add(0, 1));
    }

    [Fact]
    public void A_million_items_take_at_most_24_MB()
    {
        var index = new ItemIndex();
        uint row = 0;
        foreach (var item in DigestSets.Items(new(1), 1_000_000)) index.Add(item, row++);
        Assert.InRange(index.Size, 1, 24_000_000);
    }

    [Fact]
    public void Items_of_one_home_take_no_more_than_their_number()
    {
        var index = new ItemIndex();
        for (var i = 0u; i < 20_000; i++) index.Add(ulong.MaxValue - i, i);
        Assert.InRange(index.Size, 1, 12 * 8 * 20_000);
        Assert.Equal(index.All().Order(), index.All());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(30_000)]
    public void It_is_read_as_it_was_written(int count)
    {
        var index = new ItemIndex();
        uint row = 0;
        foreach (var item in DigestSets.Items(new(1), count)) index.Add(item, row++);
        if (count > 0) index.Add(index.All().First().Item, row);
        var bytes = Written(index);
        var read = Read(bytes);
        Assert.Equal(index.All(), read.All());
        Assert.Equal(bytes, Written(read));
        read.Add(5, 5);
        Assert.Equal(index.Count + 1, read.All().Count());
    }

    [Fact]
    public void Items_of_one_home_are_read_as_they_were_written()
    {
        var index = new ItemIndex();
        for (var i = 0u; i < 3_000; i++) index.Add(ulong.MaxValue - i, i);
        Assert.Equal(index.All(), Read(Written(index)).All());
    }

    [Theory]
    [InlineData(new byte[] { 2, 5, 1 }, 1)]
    [InlineData(new byte[] { 1, 0, 1 }, 1)]
    [InlineData(new byte[] { 2, 5, 1, 0, 1 }, 3)]
    [InlineData(new byte[] { 2, 5, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2 }, 3)]
    [InlineData(new byte[] { 1, 5, 0x80, 0x80, 0x80, 0x80, 0x10 }, 1)]
    public void Bytes_that_are_no_index_are_refused(byte[] bytes, int offset) =>
        Assert.Equal(offset, Assert.Throws<WireFormatException>(() => Read(bytes)).Offset);

    private static void AssertSame(SortedSet<(ulong Item, uint Row)> model, ItemIndex index)
    {
        Assert.Equal(model.Count, index.Count);
        Assert.Equal(model, index.All());
        Assert.Equal(model.Select(entry => entry.Item), index.ToItems());
        foreach (var (item, _) in model) Assert.Equal(model.Where(entry => entry.Item == item).Select(entry => entry.Row), index.RowsOf(item));
        var leaves = model.GroupBy(entry => (int)(entry.Item >> 52)).ToDictionary(group => group.Key, group => group.ToList());
        for (var leaf = 0; leaf < MerkleTree.Leaves; leaf++) Assert.Equal(leaves.GetValueOrDefault(leaf, []), index.InLeaf(leaf));
    }

    private static byte[] Written(ItemIndex index)
    {
        var writer = new WireWriter(1 << 16);
        index.Write(ref writer);
        return writer.Finish();
    }

    private static ItemIndex Read(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        var index = ItemIndex.Read(ref reader);
        reader.End();
        return index;
    }
}
