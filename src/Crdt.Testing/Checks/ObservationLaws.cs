using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Kernel;
using Crdt.Testing.Histories;

namespace Crdt.Testing.Checks;

/// <summary>
/// Every copy holds the writes that a simple model says, which keeps all writes and all removals forever: none is lost, and
/// none that was seen to be removed is back.
/// </summary>
internal static class ObservationLaws
{
    public static void Check(World world, Copy copy, Sample sample)
    {
        var context = world.ContextOf(copy);
        if (!context.Ranges.SequenceEqual(copy.State.Context.Ranges))
            throw Law.Broken("the context is what was seen", $"{copy} has {copy.State.Context}; the model says {context}");
        var live = new CausalContext();
        foreach (var i in World.Bits(copy.Live)) live.Add(new Dot(World.IdOf(world.Writes[i].Replica), world.Writes[i].Number));
        var held = new CausalContext();
        copy.State.CollectDots(held);
        if (!live.Ranges.SequenceEqual(held.Ranges))
            throw Law.Broken("no removed write is back and none is lost", $"{copy} holds {held}; the model says {live}");
        Liveness(world, copy, sample);
    }

    private static void Liveness(World world, Copy copy, Sample sample)
    {
        var summary = EncodedEntity.Inspect(sample.Row);
        var isAlive = world.In(copy.Live, -1) != 0;
        Law.Holds("an entity is alive where a creation is in force", copy.State.IsAlive == isAlive && summary.IsAlive == isAlive, copy);
        Law.Holds("nothing is left where every write was deleted", summary.IsEmpty == (copy.Live == 0), copy);
        if (!isAlive) Law.Holds("a write concurrent with deletion is kept", summary.InConflict == (world.Removable(copy.Live) != 0), copy);
        if (copy.Live == 0) Law.Same("a deletion leaves nothing behind", EncodedEntity.Empty.Span, sample.Row);
    }
}
