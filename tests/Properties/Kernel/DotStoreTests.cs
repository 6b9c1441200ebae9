using Crdt.Clocks;
using Crdt.Kernel;
using Crdt.Tests.Properties.Laws;

namespace Crdt.Tests.Properties.Kernel;

/// <summary>The joins of dot stores against their definition: (s ∩ s') ∪ (s \ c') ∪ (s' \ c).</summary>
public sealed class DotStoreTests
{
    private static readonly ReplicaId[] Replicas = [new(1), new(2)];

    [Fact]
    public void DotFun_joins_by_definition()
    {
        Cases.ForAll(Cases.From(dice => (A: Side(dice), B: Side(dice), Words: "two random sides")), sides =>
        {
            var (a, b) = (sides.A, sides.B);
            var removed = new List<Dot>();
            var joined = DotFun<int>.Join(Store(a.Held), a.Context, Store(b.Held), b.Context, removed);
            Law.Holds("join", Dots(joined).SetEquals(Defined(a, b)), sides);
            Law.Holds("removed", a.Held.Where(dot => !Defined(a, b).Contains(dot)).ToHashSet().SetEquals(removed), sides);
            foreach (var entry in joined.Entries) Law.Holds("payload", entry.Value == (int)entry.Key.Counter);
            var collected = new CausalContext();
            Store(a.Held).CollectDots(collected);
            Law.Holds("collected", b.Held.All(dot => collected.Contains(dot) == a.Held.Contains(dot)) && a.Held.All(collected.Contains), sides);
            Law.Holds("within", Dots(Store(a.Held).Within(b.Context)).SetEquals(a.Held.Where(b.Context.Contains)));
            Law.Holds("without", Dots(Store(a.Held).Without(b.Context)).SetEquals(a.Held.Where(dot => !b.Context.Contains(dot))));
        });
    }

    [Fact]
    public void DotMap_joins_by_definition_key_by_key()
    {
        Cases.ForAll(Cases.From(dice => (A: Side(dice), B: Side(dice), Words: "two random sides")), sides =>
        {
            var (a, b) = (sides.A, sides.B);
            var (mine, theirs) = (Map(a), Map(b));
            var removed = new List<Dot>();
            mine.Join(a.Context, theirs, b.Context, removed);
            var all = new HashSet<Dot>();
            foreach (var (key, dots) in mine.Entries)
            {
                Law.Holds("a key without dots is not there", !dots.IsEmpty);
                foreach (var entry in dots.Entries) Law.Holds("a dot stays under its key", KeyOf(entry.Key) == key && all.Add(entry.Key));
            }

            Law.Holds("join", all.SetEquals(Defined(a, b)), sides);
            Law.Holds("removed", a.Held.Where(dot => !all.Contains(dot)).ToHashSet().SetEquals(removed), sides);
        });
    }

    /// <summary>Contexts hold what their stores hold, as a rule; the join doesn't rely on it.</summary>
    [Fact]
    public void A_dot_that_both_hold_stays_once_whatever_the_contexts_say()
    {
        var (nothing, store) = (new CausalContext(), Store([new(Replicas[0], 1), new(Replicas[0], 2), new(Replicas[1], 1)]));
        Assert.Equal(store.Entries.ToArray(), DotFun<int>.Join(store, nothing, store, nothing).Entries.ToArray());
    }

    [Fact]
    public void With_keeps_dots_in_order_and_FromSorted_demands_it()
    {
        var store = default(DotFun<int>).With(new(Replicas[1], 1), 1).With(new(Replicas[0], 9), 9).With(new(Replicas[0], 2), 2);
        Assert.Equal([2, 9, 1], store.Entries.ToArray().Select(entry => entry.Value));
        var entries = store.Entries.ToArray();
        Assert.Equal(3, DotFun<int>.FromSorted(entries).Count);
        Assert.Throws<ArgumentException>(() => DotFun<int>.FromSorted([entries[1], entries[0]]));
        Assert.Throws<ArgumentException>(() => DotFun<int>.FromSorted([entries[1], entries[1]]));
    }

    private static HashSet<Dot> Defined((HashSet<Dot> Held, CausalContext Context) a, (HashSet<Dot> Held, CausalContext Context) b) =>
    [
        .. a.Held.Intersect(b.Held),
        .. a.Held.Where(dot => !b.Context.Contains(dot)),
        .. b.Held.Where(dot => !a.Context.Contains(dot)),
    ];

    private static (HashSet<Dot> Held, CausalContext Context) Side(Dice dice)
    {
        var held = new HashSet<Dot>();
        var context = new CausalContext();
        for (var i = dice.Below(24); i > 0; i--)
        {
            var dot = new Dot(Replicas[dice.Below(2)], (ulong)(1 + dice.Below(12)));
            context.Add(dot);
            if (dice.OneIn(2)) held.Add(dot);
        }

        return (held, context);
    }

    private static DotFun<int> Store(HashSet<Dot> held) =>
        DotFun<int>.FromSorted([.. held.Order().Select(dot => KeyValuePair.Create(dot, (int)dot.Counter))]);

    private static DotMap<int, Presence> Map((HashSet<Dot> Held, CausalContext Context) side)
    {
        var map = new DotMap<int, Presence>(EqualityComparer<int>.Default);
        foreach (var dot in side.Held) map[KeyOf(dot)] = map[KeyOf(dot)].With(dot, default);
        return map;
    }

    private static int KeyOf(Dot dot) => (int)(dot.Counter % 3);

    private static HashSet<Dot> Dots(DotFun<int> store) => [.. store.Entries.ToArray().Select(entry => entry.Key)];
}
