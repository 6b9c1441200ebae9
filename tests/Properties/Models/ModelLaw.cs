using Crdt.Schema;

namespace Crdt.Tests.Properties.Models;

/// <summary>Every copy reads what a simple model says, which keeps all writes and all removals forever.</summary>
internal static class ModelLaw
{
    public static void Check(World world, Copy copy)
    {
        for (var i = 0; i < world.Subject.Fields.Count; i++)
        {
            var live = world.In(copy.Live, i);
            var field = copy.State.Fields[i];
            var expected = live == 0
                ? Reading.Of(world.Subject.New(null).Fields[i])
                : new FieldModel(world, world.Subject.Fields[i]).Read(live);
            var read = Reading.Of(field);
            if (!expected.SequenceEqual(read))
                throw Law.Broken($"{world.Subject.Fields[i].Name} reads as the model says", $"{copy} reads {string.Join(", ", read)}; the model says {string.Join(", ", expected)}");
            if (Sums(world.Subject.Fields[i].Kind)) Increments(world, copy, i, live);
        }
    }

    private static bool Sums(FieldKind kind) => kind is FieldKind.Counter or FieldKind.GrowOnlyCounter;

    // A dot brings the older increments of its writer with it, also where their own dots were lost on the way.
    private static void Increments(World world, Copy copy, int field, ulong live)
    {
        if (copy.HasGaps) return;
        ulong counted = 0;
        foreach (var i in World.Bits(live))
        {
            Law.Holds("no increment counts twice", (counted & world.Writes[i].Carries) == 0, copy);
            counted |= world.Writes[i].Carries;
        }

        if (world.HasRemovals) return;
        ulong known = 0;
        foreach (var i in World.Bits(world.In(copy.Seen, field))) known |= world.Writes[i].Carries;
        Law.Holds("every increment counts", counted == known, copy);
    }
}
