using Crdt.Clocks;
using Crdt.Codec;
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
        var a = world.Samples[dice.Below(world.Samples.Length)];
        var b = world.Samples[dice.Below(world.Samples.Length)];
        var joined = history.Subject.Join(a, b);
        Law.Same("join of states with contexts", joined.RowWithContext, EncodedEntity.Join(a.RowWithContext, b.RowWithContext));
        AsTheEngineDoes(a, b, joined);
        if (world.Messages.Count > 0) AsEvent(history.Subject, a, world.Messages[dice.Below(world.Messages.Count)].Delta);
    }

    private static void AsTheEngineDoes(Sample a, Sample b, Sample joined)
    {
        var (contextA, contextB) = (a.State.Context, b.State.Context);
        Law.Same("join of rows under contexts", joined.Row, EncodedEntity.Join(a.Row, contextA, b.Row, contextB));
        if (VectorOf(contextA) is not { } vectorA || VectorOf(contextB) is not { } vectorB) return;
        Law.Same("join of rows under version vectors", joined.Row, EncodedEntity.Join(a.Row, vectorA, b.Row, vectorB));
        var vector = vectorA.Clone();
        vector.UnionWith(vectorB);
        Law.Holds("the joined context is the joined vector", VectorOf(joined.State.Context)!.Equals(vector));
    }

    private static void AsEvent(Subject subject, Sample row, byte[] encodedDelta)
    {
        Sample delta = new(subject.Decode(encodedDelta, null));
        ICausalContext context = VectorOf(row.State.Context) is { } vector ? vector : row.State.Context;
        var bytes = delta.RowWithContext;
        var applied = EncodedEntity.Join(row.Row, context, bytes, EncodedEntity.ContextOf(bytes));
        Law.Same("a delta with its own context joins a row", subject.Join(row, delta).Row, applied);
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
