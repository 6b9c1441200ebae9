using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Tests.Properties.Subjects;
using Crdt.Types.Counters;

namespace Crdt.Tests.Properties.Traps;

/// <summary>What lost other people's data, as far as the library without engine can run into it.</summary>
public sealed class TrapTests
{
    private readonly VirtualTime _time = new();
    private readonly Replica[] _replicas;

    public TrapTests() => _replicas = [.. Enumerable.Range(0, 3).Select(i => new Replica($"{(char)('A' + i)}", World.IdOf(i), 0, _time))];

    [Fact]
    public void Trap_1_a_partial_delta_deletes_nothing_that_it_does_not_mention()
    {
        var a = NewProduct(0);
        a.Tags.UnionWith(["x", "y"]);
        var b = Product.Decode(_replicas[1], a.Encode());
        a.TakeDelta();
        a.Tags.Add("z");
        b.MergeDelta(a.TakeDelta());
        Assert.Equal(["x", "y", "z"], b.Tags.Order());
        Assert.Equal(a.Encode(), b.Encode());
    }

    [Fact]
    public void Trap_2_a_removal_travels_with_what_replaced_the_removed()
    {
        var a = NewProduct(0);
        a.Name = "old";
        var b = Product.Decode(_replicas[1], a.Encode());
        a.TakeDelta();
        a.Name = "new";
        a.Tags.Add("x");
        a.Tags.Remove("x");
        b.MergeDelta(a.TakeDelta());
        Assert.Equal("new", b.Name);
        Assert.Single(Siblings(b));
        Assert.Empty(b.Tags);
    }

    [Fact]
    public void Trap_4_a_late_peer_resurrects_nothing()
    {
        var a = NewProduct(0);
        var late = Product.Decode(_replicas[1], a.Encode());
        a.Delete();
        a.Merge(late);
        Assert.False(a.IsAlive);
        Assert.Equal(EncodedEntity.Empty.ToArray(), Law.Row(a.State, withContext: false));
        late.Merge(a);
        Assert.False(late.IsAlive);
        Assert.Equal(a.Encode(), late.Encode());
    }

    [Fact]
    public void Trap_5_equal_times_still_bump_the_clock_and_a_later_write_wins_over_a_clock_ahead()
    {
        var a = NewProduct(0);
        a.Name = "first";
        a.Name = "second";
        var b = Product.Decode(new Replica("late", World.IdOf(1), 0, new VirtualTime(_time.Milliseconds - 60_000)), a.Encode());
        b.Name = "third";
        a.Name = "fourth";
        Assert.True(Siblings(b)[0].Stamp.CompareTo(new((ulong)_time.Milliseconds << 16)) > 0);
        a.Merge(b);
        b.Merge(a);
        Assert.Equal(a.Name, b.Name);
        a.Name = "fifth";
        b.Merge(a);
        Assert.Equal("fifth", b.Name);
    }

    [Fact]
    public void Trap_6_a_tie_goes_to_the_same_side_everywhere()
    {
        var bytes = NewProduct(2).Encode();
        var (a, b) = (Product.Decode(_replicas[0], bytes), Product.Decode(_replicas[1], bytes));
        (a.Name, b.Name) = ("by A", "by B");
        Assert.Equal(Siblings(a)[0].Stamp, Siblings(b)[0].Stamp);
        var (left, right) = (Product.Decode(a.Encode()), Product.Decode(b.Encode()));
        left.Merge(b);
        right.Merge(a);
        Assert.Equal(("by B", "by B"), (left.Name, right.Name));
        Assert.Equal(left.Encode(), right.Encode());
    }

    [Fact]
    public void Trap_7_an_equal_write_is_a_write_and_reaches_a_third_replica()
    {
        var a = NewProduct(0);
        a.Name = "same";
        a.Tags.Add("x");
        var (b, c) = (Product.Decode(_replicas[1], a.Encode()), Product.Decode(_replicas[2], a.Encode()));
        b.TakeDelta();
        b.Name = "same";
        b.Tags.Add("x");
        c.Name = "other";
        c.Tags.Remove("x");
        _time.Milliseconds++;
        b.Name = "same";
        c.MergeDelta(b.TakeDelta());
        Assert.Equal("same", c.Name);
        Assert.Equal(["x"], c.Tags);
    }

    [Fact]
    public void Trap_12_liveness_merges_like_every_other_field()
    {
        var a = NewProduct(0);
        var b = Product.Decode(_replicas[1], a.Encode());
        a.Delete();
        b.Name = "concurrent";
        var (left, right) = (Product.Decode(a.Encode()), Product.Decode(b.Encode()));
        left.Merge(b);
        right.Merge(a);
        Assert.Equal(left.Encode(), right.Encode());
        Assert.False(left.IsAlive);
        Assert.True(EncodedEntity.Inspect(Law.Row(left.State, withContext: false)).InConflict);
    }

    [Fact]
    public void Trap_13_surrogates_are_refused_by_name_and_nothing_is_changed_on_the_way()
    {
        var a = NewProduct(0);
        var before = a.Encode();
        Assert.Contains("'Name'", Assert.Throws<ArgumentException>(() => a.Name = "\uD800").Message, StringComparison.Ordinal);
        Assert.Contains("'Tags'", Assert.Throws<ArgumentException>(() => a.Tags.Add("\uDC00")).Message, StringComparison.Ordinal);
        Assert.Equal(before, a.Encode());
        (a.Name, a.Price) = ("e\u0301", 1.00m);
        var b = Product.Decode(a.Encode());
        Assert.Equal("e\u0301", b.Name);
        Assert.Equal(decimal.GetBits(1.00m), decimal.GetBits(b.Price!.Value));
        Assert.Equal(a.Encode(), b.Encode());
    }

