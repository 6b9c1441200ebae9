namespace Crdt.Tests.Properties.Lists;

/// <summary>What several replicas insert at one place concurrently doesn't get mixed (Weidner and Kleppmann, 2023).</summary>
public sealed class InterleavingTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Runs_typed_at_one_place_stay_together(bool firstBackwards, bool secondBackwards)
    {
        Cases.ForAll(Cases.From(dice => (dice.Next(), dice.Below(12))), seed =>
        {
            var dice = new Dice(seed.Item1);
            var a = new Writer(dice.Below(3)).Type(0, "0123456789"[..dice.Below(10)]);
            var (b, c) = (a.For(3), a.For(4));
            var place = dice.Below(a.List.Count + 1);
            Run(b, place, "bcdefg", firstBackwards);
            Run(c, place, "BCDEFG", secondBackwards);
            Writer.Sync(a, b, c);
            Law.Holds("both runs are whole", a.Text.Contains("bcdefg", StringComparison.Ordinal) && a.Text.Contains("BCDEFG", StringComparison.Ordinal), a.Text);
            Law.Holds("all agree", a.Text == b.Text && b.Text == c.Text);
        });
    }

    [Fact]
    public void A_run_that_goes_on_after_a_sync_stays_where_it_was()
    {
        var a = new Writer(0).Type(0, "[]");
        var b = a.For(1);
        a.Type(1, "aaa");
        b.Type(1, "bbb");
        Writer.Sync(a, b);
        var end = a.Text.IndexOf("aaa", StringComparison.Ordinal) + 3;
        a.Type(end, "AAA");
        Writer.Sync(a, b);
        Assert.Contains("aaaAAA", b.Text, StringComparison.Ordinal);
        Assert.Contains("bbb", b.Text, StringComparison.Ordinal);
    }

    private static void Run(Writer writer, int place, string text, bool backwards) =>
        _ = backwards ? writer.TypeBackwards(place, text) : writer.Type(place, text);
}
