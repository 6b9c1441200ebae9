using Crdt.Codec;
using Crdt.Tests.Properties.Subjects;
using Crdt.Types;
using Crdt.Types.Registers;

namespace Crdt.Tests.Properties.Semantics;

/// <summary>What concurrent writes read as, rule by rule.</summary>
public sealed class ResolutionTests
{
    private readonly VirtualTime _time = new();

    [Theory]
    [InlineData("register, first write wins", 1)]
    [InlineData("register, online wins", 1)]
    [InlineData("register of long", 2)]
    public void A_rule_chooses_among_concurrent_writes(string subject, long winner)
    {
        // The first writer is online; the second one writes later, and offline.
        var (first, second) = Apart(SubjectList.Of(subject));
        Register(first).Value = 1;
        _time.Milliseconds++;
        Register(second).Value = 2;
        first.Join(second);
        Assert.Equal(winner, Register(first).Value);
        Assert.Equal(2, Register(first).Siblings.Count);
    }

    [Fact]
    public void Where_everybody_was_offline_the_last_write_wins()
    {
        var subject = SubjectList.Of("register, online wins");
        var (first, second) = Apart(subject, firstIsOffline: true);
        Register(first).Value = 1;
        _time.Milliseconds++;
        Register(second).Value = 2;
        second.Join(first);
        Assert.Equal(2, Register(second).Value);
    }

    [Fact]
    public void Absence_is_less_than_any_value_and_never_least()
    {
        Sibling<long?>[] siblings = [Of(1, null), Of(2, 5), Of(3, -5)];
        Assert.Equal(5, ResolutionRule<long?, NullableCodec<long, Int64Codec>>.Max.Resolve(siblings));
        Assert.Equal(-5, ResolutionRule<long?, NullableCodec<long, Int64Codec>>.Min.Resolve(siblings));
        Assert.Null(ResolutionRule<long?, NullableCodec<long, Int64Codec>>.Min.Resolve([Of(1, null), Of(2, null)]));

        static Sibling<long?> Of(ulong number, long? value) => new(new(World.IdOf(0), number), new(number), false, value);
    }

    private (Entities.EntityState First, Entities.EntityState Second) Apart(Subject subject, bool firstIsOffline = false)
    {
        var first = subject.New(new Replica("first", World.IdOf(0), 0, _time) { IsOffline = firstIsOffline });
        first.Create();
        return (first, subject.Decode(first.Encode(), new Replica("second", World.IdOf(1), 0, _time) { IsOffline = true }));
    }

    private static LwwRegister<long, Int64Codec> Register(Entities.EntityState state) => (LwwRegister<long, Int64Codec>)state.Fields[0];
}
