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

    private EntityState New(Subject subject, int replica)
    {
        var state = subject.New(new Replica("R", World.IdOf(replica), 0, _time));
        state.Create();
        return state;
    }

    private static void Apply(Subject subject, EntityState state, int field) => subject.Actions[field].Write(1, 0, 0).Run(state.Fields[field]);
}
