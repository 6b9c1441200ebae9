using Crdt.Codec;
using Crdt.Sync.Differences;

namespace Crdt.Tests.Sync.Differences;

/// <summary>The syndromes of a set.</summary>
public sealed class SyndromeSketchTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0x1234_5678_9ABC_DEF0UL)]
    public void The_syndromes_of_one_item_are_its_odd_powers(ulong item)
    {
        var power = item;
        foreach (var sum in DigestSets.Sketch([item]).Sums)
        {
            Assert.Equal(power, sum);
            power = BinaryField.Multiply(power, BinaryField.Square(item));
        }
    }

    [Fact]
    public void The_syndromes_of_two_sets_subtracted_are_those_of_what_only_one_of_them_has()
    {
        var dice = new Random(1);
        var (common, mine, theirs) = (DigestSets.Items(dice, 500), DigestSets.Items(dice, 7), DigestSets.Items(dice, 5));
        var (here, there) = (DigestSets.Sketch([.. common, .. mine]), DigestSets.Sketch([.. theirs, .. common]));
        Assert.Equal(DigestSets.Sketch([.. mine, .. theirs]).Sums, DigestSets.Difference(here.Sums, there.Sums));
    }

    [Fact]
    public void The_order_of_items_does_not_matter_and_what_is_taken_back_leaves_nothing()
    {
        var items = DigestSets.Items(new(1), 100);
        var sketch = DigestSets.Sketch(items);
        Assert.Equal(DigestSets.Sketch(items.Reverse()).Sums, sketch.Sums);
        foreach (var item in items[..99]) sketch.Toggle(item);
        Assert.Equal(DigestSets.Sketch(items[99..]).Sums, sketch.Sums);
        sketch.Toggle(items[99]);
        Assert.False(sketch.Sums.ContainsAnyExcept(0UL));
    }

    [Fact]
    public void The_item_0_is_refused_and_nothing_has_changed()
    {
        var sketch = DigestSets.Sketch([5]);
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Toggle(0));
        Assert.Equal(DigestSets.Sketch([5]).Sums, sketch.Sums);
    }

    [Fact]
    public void A_copy_stays_while_writes_go_on()
    {
        var sketch = DigestSets.Sketch([1, 2]);
        var copy = sketch.Clone();
        sketch.Toggle(3);
        Assert.Equal(DigestSets.Sketch([1, 2]).Sums, copy.Sums);
    }

    [Fact]
    public void Syndromes_are_read_as_they_were_written()
    {
        var sketch = DigestSets.Sketch(DigestSets.Items(new(1), 100));
        var writer = new WireWriter(1_000);
        sketch.Write(ref writer);
        var bytes = writer.Finish();
        Assert.Equal(8 * SyndromeSketch.Capacity, bytes.Length);
        var reader = new WireReader(bytes);
        Assert.Equal(sketch.Sums, SyndromeSketch.Read(ref reader).Sums);
        Assert.Throws<WireFormatException>(() => Truncated(bytes));

        static void Truncated(byte[] bytes)
        {
            var reader = new WireReader(bytes.AsSpan(1));
            SyndromeSketch.Read(ref reader);
        }
    }
}
