using Crdt.Tests.Properties.Subjects;
using Crdt.Types.Counters;

namespace Crdt.Tests.Properties.Semantics;

/// <summary>Writers that go on under an id that they have used before.</summary>
public sealed class ResumedWriterTests
{
    /// <summary>What it wrote before and doesn't hold now would be taken for removed.</summary>
    [Fact]
    public void A_writer_that_goes_on_under_its_id_claims_nothing_from_before()
    {
        var (subject, time) = (SubjectList.Of("counter"), new VirtualTime());
        var first = new Replica("writer", World.IdOf(0), 0, time);
        var before = subject.New(first);
        before.Create();
        ((Counter)before.Fields[0]).Add(2);
        var after = subject.New(new Replica("writer", World.IdOf(0), first.LastNumber, time));
        after.Create();
        ((Counter)after.Fields[0]).Add(3);
        after.Join(before);
        Assert.Equal(5, ((Counter)after.Fields[0]).Value);
    }
}
