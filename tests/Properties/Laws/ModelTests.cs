using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Kernel;
using Crdt.Schema;
using Crdt.Tests.Properties.Histories;
using Crdt.Tests.Properties.Subjects;
using static Crdt.Tests.Properties.Histories.World;

namespace Crdt.Tests.Properties.Laws;

/// <summary>Every copy reads as a simple model says, which keeps all writes and all removals forever.</summary>
public sealed class ModelTests
{
    public static TheoryData<string> Subjects => SubjectList.Names;

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Every_copy_holds_and_reads_what_the_model_says(string subject)
    {
        Cases.ForAll(History.Of(SubjectList.Of(subject)), history =>
        {
            var world = history.Run();
            foreach (var copy in world.Copies) Check(world, copy);
            var all = world.Copies[0];
            foreach (var copy in world.Copies)
            {
                all.State.Join(copy.State);
                all.Learn(copy.Seen, copy.Gone, copy.Claims);
            }

            all.HasGaps = false;
            Check(world, all);
        });
    }

    private static void Check(World world, Copy copy)
    {
        var context = world.ContextOf(copy);
        Law.Holds("the context is what was seen", context.Ranges.SequenceEqual(copy.State.Context.Ranges), $"{copy} has {copy.State.Context}; the model says {context}");
        var live = new CausalContext();
        foreach (var i in Bits(copy.Live)) live.Add(DotOf(world.Writes[i]));
        var held = new CausalContext();
        copy.State.CollectDots(held);
        Law.Holds("no removed write is back and none is lost", live.Ranges.SequenceEqual(held.Ranges), $"{copy} holds {held}; the model says {live}");
        var summary = EncodedEntity.Inspect(Law.Row(copy.State, false));
        var isAlive = world.In(copy.Live, -1) != 0;
        Law.Holds("an entity is alive where a creation is in force", copy.State.IsAlive == isAlive && summary.IsAlive == isAlive, copy);
        Law.Holds("nothing is left where every write was deleted", summary.IsEmpty == (copy.Live == 0), copy);
        if (!isAlive) Law.Holds("a write concurrent with deletion is a conflict", summary.InConflict == (copy.Live != 0), copy);
        if (copy.Live == 0) Law.Same("a deletion leaves nothing behind", EncodedEntity.Empty.Span, Law.Row(copy.State, false));
        for (var i = 0; i < world.Subject.Fields.Count; i++) Check(world, copy, i, world.Subject.Fields[i]);
    }

    private static void Check(World world, Copy copy, int index, FieldSubject field)
    {
        var live = world.In(copy.Live, index);
        switch (field)
        {
            case IRegisterSubject register:
                Law.NoMismatch($"{copy}: the last write wins", register.Mismatch(copy.Entity, Winner(world, live), System.Numerics.BitOperations.PopCount(live)));
                break;
            case ISetSubject set:
                ulong choices = 0;
                foreach (var i in Bits(live)) choices |= 1ul << world.Writes[i].Choice;
                Law.NoMismatch($"{copy}: additions win", set.Mismatch(copy.Entity, choices));
                break;
            case CounterSubject counter:
                var sum = Bits(live).Sum(i => Sum(world, world.Writes[i].Carries));
                Law.Holds("a counter sums the writes in force", counter.Read(copy.Entity) == sum, $"{copy} reads {counter.Read(copy.Entity)}; the model says {sum}");
                if (!copy.HasGaps) NeverTwice(world, copy, index);
                if (world.HasDeletions || copy.HasGaps) break;
                // A dot brings the older increments of its writer with it, also where their own dots were lost on the way.
                ulong known = 0;
                foreach (var i in Bits(world.In(copy.Seen, index))) known |= world.Writes[i].Carries;
                var seen = Sum(world, known);
                Law.Holds("a counter has every increment once", counter.Read(copy.Entity) == seen, $"{copy} reads {counter.Read(copy.Entity)}; the model says {seen}");
                break;
        }
    }

    private static void NeverTwice(World world, Copy copy, int field)
    {
        ulong counted = 0;
        foreach (var write in Bits(world.In(copy.Live, field)))
        {
            Law.Holds("no increment counts twice", (counted & world.Writes[write].Carries) == 0, copy);
            counted |= world.Writes[write].Carries;
        }
    }

    private static long Sum(World world, ulong writes) => Bits(writes).Sum(i => CounterSubject.Amount(world.Writes[i].Choice));

    private static int? Winner(World world, ulong live) => live == 0
        ? null
        : Bits(live).Select(i => world.Writes[i]).MaxBy(write => (write.Stamp, write.Replica, write.Number)).Choice;

    private static Dot DotOf(ModelWrite write) => new(IdOf(write.Replica), write.Number);
}
