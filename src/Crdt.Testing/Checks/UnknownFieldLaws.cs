using Crdt.Testing.Histories;
using Crdt.Testing.Subjects;

namespace Crdt.Testing.Checks;

/// <summary>An older build, which lacks some fields, carries and merges them all the same.</summary>
internal static class UnknownFieldLaws
{
    public static void Check(History history, World world)
    {
        var dice = history.Dice();
        var full = history.Subject;
        var dropped = full.Fields.Count == 1 ? 1ul : dice.Next();
        var old = full.Without(i => (dropped & (1ul << i)) != 0);
        var (first, second) = (dice.Below(world.Copies.Count), dice.Below(world.Copies.Count));
        var (a, b) = (world.Samples[first], world.Samples[second]);
        var (oldA, oldB) = (As(old, a), As(old, b));
        Law.Same("round trip", a.Bytes, oldA.Bytes);
        var merged = full.Join(a, b).Bytes;
        Law.Same("merge", merged, As(full, old.Join(oldA, oldB)).Bytes);
        var gathered = old.New(null);
        foreach (var sample in (Sample[])[oldA, oldB, oldA]) gathered.Join(sample.State);
        Law.Same("merges one after the other", merged, gathered.Encode());
        Delta(full, old, a, oldB, merged);
        if (world.Copies[first] is { State.IsAlive: true } copy) Delete(full, old, a, copy);
    }

    private static Sample As(Subject build, Sample sample) => new(build.Decode(sample.Bytes, null));

    private static void Delta(Subject full, Subject old, Sample a, Sample oldB, byte[] merged)
    {
        var relay = old.Decode(a.Bytes, null);
        relay.Join(oldB.State);
        Sample delta = new(full.Decode(relay.TakeDelta(), null));
        Law.Same("a delta of what was merged", merged, full.Join(a, delta).Bytes);
    }

    private static void Delete(Subject full, Subject old, Sample sample, Copy copy)
    {
        var byOld = old.Decode(sample.Bytes, copy.Author);
        var byFull = full.Decode(sample.Bytes, copy.Author);
        byOld.TakeDelta();
        byFull.TakeDelta();
        byOld.Delete();
        byFull.Delete();
        Law.Same("deletion", byFull.Encode(), byOld.Encode());
        Law.Same("the delta of a deletion", byFull.TakeDelta(), byOld.TakeDelta());
    }
}
