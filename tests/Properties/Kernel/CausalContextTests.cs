using Crdt.Clocks;
using Crdt.Kernel;
using Crdt.Tests.Properties.Laws;
using FsCheck;

namespace Crdt.Tests.Properties.Kernel;

/// <summary>Contexts and vectors against plain sets of dots.</summary>
public sealed class CausalContextTests
{
    private static readonly ReplicaId[] Replicas = [new(1), new(2), new(UInt128.MaxValue)];

    [Fact]
    public void A_context_is_the_set_of_dots_that_were_added()
    {
        Cases.ForAll(Ranges(), ranges =>
        {
            var (context, model) = Both(ranges);
            Same(context, model);
            for (var i = 0; i < 3; i++)
            {
                for (ulong n = 1; n <= 26; n++) Law.Holds("contains", context.Contains(new(Replicas[i], n)) == model.Contains((i, n)), (i, n));
            }
        });
    }

    [Fact]
    public void Union_and_difference_are_those_of_sets()
    {
        Cases.ForAll(Ranges(), ranges =>
        {
            var half = ranges.Length / 3;
            var (a, modelA) = Both(ranges[..half]);
            var (b, modelB) = Both(ranges[half..]);
            var news = new CausalContext();
            a.CollectMissing(b, news);
            Same(news, [.. modelB.Except(modelA)]);
            var union = a.Clone();
            union.UnionWith(b);
            Same(union, [.. modelA.Union(modelB)]);
            Same(a, modelA);
            union.UnionWith(union);
            Same(union, [.. modelA.Union(modelB)]);
            var dots = modelB.Select(dot => new Dot(Replicas[dot.Replica], dot.Number)).ToList();
            a.AddAll(dots);
            Same(a, [.. modelA.Union(modelB)]);
        });
    }

    [Fact]
    public void A_clone_and_what_it_was_made_of_change_apart()
    {
        Cases.ForAll(Ranges(), ranges =>
        {
            var (original, model) = Both(ranges);
            var (first, second) = (original.Clone(), original.Clone());
            var added = new Dot(Replicas[2], 30);
            first.Add(added);
            Same(original, model);
            original.Add(added);
            Same(second, model);
            second.Clear();
            Law.Holds("nothing is left", second.IsEmpty);
            Same(first, [.. model, (2, 30)]);
            Same(original, [.. model, (2, 30)]);
        });
    }

    [Fact]
    public void A_vector_is_a_context_without_gaps()
    {
        Cases.ForAll(Ranges(), ranges =>
        {
            var (a, b) = (new VersionVector(), new VersionVector());
            foreach (var (replica, _, last) in ranges[..(ranges.Length / 2)]) a.Advance(Replicas[replica], last);
            foreach (var (replica, first, _) in ranges[(ranges.Length / 2)..]) b.Advance(Replicas[replica], first);
            (ReplicaId, ulong)[] before = [.. a.Entries];
            var union = a.Clone();
            union.UnionWith(b);
            Law.Holds("a clone changes apart", a.Entries.SequenceEqual(before));
            var context = new CausalContext();
            context.UnionWith(a);
            context.UnionWith(b);
            foreach (var replica in Replicas)
            {
                Law.Holds("the maximum", union[replica] == Math.Max(a[replica], b[replica]));
                for (ulong n = 1; n <= 26; n++) Law.Holds("contains", union.Contains(new(replica, n)) == context.Contains(new(replica, n)));
            }

            var same = union.Clone();
            same.Advance(new(3), 0);
            Law.Holds("a number of 0 is nothing seen", same.Equals(union));
            Law.Holds("a union covers both", union.Covers(a) && union.Covers(b));
            Law.Holds("covering each other is equality", (a.Covers(b) && b.Covers(a)) == a.Equals(b));
            Law.Holds("equal vectors have equal hash codes", !a.Equals(b) || a.GetHashCode() == b.GetHashCode());
            Law.Holds("entries ascend", union.Entries.SequenceEqual(union.Entries.OrderBy(entry => entry.Replica)));
        });
    }

    [Fact]
    public void A_range_alone_is_the_context_of_its_numbers()
    {
        var range = new DotRange(Replicas[1], 3, 5);
        ulong[] seen = [.. Enumerable.Range(1, 7).Select(n => (ulong)n).Where(n => range.Contains(new(Replicas[1], n)))];
        Assert.Equal([3, 4, 5], seen);
        Assert.False(range.Contains(new(Replicas[0], 4)));
        Assert.False(range.Contains(new(Replicas[2], 4)));
    }

    [Fact]
    public void Ranges_reach_to_the_last_number()
    {
        var context = new CausalContext();
        context.Add(new DotRange(Replicas[0], ulong.MaxValue, ulong.MaxValue));
        context.Add(new DotRange(Replicas[0], 1, 1));
        context.Add(new DotRange(Replicas[0], 2, ulong.MaxValue - 1));
        Assert.Equal([new DotRange(Replicas[0], 1, ulong.MaxValue)], context.Ranges.ToArray());
        var news = new CausalContext();
        context.CollectMissing(context.Clone(), news);
        Assert.True(news.IsEmpty);
        new CausalContext().CollectMissing(context, news);
        Assert.Equal(context.Ranges.ToArray(), news.Ranges.ToArray());
        Assert.Throws<ArgumentException>(() => context.Add(new DotRange(Replicas[0], 0, 1)));
        Assert.Throws<ArgumentException>(() => context.Add(new DotRange(Replicas[0], 2, 1)));
    }

    private static (CausalContext Context, HashSet<(int Replica, ulong Number)> Model) Both((int Replica, ulong First, ulong Last)[] ranges)
    {
        var context = new CausalContext();
        var model = new HashSet<(int, ulong)>();
        foreach (var (replica, first, last) in ranges)
        {
            context.Add(new DotRange(Replicas[replica], first, last));
            for (var n = first; n <= last; n++) model.Add((replica, n));
        }

        return (context, model);
    }

    /// <summary>The same dots, in the one list of ranges that is canonical for them.</summary>
    private static void Same(CausalContext context, HashSet<(int Replica, ulong Number)> model)
    {
        var expected = new List<DotRange>();
        foreach (var (replica, number) in model.Order())
        {
            var id = Replicas[replica];
            if (expected.Count > 0 && expected[^1].Replica == id && expected[^1].Last == number - 1) expected[^1] = expected[^1] with { Last = number };
            else expected.Add(new(id, number, number));
        }

        Law.Holds("canonical ranges", context.Ranges.SequenceEqual(expected.ToArray()), $"{context} is not {string.Join(", ", expected)}");
    }

    private static Arbitrary<(int Replica, ulong First, ulong Last)[]> Ranges() => Cases.From(
        dice =>
        {
            var ranges = new (int, ulong, ulong)[dice.Below(30)];
            for (var i = 0; i < ranges.Length; i++)
            {
                var first = (ulong)(1 + dice.Below(24));
                ranges[i] = (dice.Below(3), first, first + (ulong)(dice.OneIn(3) ? dice.Below(6) : 0));
            }

            return ranges;
        },
        ranges => Enumerable.Range(0, ranges.Length).Select(i => (ranges[..i].Concat(ranges[(i + 1)..])).ToArray()));
}
