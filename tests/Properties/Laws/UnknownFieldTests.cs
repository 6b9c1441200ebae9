using Crdt.Tests.Properties.Histories;
using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Laws;

/// <summary>An older build, which lacks some fields, carries and merges them all the same.</summary>
public sealed class UnknownFieldTests
{
    public static TheoryData<string> Subjects => [.. SubjectList.Names.Where(name => name.Data != "liveness")];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void A_field_that_a_build_lacks_survives_a_round_trip_and_a_merge(string subject)
    {
        Cases.ForAll(History.Of(SubjectList.Of(subject)), history =>
        {
            var world = history.Run();
            var dice = history.Dice();
            var full = history.Subject;
            var dropped = full.Fields.Count == 1 ? 1ul : dice.Next();
            var old = full.Without(i => (dropped & (1ul << i)) != 0);
            var (a, b) = (world.Copies[dice.Below(world.Copies.Count)], world.Copies[dice.Below(world.Copies.Count)]);
            var encoded = a.State.Encode();
            Law.Same("round trip", encoded, old.Decode(encoded, null).State.Encode());
            var merged = full.Join(a.State, b.State).Encode();
            var mergedByOld = old.Join(old.Decode(encoded, null).State, old.Decode(b.State.Encode(), null).State);
            Law.Same("merge", merged, full.Decode(mergedByOld.Encode(), null).State.Encode());
            Delta(full, old, a, b, merged);
            Delete(full, old, a);
        });
    }

    private static void Delta(Subject full, Subject old, Copy a, Copy b, byte[] merged)
    {
        var relay = old.Decode(a.State.Encode(), null).State;
        relay.Join(old.Decode(b.State.Encode(), null).State);
        var state = full.Clone(a.State);
        state.Join(full.Decode(relay.TakeDelta(), null).State);
        Law.Same("a delta of what was merged", merged, state.Encode());
    }

    private static void Delete(Subject full, Subject old, Copy copy)
    {
        if (!copy.State.IsAlive) return;
        var byOld = old.Decode(copy.State.Encode(), copy.Author).State;
        var byFull = full.Decode(copy.State.Encode(), copy.Author).State;
        byOld.TakeDelta();
        byFull.TakeDelta();
        byOld.Delete();
        byFull.Delete();
        Law.Same("deletion", byFull.Encode(), byOld.Encode());
        Law.Same("the delta of a deletion", byFull.TakeDelta(), byOld.TakeDelta());
    }
}
