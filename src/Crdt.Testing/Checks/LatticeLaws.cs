using Crdt.Testing.Histories;
using Crdt.Testing.Subjects;

namespace Crdt.Testing.Checks;

/// <summary>Join is commutative, associative, idempotent and inflationary.</summary>
internal static class LatticeLaws
{
    public static void Check(History history, World world)
    {
        var (subject, samples) = (history.Subject, world.Samples);
        var (a, b, c) = (samples[0], samples[1], samples[^1]);
        var (ab, bc, ca) = (subject.Join(a, b), subject.Join(b, c), subject.Join(c, a));
        Same("join is commutative", ab, subject.Join(b, a));
        Same("join is commutative", ca, subject.Join(a, c));
        Same("join is associative", subject.Join(ab, c), subject.Join(a, bc));
        Same("join is associative", subject.Join(ca, b), subject.Join(c, ab));
        Same("join is idempotent", a, subject.Join(a, a));
        Same("join is idempotent", c, subject.Join(c, c));
        // The join is above both: joining either again changes nothing.
        Same("join is above its left side", ca, subject.Join(ca, c));
        Same("join is above its right side", ca, subject.Join(ca, a));
    }

    private static void Same(string law, Sample expected, Sample actual) => Law.Same(law, expected.Bytes, actual.Bytes);
}
