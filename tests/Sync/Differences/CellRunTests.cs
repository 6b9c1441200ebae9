using Crdt.Codec;
using Crdt.Sync.Differences;

namespace Crdt.Tests.Sync.Differences;

/// <summary>Cells on the wire.</summary>
public sealed class CellRunTests
{
    [Theory]
    [InlineData(0, 36)]
    [InlineData(1, 36)]
    [InlineData(10_000, 4_096)]
    public void Cells_are_read_as_they_were_written(int size, int count)
    {
        var cells = DigestSets.Cells(DigestSets.Items(new(1), size)).Cells[..count];
        var bytes = Written(cells, 0, size);
        Assert.Equal(cells, Read(bytes, 0, size, count));
        Assert.Equal(cells[5..], Read(Written(cells[5..], 5, size), 5, size, count));
    }

    /// <summary>Computed once by another program: bytes that stay as they are.</summary>
    [Fact]
    public void Cells_have_the_same_bytes_everywhere()
    {
        var cells = DigestSets.Cells([1, 2, 0x0123_4567_89AB_CDEF]).Cells[2..5];
        Assert.Equal("03000000000000000260B2AB38000123456789ABCDEC7A8C747A040123456789ABCDEF507959CE02", Convert.ToHexString(Written(cells, 2, 3)));
    }

    [Fact]
    public void A_cell_takes_13_or_14_bytes()
    {
        Assert.InRange(Written(DigestSets.Cells(DigestSets.Items(new(1), 10_000)).Cells[..100], 0, 10_000).Length, 1_301, 1_340);
        Assert.InRange(Written(DigestSets.Cells(DigestSets.Items(new(1), 100_000)).Cells[..100], 0, 100_000).Length, 1_301, 1_401);
    }

    [Fact]
    public void Bytes_that_are_cut_short_are_refused()
    {
        var bytes = Written(DigestSets.Cells(DigestSets.Items(new(1), 50)).Cells[..20], 0, 50);
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Assert.Throws<WireFormatException>(() => Read(cut, 0, 50, 20));
        }
    }

    [Fact]
    public void More_cells_than_were_asked_for_are_refused_before_anything_is_allocated()
    {
        var bytes = Written(new Cell[21], 0, 0);
        Assert.Equal(1, Assert.Throws<WireFormatException>(() => Read(bytes, 0, 0, 20)).Offset);
        Assert.Throws<WireFormatException>(() => Read([0xFF, 0xFF, 0x07], 0, 0, CellRun.Limit));
        Assert.Throws<WireFormatException>(() => Read(bytes, CellRun.Limit - 20, 0, CellRun.Limit));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_count_that_no_set_of_that_size_has_is_refused(int count)
    {
        var bytes = Written([new(1, 2, count)], 3, 100);
        Assert.Equal(13, Assert.Throws<WireFormatException>(() => Read(bytes, 3, 100, 20)).Offset);
    }

    [Fact]
    public void A_first_cell_that_lacks_an_item_of_the_set_is_refused()
    {
        var bytes = Written([new(1, 2, 99)], 0, 100);
        Assert.Throws<WireFormatException>(() => Read(bytes, 0, 100, 20));
    }

    [Fact]
    public void Random_bytes_are_refused_or_read_and_nothing_else()
    {
        var dice = new Random(1);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[dice.Next(60)];
            dice.NextBytes(bytes);
            if (bytes.Length > 0) bytes[0] &= 3;
            try
            {
                Assert.InRange(Read(bytes, 1, 1_000, 4).Length, 0, 4);
            }
            catch (WireFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1_000, 19_999);
    }

    private static byte[] Written(ReadOnlySpan<Cell> cells, int first, int size)
    {
        var writer = new WireWriter(1 << 16);
        CellRun.Write(ref writer, cells, first, size);
        return writer.Finish();
    }

    private static Cell[] Read(byte[] bytes, int first, int size, int limit)
    {
        var reader = new WireReader(bytes);
        return CellRun.Read(ref reader, first, size, limit);
    }
}
