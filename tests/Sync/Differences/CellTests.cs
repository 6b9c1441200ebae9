using Crdt.Sync.Differences;

namespace Crdt.Tests.Sync.Differences;

/// <summary>Which cells an item falls into, and the cells of a set.</summary>
public sealed class CellTests
{
    /// <summary>Replicas that disagreed on this could not understand each other: these never change.</summary>
    [Theory]
    [InlineData(0UL, "0 4 16 21 35 58 78 282 474 683 1023 1286 2130 9664 30984 32427 72931 101804 103117", 0u)]
    [InlineData(1UL, "0 1 3 5 10 12 18 25 103 113 256 297 407 460 819 1661 1919 2947 3897 4940 10960 11779 11901 16052 20361 32723 36857 47997", 1246201484u)]
    [InlineData(0x0123_4567_89AB_CDEFUL, "0 3 4 7 8 10 88 90 99 462 1983 2102 2478 3650 7750 10997 22576 82503", 1350130126u)]
    [InlineData(ulong.MaxValue, "0 1 2 4 7 8 11 15 20 60 73 102 234 420 449 589 734 947 1543 1722 2192 3098 4303 9859 11332 14852 43202 49454 54799 126835", 1197770602u)]
    public void An_item_falls_into_the_same_cells_everywhere(ulong item, string cells, uint checksum)
    {
        Assert.Equal(cells, string.Join(' ', CellsOf(item, CellRun.Limit)));
        Assert.Equal(checksum, Cell.ChecksumOf(item));
    }

    [Fact]
    public void Cells_ascend_from_0_on()
    {
        foreach (var item in DigestSets.Items(new(1), 2_000))
        {
            var cells = CellsOf(item, CellRun.Limit);
            Assert.Equal(0, cells[0]);
            Assert.Equal(cells.Order().Distinct(), cells);
        }
    }

    [Fact]
    public void A_set_has_about_as_many_items_in_a_cell_as_expected()
    {
        const int Size = 100_000;
        var cells = DigestSets.Cells(DigestSets.Items(new(1), Size)).Cells;
        for (var cell = 0; cell < CellPrefix.Length; cell++)
        {
            var expected = CellWalk.ExpectedIn(cell, Size);
            Assert.InRange(cells[cell].Count, expected - 6 * Math.Sqrt(expected) - 1, expected + 6 * Math.Sqrt(expected) + 1);
        }
    }

    [Fact]
    public void Items_that_come_and_go_leave_no_trace()
    {
        var (kept, gone) = (DigestSets.Items(new(1), 500), DigestSets.Items(new(2), 500));
        var cells = DigestSets.Cells([.. gone, .. kept]);
        foreach (var item in gone) cells.Remove(item);
        Assert.Equal(DigestSets.Cells(kept.Reverse()).Cells, cells.Cells);
        Assert.Equal(500, cells.Count);
    }

    [Fact]
    public void A_clone_stays_as_it_is()
    {
        var cells = DigestSets.Cells([1, 2, 3]);
        var clone = cells.Clone();
        cells.Add(4);
        Assert.Equal(DigestSets.Cells([1, 2, 3]).Cells, clone.Cells);
    }

    [Theory]
    [InlineData(0, 4_096)]
    [InlineData(100, 28)]
    [InlineData(4_095, 1)]
    [InlineData(7, 0)]
    public void A_stream_gives_the_cells_of_the_prefix(int first, int count)
    {
        var items = DigestSets.Items(new(1), 1_000);
        var prefix = DigestSets.Cells(items);
        Assert.Equal(prefix.Cells.Slice(first, count), new CellStream(items).Read(first, count));
        Assert.Equal(prefix.Cells.Slice(first, count), new CellStream(items.Select(item => item)).Read(first, count));
    }

    [Fact]
    public void A_stream_gives_the_same_cells_in_pieces()
    {
        var stream = new CellStream(DigestSets.Items(new(1), 1_000));
        Assert.Equal(stream.Read(3_000, 8_000), stream.Read(3_000, 1_500).Concat(stream.Read(4_500, 6_500)));
    }

    [Fact]
    public void A_stream_ends_at_the_limit()
    {
        var stream = new CellStream([1, 2, 3]);
        Assert.Single(stream.Read(CellRun.Limit - 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Read(CellRun.Limit - 1, 2));
    }

    private static List<int> CellsOf(ulong item, int limit)
    {
        var cells = new List<int>();
        for (var walk = new CellWalk(item); walk.IsBefore(limit); walk.MoveNext()) cells.Add(walk.Cell);
        return cells;
    }
}
