using Crdt.Codec;
using Crdt.Entities;
using Crdt.Tests.Properties.Subjects;
using Crdt.Types.Registers;
using Crdt.Types.Sets;

namespace Crdt.Tests.Properties.Semantics;

/// <summary>Merges of fields that a build lacks, in the steps that random histories seldom take.</summary>
public sealed class UnknownFieldMergeTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public void Two_fields_that_arrive_in_the_wrong_order_are_found_again()
    {
        var both = BareSubject.Of("both", FieldFactory.Register<long, Int64Codec>("Age"), FieldFactory.Register<string, TextCodec>("Note", initial: ""));
        var old = both.Without(_ => true);
        var (low, high) = (New(both, 0), New(both, 1));
        Apply(both, low, 0);
        Apply(both, high, 1);
        var gathered = old.New(null);
        foreach (var state in (EntityState[])[high, low]) gathered.Join(old.Decode(state.Encode(), null));
        Apply(both, low, 0);
        gathered.Join(old.Decode(low.Encode(), null));
        Assert.Equal(both.Join(new(low), new(high)).Bytes, gathered.Encode());
    }

    [Fact]
    public void A_field_of_which_nothing_is_left_may_come_back_as_another_kind()
    {
        var (set, register) = (BareSubject.Of("set", FieldFactory.Set<long, Int64Codec>("Field")), BareSubject.Of("register", FieldFactory.Register<long, Int64Codec>("Field")));
        var old = set.Without(_ => true);
        var state = New(set, 0);
        var elements = (OrSet<long, Int64Codec>)state.Fields[0];
        elements.Add(1);
        var gathered = old.Decode(state.Encode(), null);
        elements.Remove(1);
        gathered.Join(old.Decode(state.Encode(), null));
        var other = New(register, 1);
        ((LwwRegister<long, Int64Codec>)other.Fields[0]).Value = 7;
        gathered.Join(old.Decode(other.Encode(), null));
        Assert.Equal(7, ((LwwRegister<long, Int64Codec>)register.Decode(gathered.Encode(), null).Fields[0]).Value);
    }

    [Fact]
    public void A_field_that_was_deleted_with_its_entity_may_come_back_as_another_kind()
    {
        var (set, register) = (BareSubject.Of("set", FieldFactory.Set<long, Int64Codec>("Field")), BareSubject.Of("register", FieldFactory.Register<long, Int64Codec>("Field")));
        var state = New(set, 0);
        Apply(set, state, 0);
        var old = set.Without(_ => true).Decode(state.Encode(), new Replica("old", World.IdOf(2), 0, _time));
        old.Delete();
        var other = New(register, 1);
        ((LwwRegister<long, Int64Codec>)other.Fields[0]).Value = 7;
        old.Join(set.Without(_ => true).Decode(other.Encode(), null));
        Assert.Equal(7, ((LwwRegister<long, Int64Codec>)register.Decode(old.Encode(), null).Fields[0]).Value);
    }

    /// <summary>Fields are looked up among those that were there, which ascend; the new ones stand behind them until all have come.</summary>
    [Fact]
    public void Fields_that_only_the_other_has_do_not_hide_one_that_both_have()
    {
        var full = BareSubject.Of("full", [.. "ABCDEF".Select(letter => FieldFactory.Register<long, Int64Codec>($"{letter}"))]);
        var old = full.Without(_ => true);
        var (mine, theirs) = (New(full, 0), New(full, 1));
        foreach (var i in (int[])[4, 5]) Apply(full, mine, i);
        foreach (var i in (int[])[0, 1, 2, 3, 5]) Apply(full, theirs, i);
        var gathered = old.Decode(mine.Encode(), null);
        gathered.Join(old.Decode(theirs.Encode(), null));
        Assert.Equal(full.Join(new(mine), new(theirs)).Bytes, gathered.Encode());
    }

    [Fact]
    public void What_a_merge_removed_from_a_field_is_in_the_next_delta()
    {
        var set = BareSubject.Of("set", FieldFactory.Set<long, Int64Codec>("Field"));
        var old = set.Without(_ => true);
        var state = New(set, 0);
        var elements = (OrSet<long, Int64Codec>)state.Fields[0];
        elements.Add(1);
        var (late, relay) = (set.Decode(state.Encode(), null), old.Decode(state.Encode(), null));
        relay.TakeDelta();
        elements.Remove(1);
        relay.Join(old.Decode(state.Encode(), null));
        late.Join(set.Decode(relay.TakeDelta(), null));
        Assert.Equal(state.Encode(), late.Encode());
    }

    private EntityState New(Subject subject, int replica)
    {
        var state = subject.New(new Replica("R", World.IdOf(replica), 0, _time));
        state.Create();
        return state;
    }

    private static void Apply(Subject subject, EntityState state, int field) => subject.Actions[field].Write(1, 0, 0).Run(state.Fields[field]);
}
