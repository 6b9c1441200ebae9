using Crdt.Codec;
using Crdt.Entities;
using Crdt.Tests.Properties.Subjects;
using Crdt.Types.Counters;
using Crdt.Types.Flags;
using Crdt.Types.Maps;
using Crdt.Types.Registers;

namespace Crdt.Tests.Properties.Semantics;

/// <summary>What each type does where two replicas act at once, in the words of its documentation.</summary>
public sealed class TypeTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public void A_flag_that_enables_is_on_after_both()
    {
        var (a, b) = Apart("enable-wins flag");
        Assert.False(Of<EnableWinsFlag>(a).Value);
        Of<EnableWinsFlag>(a).Value = true;
        b.Join(a);
        Of<EnableWinsFlag>(b).Value = false;
        Of<EnableWinsFlag>(a).Value = true;
        Agree(a, b);
        Assert.True(Of<EnableWinsFlag>(a).Value);
        Of<EnableWinsFlag>(b).Value = false;
        Agree(a, b);
        Assert.False(Of<EnableWinsFlag>(a).Value);
    }

    [Fact]
    public void A_flag_that_disables_is_off_after_both()
    {
        var (a, b) = Apart("disable-wins flag");
        Assert.True(Of<DisableWinsFlag>(a).Value);
        Of<DisableWinsFlag>(a).Value = false;
        Of<DisableWinsFlag>(b).Value = true;
        Agree(a, b);
        Assert.False(Of<DisableWinsFlag>(a).Value);
    }

    [Fact]
    public void A_multi_value_register_holds_both_values_once_each()
    {
        var (a, b) = Apart("multi-value register");
        Assert.Empty(Of<MultiValueRegister<string, TextCodec>>(a));
        Of<MultiValueRegister<string, TextCodec>>(a).Set("x");
        Of<MultiValueRegister<string, TextCodec>>(b).Set("é");
        Agree(a, b);
        Assert.Equal(["x", "é"], Of<MultiValueRegister<string, TextCodec>>(a));
        Of<MultiValueRegister<string, TextCodec>>(a).Set("y");
        Of<MultiValueRegister<string, TextCodec>>(b).Set("y");
        Agree(a, b);
        Assert.Equal(["y"], Of<MultiValueRegister<string, TextCodec>>(b));
    }

    [Fact]
    public void A_max_register_never_falls_and_a_min_register_never_rises()
    {
        var (a, b) = Apart("max register");
        Of<MaxRegister<decimal, DecimalCodec>>(a).Value = 5m;
        Of<MaxRegister<decimal, DecimalCodec>>(a).Value = 3m;
        Of<MaxRegister<decimal, DecimalCodec>>(b).Value = 4m;
        Agree(a, b);
        Assert.Equal(5m, Of<MaxRegister<decimal, DecimalCodec>>(b).Value);
        var (c, d) = Apart("min register");
        Of<MinRegister<string, TextCodec>>(c).Value = "b";
        Of<MinRegister<string, TextCodec>>(d).Value = "a";
        Of<MinRegister<string, TextCodec>>(d).Value = "c";
        Agree(c, d);
        Assert.Equal("a", Of<MinRegister<string, TextCodec>>(c).Value);
        Assert.Contains("First", Assert.Throws<ArgumentNullException>(() => Of<MinRegister<string, TextCodec>>(c).Value = null!).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_grow_only_counter_adds_up_and_refuses_to_fall()
    {
        var (a, b) = Apart("grow-only counter");
        Of<GrowOnlyCounter>(a).Value += 2;
        Of<GrowOnlyCounter>(b).Value += 3;
        Agree(a, b);
        Assert.Equal(5, Of<GrowOnlyCounter>(a).Value);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Of<GrowOnlyCounter>(a).Value = 4);
        Assert.Contains("Views", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, Of<GrowOnlyCounter>(a).Value);
    }

    [Fact]
    public void A_key_that_is_written_here_and_removed_there_stays()
    {
        var (a, b) = Apart("map of string");
        var (mine, theirs) = (Of<OrMap<string, TextCodec, string, TextCodec>>(a), Of<OrMap<string, TextCodec, string, TextCodec>>(b));
        mine["k"] = "old";
        mine["gone"] = "x";
        b.Join(a);
        mine["k"] = "new";
        theirs.Remove("k");
        theirs.Remove("gone");
        Agree(a, b);
        Assert.Equal([new("k", "new")], theirs);
        Assert.Throws<KeyNotFoundException>(() => mine["gone"]);
        Assert.Throws<ArgumentException>(() => mine.Add("k", "again"));
    }

    [Fact]
    public void Counters_under_keys_add_up_and_read_as_0_before()
    {
        var (a, b) = Apart("map of counters");
        var (mine, theirs) = (Of<CounterMap<string, TextCodec>>(a), Of<CounterMap<string, TextCodec>>(b));
        mine["tea"] += 2;
        theirs["tea"] += 3;
        theirs["milk"] -= 1;
        Agree(a, b);
        Assert.Equal((5, -1, 0), (mine["tea"], mine["milk"], mine["sugar"]));
        Assert.Equal(["milk", "tea"], mine.Keys.Order());
        theirs.Remove("tea");
        mine["tea"] += 1;
        Agree(a, b);
        Assert.True(mine.ContainsKey("tea"));
    }

    [Fact]
    public void NaN_is_no_key_and_the_property_is_named()
    {
        var (a, _) = Apart("map of double");
        var before = a.Encode();
        var error = Assert.Throws<ArgumentException>(() => Of<OrMap<double, DoubleCodec, long, Int64Codec>>(a)[double.NaN] = 1);
        Assert.Contains("'Levels'", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, a.Encode());
    }

    [Fact]
    public void Where_updates_win_a_concurrent_write_brings_everything_back()
    {
        var (a, b) = Apart("entity of all kinds, updates win");
        foreach (var action in SubjectList.Of("entity of all kinds, updates win").Actions.Select((actions, i) => (i, actions.Write(1, 1, 0)))) action.Item2.Run(a.Fields[action.i]);
        b.Join(a);
        a.Delete();
        Assert.False(a.IsAlive);
        b.Fields.OfType<Counter>().First().Add(1);
        Agree(a, b);
        Assert.True(a.IsAlive);
        Assert.DoesNotContain(a.Fields, field => field.IsEmpty && field is not DisableWinsFlag);
    }

    private (EntityState A, EntityState B) Apart(string subject)
    {
        var a = SubjectList.Of(subject).New(new Replica("a", World.IdOf(0), 0, _time));
        a.Create();
        return (a, SubjectList.Of(subject).Decode(a.Encode(), new Replica("b", World.IdOf(1), 0, _time)));
    }

    private static void Agree(EntityState a, EntityState b)
    {
        a.Join(b);
        b.Join(a);
        Assert.Equal(a.Encode(), b.Encode());
    }

    private static T Of<T>(EntityState state)
        where T : Crdt.Types.Field => (T)state.Fields[0];
}
