using Crdt.Sqlite;

namespace Crdt.Tests.Sqlite;

public sealed class FilterTests
{
    [Fact]
    public void A_filter_knows_what_was_added_and_is_seldom_wrong_about_the_rest()
    {
        const int count = 50_000;
        var filter = new IdFilter(count);
        for (var i = 0; i < count; i++) filter.Add(TestGraph.Node(i).Bytes);
        Assert.False(filter.IsFull);
        Assert.True(Enumerable.Range(0, count).All(i => filter.MayContain(TestGraph.Node(i).Bytes)));
        var wrong = Enumerable.Range(count, count).Count(i => filter.MayContain(TestGraph.Node(i).Bytes));
        Assert.InRange(wrong, 0, count / 100);
        filter.Add(TestGraph.Node(count).Bytes);
        Assert.True(filter.IsFull);
    }

    [Fact]
    public void Hashes_are_part_of_the_format()
    {
        Assert.Equal(5833020420413304093UL, KeyHash.Of([]));
        Assert.Equal(5087977942891746833UL, KeyHash.Of("123456789"u8));
    }

    [Theory]
    [InlineData("01", "02")]
    [InlineData("01FF", "02")]
    [InlineData("0103FFFF", "0104")]
    public void The_bytes_above_a_prefix_are_the_least_ones(string prefix, string above) =>
        Assert.Equal(Convert.FromHexString(above), IndexKey.Above(Convert.FromHexString(prefix)));
}
