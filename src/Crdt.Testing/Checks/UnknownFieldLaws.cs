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
        var (a, b) = (world.Copies[dice.Below(world.Copies.Count)], world.Copies[dice.Below(world.Copies.Count)]);
        var encoded = a.State.Encode();
        Law.Same("round trip", encoded, old.Decode(encoded, null).Encode());
        var merged = full.Join(a.State, b.State).Encode();
        var mergedByOld = old.Join(old.Decode(encoded, null), old.Decode(b.State.Encode(), null));
        Law.Same("merge", merged, full.Decode(mergedByOld.Encode(), null).Encode());
        var gathered = old.New(null);
        foreach (var copy in (Copy[])[a, b, a]) gathered.Join(old.Decode(copy.State.Encode(), null));
        Law.Same("merges one after the other", merged, gathered.Encode());
        Delta(full, old, a, b, merged);
        Delete(full, old, a);
    }

    private static void Delta(Subject full, Subject old, Copy a, Copy b, byte[] merged)
    {
        var relay = old.Decode(a.State.Encode(), null);
        relay.Join(old.Decode(b.State.Encode(), null));
        var state = full.Clone(a.State);
        state.Join(full.Decode(relay.TakeDelta(), null));
        Law.Same("a delta of what was merged", merged, state.Encode());
    }

    private static void Delete(Subject full, Subject old, Copy copy)
    {
        if (!copy.State.IsAlive) return;
        var byOld = old.Decode(copy.State.Encode(), copy.Author);
        var byFull = full.Decode(copy.State.Encode(), copy.Author);
        byOld.TakeDelta();
        byFull.TakeDelta();
        byOld.Delete();
        byFull.Delete();
        Law.Same("deletion", byFull.Encode(), byOld.Encode());
        Law.Same("the delta of a deletion", byFull.TakeDelta(), byOld.TakeDelta());
    }
}
