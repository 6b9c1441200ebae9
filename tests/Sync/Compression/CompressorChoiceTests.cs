using Crdt.Sync.Compression;

namespace Crdt.Tests.Sync.Compression;

/// <summary>Two peers use the best that both have.</summary>
public sealed class CompressorChoiceTests
{
    [Theory]
    [InlineData(new byte[] { 2, 1, 0 }, new byte[] { 2, 1, 0 }, 2)]
    [InlineData(new byte[] { 2, 1, 0 }, new byte[] { 0, 1, 2 }, 2)]
    [InlineData(new byte[] { 2, 1, 0 }, new byte[] { 1, 0 }, 1)]
    [InlineData(new byte[] { 2, 0 }, new byte[] { 1, 0 }, 0)]
    [InlineData(new byte[] { 200, 1, 0 }, new byte[] { 1, 200 }, 1)]
    [InlineData(new byte[] { 2 }, new byte[] { }, 0)]
    public void The_best_that_both_have_is_chosen_on_both_sides(byte[] mine, byte[] theirs, byte best)
    {
        Assert.Equal(best, CompressorChoice.Best(mine, theirs));
        Assert.Equal(best, CompressorChoice.Best(theirs, mine));
    }

    [Fact]
    public void What_this_host_announces_it_can_read()
    {
        Assert.All(CompressorChoice.Ids.ToArray(), id => Assert.Equal(id, CompressorChoice.Find(id)!.Id));
        Assert.Null(CompressorChoice.Find(9));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void A_level_that_needs_a_larger_window_is_refused(int level) => Assert.Throws<ArgumentOutOfRangeException>(() => new ZstdCompressor(level));
}
