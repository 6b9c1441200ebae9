using Crdt.Codec;
using Crdt.Sync.Differences;

namespace Crdt.Tests.Sync.Differences;

/// <summary>Two sets compared by their syndromes.</summary>
public sealed class SyndromeComparisonTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(10, 10)]
    [InlineData(31, 0)]
    [InlineData(0, 31)]
    public void Each_item_is_found_on_its_side(int onlyHere, int onlyThere)
    {
        var (here, there) = DigestSets.Pair(new(onlyHere), 1_000, onlyHere, onlyThere);
        var comparison = Compare(DigestSets.Lane(here), DigestSets.Lane(there));
        Assert.True(comparison.IsComplete);
        Assert.Equal(here.Except(there).Select(EntityDigest.ItemOf).Order(), comparison.OnlyHere.Order());
        Assert.Equal(there.Except(here).Select(EntityDigest.ItemOf).Order(), comparison.OnlyThere.Order());
        Assert.Equal(SyndromeSketch.Capacity + 2 * (onlyHere + onlyThere), comparison.Comparisons);
    }

    [Theory]
    [InlineData(32, 0)]
    [InlineData(16, 16)]
    [InlineData(400, 400)]
    public void More_than_there_are_syndromes_are_not_found(int onlyHere, int onlyThere)
    {
        var (here, there) = DigestSets.Pair(new(onlyHere), 1_000, onlyHere, onlyThere);
        Assert.False(Compare(DigestSets.Lane(here), DigestSets.Lane(there)).IsComplete);
    }

    /// <summary>10 of 10,000, wherever they are: the bars of the specification, with each syndrome, each root that is verified and each item that is looked up counted as one.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void Ten_that_differ_take_fewer_than_100_comparisons_600_bytes_and_one_round(int onlyHere)
    {
        var lane = DigestSets.Lane(DigestSets.Many(new(1), 10_000));
        var dice = new Random(2);
        for (var i = 0; i < 300; i++)
        {
            var (mine, theirs) = DigestSets.Pair(dice, 0, onlyHere, 10);
            var (here, there) = (With(lane, mine), With(lane, theirs));
            var comparison = new SyndromeComparison(here.Sums, there.Sums, item => mine.Count(digest => EntityDigest.ItemOf(digest) == item), 10 - onlyHere);
            Assert.True(comparison.IsComplete);
            Assert.Equal((onlyHere, 10), (comparison.OnlyHere.Count, comparison.OnlyThere.Count));
            Assert.InRange(comparison.Comparisons, 1, 99);
            Assert.InRange(8 * here.Sums.Length + 8 * comparison.OnlyThere.Count, 1, 599);
        }
    }

    /// <summary>An item that one side holds twice cancels itself out of every sum, which must not pass for nothing.</summary>
    [Fact]
    public void Two_of_one_item_are_not_taken_for_none()
    {
        Assert.False(Compare(DigestSets.Lane([Twin(1), Twin(2)]), DigestSets.Lane([])).IsComplete);
        Assert.False(Compare(DigestSets.Lane([]), DigestSets.Lane([Twin(1), Twin(2)])).IsComplete);
        Assert.False(Compare(DigestSets.Lane([Twin(1), Twin(2)]), DigestSets.Lane([Twin(3)])).IsComplete);
    }

    [Fact]
    public void An_answer_that_does_not_fit_the_sizes_of_the_sets_is_none()
    {
        var (here, there) = (DigestSets.Sketch([1, 2, 3]), DigestSets.Sketch([3, 4]));
        Assert.True(new SyndromeComparison(here.Sums, there.Sums, item => item <= 3 ? 1 : 0, -1).IsComplete);
        Assert.False(new SyndromeComparison(here.Sums, there.Sums, item => item <= 3 ? 1 : 0, 1).IsComplete);
        Assert.False(new SyndromeComparison(here.Sums, there.Sums, item => item <= 3 ? 1 : 0, long.MinValue).IsComplete);
    }

    [Fact]
    public void Syndromes_of_unequal_number_are_refused() =>
        Assert.Throws<ArgumentException>(() => new SyndromeComparison(new ulong[2], new ulong[3], _ => 0, 0));

    private static UInt128 Twin(ulong number) => ((UInt128)7 << 64) | number;

    private static SyndromeComparison Compare(LaneDigests here, LaneDigests there) =>
        new(here.Freeze().Syndromes, there.Freeze().Syndromes, item => here.Index.RowsOf(item).Count(), there.Count - here.Count);

    private static SyndromeSketch With(LaneDigests lane, UInt128[] digests)
    {
        var writer = new WireWriter(1_000);
        foreach (var sum in lane.Freeze().Syndromes) writer.WriteUInt64(sum);
        var reader = new WireReader(writer.Finish());
        var sketch = SyndromeSketch.Read(ref reader);
        foreach (var digest in digests) sketch.Toggle(EntityDigest.ItemOf(digest));
        return sketch;
    }
}
