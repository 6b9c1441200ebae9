using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Testing.Histories;
using Crdt.Testing.Subjects;

namespace Crdt.Testing.Checks;

/// <summary>The join over bytes gives what the join over objects gives, byte for byte.</summary>
internal static class EncodedJoinLaws
{
    public static void Check(History history, World world)
    {
        var dice = history.Dice();
        var a = world.Copies[dice.Below(world.Copies.Count)].State;
        var b = world.Copies[dice.Below(world.Copies.Count)].State;
        var joined = history.Subject.Join(a, b);
        Law.Same("join of states with contexts", Law.Row(joined, true), EncodedEntity.Join(Law.Row(a, true), Law.Row(b, true)));
        AsTheEngineDoes(a, b, joined);
        if (world.Messages.Count > 0) AsEvent(history.Subject, a, world.Messages[dice.Below(world.Messages.Count)].Delta);
    }

    private static void AsTheEngineDoes(EntityState a, EntityState b, EntityState joined)
    {
        var (rowA, rowB, row) = (Law.Row(a, false), Law.Row(b, false), Law.Row(joined, false));
        Law.Same("join of rows under contexts", row, EncodedEntity.Join(rowA, a.Context, rowB, b.Context));
        if (VectorOf(a.Context) is not { } vectorA || VectorOf(b.Context) is not { } vectorB) return;
        Law.Same("join of rows under version vectors", row, EncodedEntity.Join(rowA, vectorA, rowB, vectorB));
        var vector = vectorA.Clone();
        vector.UnionWith(vectorB);
        Law.Holds("the joined context is the joined vector", VectorOf(joined.Context)!.Equals(vector));
    }

    private static void AsEvent(Subject subject, EntityState row, byte[] encodedDelta)
    {
        var delta = subject.Decode(encodedDelta, null);
        ICausalContext context = VectorOf(row.Context) is { } vector ? vector : row.Context;
        var bytes = Law.Row(delta, true);
        var applied = EncodedEntity.Join(Law.Row(row, false), context, bytes, EncodedEntity.ContextOf(bytes));
        Law.Same("a delta with its own context joins a row", Law.Row(subject.Join(row, delta), false), applied);
    }

    /// <summary>A context without gaps as a vector; null where it has gaps.</summary>
    private static VersionVector? VectorOf(CausalContext context)
    {
        var vector = new VersionVector();
        foreach (var range in context.Ranges)
        {
            if (range.First != 1) return null;
            vector.Advance(range.Replica, range.Last);
        }

        return vector;
    }
}