    [Fact]
    public void Trap_14_an_old_build_keeps_what_it_does_not_know()
    {
        var a = NewProduct(0);
        (a.Name, a.Stock) = ("a", 3);
        a.Tags.Add("x");
        var full = Subject.Of<Product>(a.State.Id);
        var old = full.Without(i => full.Fields[i].Name != "Name").Decode(a.Encode(), _replicas[1]);
        ((Crdt.Types.Registers.LwwRegister<string, TextCodec>)old.Fields[0]).Value = "b";
        var read = Product.Decode(old.Encode());
        Assert.Equal(("b", 3L), (read.Name, read.Stock));
        Assert.Equal(["x"], read.Tags);
    }

    [Fact]
    public void Trap_15_the_same_data_has_the_same_bytes_whatever_was_seen()
    {
        var a = NewProduct(0);
        var b = Product.Decode(_replicas[1], a.Encode());
        b.Tags.Add("x");
        b.Tags.Remove("x");
        Assert.NotEqual(a.Encode(), b.Encode());
        Assert.Equal(Law.Row(a.State, withContext: false), Law.Row(b.State, withContext: false));
        Assert.Equal(a, b);
    }

    [Fact]
    public void Trap_16_clocks_and_numbers_end_with_an_error_and_never_wrap()
    {
        var clock = new HybridClock(_time, new(ulong.MaxValue - 1));
        Assert.Equal(ulong.MaxValue, clock.Now().Value);
        Assert.Throws<OverflowException>(() => clock.Now());
        var last = new Replica("last", World.IdOf(0), ulong.MaxValue - 1, _time);
        var product = new Product(last, "p");
        var before = product.Encode();
        Assert.Equal(ulong.MaxValue, last.LastNumber);
        Assert.Throws<OverflowException>(() => product.Name = "one too many");
        Assert.Equal(before, product.Encode());
        Assert.Equal(product, Product.Decode(before));
    }

    [Fact]
    public void Trap_16_a_counter_ends_with_an_error_and_never_wraps()
    {
        var a = NewProduct(0);
        a.Stock = long.MaxValue;
        var b = Product.Decode(_replicas[1], a.Encode());
        b.Stock -= 1;
        b.Stock += 1;
        a.Merge(b);
        Assert.Equal(long.MaxValue, a.Stock);
        var counter = (Crdt.Types.Counters.Counter)a.State.Fields.Single(field => field is Crdt.Types.Counters.Counter);
        counter.Add(long.MaxValue);
        var before = a.Encode();
        Assert.Throws<OverflowException>(() => counter.Add(long.MaxValue));
        Assert.Equal(before, a.Encode());
        Assert.Equal(long.MaxValue, a.Stock);
    }

    [Fact]
    public void Trap_16_neither_total_of_a_counter_wraps()
    {
        var full = new Tally(ulong.MaxValue, ulong.MaxValue);
        Assert.Throws<OverflowException>(() => full.Plus(1));
        Assert.Throws<OverflowException>(() => full.Plus(-1));
        Assert.Throws<OverflowException>(() => full.Plus(new Tally(1, 0)));
        Assert.Throws<OverflowException>(() => full.Plus(new Tally(0, 1)));
        Assert.Equal(full, full.Plus(0));
        Assert.Equal(new Tally(0, 1ul << 63), default(Tally).Plus(long.MinValue));
    }

    [Fact]
    public void Trap_17_the_winner_of_a_conflict_is_the_same_after_save_and_load()
    {
        var bytes = NewProduct(2).Encode();
        var (a, b) = (Product.Decode(_replicas[0], bytes), Product.Decode(_replicas[1], bytes));
        (a.Name, b.Name) = ("by A", "by B");
        b.Merge(a);
        a.Merge(b);
        foreach (var copy in new[] { a, b, Product.Decode(a.Encode()), Product.Decode(Product.Decode(b.Encode()).Encode()) })
        {
            Assert.Equal("by B", copy.Name);
            Assert.Equal(2, Siblings(copy).Count);
        }
    }

    [Fact]
    public void Trap_17_a_winner_by_one_tick_of_the_clock_is_the_same_after_save_and_load()
    {
        var bytes = NewProduct(2).Encode();
        var (a, b) = (Product.Decode(_replicas[0], bytes), Product.Decode(_replicas[1], bytes));
        b.Name = "by B";
        (a.Name, a.Name) = ("earlier", "by A");
        b.Merge(a);
        Assert.Equal(Siblings(b)[0].Stamp.Milliseconds, Siblings(b)[1].Stamp.Milliseconds);
        foreach (var copy in new[] { b, Product.Decode(b.Encode()), Product.Decode(Product.Decode(b.Encode()).Encode()) })
        {
            Assert.Equal("by A", copy.Name);
            Assert.Equal(2, Siblings(copy).Count);
        }
    }

    private static IReadOnlyList<Crdt.Types.Sibling<string>> Siblings(Product product) =>
        product.State.Fields.OfType<Crdt.Types.Registers.LwwRegister<string, TextCodec>>().Single().Siblings;

    private Product NewProduct(int replica) => new(_replicas[replica], "p-1");
}
