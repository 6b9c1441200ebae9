using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Types.Counters;
using Crdt.Types.Lists;
using Crdt.Types.Maps;
using Crdt.Types.Registers;
using Crdt.Types.Sets;
using static Crdt.Tests.Vectors.Catalog.Made;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>What two states become together.</summary>
internal static class JoinVectors
{
    public static IEnumerable<Vector> All() => [.. Liveness(), .. Several(), .. Keyed(), .. Events(), .. Bounded()];

    private static IEnumerable<Vector> Liveness()
    {
        var stage = new Stage();
        var (a, c) = (stage.Create(Subjects.Liveness), stage.Create(Subjects.Liveness, 'C'));
        yield return Join("two creations", "A and C create the entity concurrently.", Subjects.Liveness, a, c);
        yield return Join("with itself", "A state and the same state.", Subjects.Liveness, a, a);
        yield return Join("with nothing", "A state and one that has seen nothing.", Subjects.Liveness, a, Subjects.Liveness.New(null));
        var deleted = stage.Copy(Subjects.Liveness, a, 'B');
        deleted.Delete();
        yield return Join("a deletion", "B deletes what A created: no dot is left.", Subjects.Liveness, a, deleted);
    }

    private static IEnumerable<Vector> Several()
    {
        var stage = new Stage();
        var a = stage.Create(Subjects.Several);
        Write(a, "from A", 3, "x");
        var b = stage.Copy(Subjects.Several, a, 'B');
        Write(b, "from B", -7, "y");
        yield return Join("newer with older", "B has seen all of A's writes, overwrites the name, and adds to the rest.", Subjects.Several, a, b);
        a.Get<OrSet<string, TextCodec>>("Tags").Remove("x");
        Write(a, "again", 10, "z");
        yield return Join("concurrent writes", "A removes \"x\" and writes everything anew, without having seen B.", Subjects.Several, a, b);
        var c = stage.Copy(Subjects.Several, a, 'C');
        c.Delete();
        yield return Join("a deletion and concurrent writes", "C deletes what A wrote, while B's writes stay hidden.", Subjects.Several, b, c);
    }

    private static IEnumerable<Vector> Bounded()
    {
        var stage = new Stage();
        var a = stage.Create(Subjects.Seats);
        a.Get<BoundedCounter>("Seats").Add(10);
        a.Get<BoundedCounter>("Seats").Give(Stage.B, 4);
        var b = stage.Copy(Subjects.Seats, a, 'B');
        a.Delete();
        b.Get<BoundedCounter>("Seats").Add(-3);
        yield return Join("a deletion and rights that are used meanwhile", "A gives 4 of 10 to B and deletes the entity, while B takes 3 away: the counter is kept.", Subjects.Seats, a, b);
    }

    private static IEnumerable<Vector> Keyed()
    {
        var stage = new Stage();
        var a = stage.Create(Subjects.Votes);
        a.Get<CounterMap<int, Int32Codec>>("Votes").Add(1, 5);
        a.Get<CounterMap<int, Int32Codec>>("Votes").Add(2, 6);
        var b = stage.Copy(Subjects.Votes, a, 'B');
        b.Get<CounterMap<int, Int32Codec>>("Votes").Add(1, 50);
        b.Get<CounterMap<int, Int32Codec>>("Votes").Remove(2);
        b.Get<CounterMap<int, Int32Codec>>("Votes").Add(3, 7);
        a.Get<CounterMap<int, Int32Codec>>("Votes").Remove(1);
        yield return Join("maps of counters", "A removes the key 1, while B adds to 1, removes 2 and adds 3.", Subjects.Votes, a, b);

        a = stage.Create(Subjects.Steps);
        a.Get<OrderedList<string, TextCodec>>("Steps").Add("a");
        b = stage.Copy(Subjects.Steps, a, 'B');
        a.Get<OrderedList<string, TextCodec>>("Steps").Add("b");
        b.Get<OrderedList<string, TextCodec>>("Steps").Insert(0, "c");
        b.Get<OrderedList<string, TextCodec>>("Steps")[1] = "d";
        yield return Join("lists", "A appends \"b\" behind \"a\", while B inserts \"c\" in front and makes \"a\" \"d\".", Subjects.Steps, a, b);
    }

    private static IEnumerable<Vector> Events()
    {
        var stage = new Stage();
        var a = stage.Create(Subjects.Several);
        Write(a, "from A", 3, "x");
        var row = Subjects.Several.Decode(a.Encode(), null);
        a.TakeDelta();
        Write(a, "again", 1, "y");
        a.Get<OrSet<string, TextCodec>>("Tags").Remove("x");
        var delta = a.TakeDelta();
        yield return Apply("an event onto its row", "A delta of A that overwrites, adds and removes, onto the row that it builds on.", Subjects.Several, row, VectorOf(row), delta);
        a.Delete();
        var vector = VectorOf(a);
        yield return Apply("an event that deletes", "A delta of A's deletion, onto a row without it.", Subjects.Several, Subjects.Several.Decode(delta, null), vector, a.TakeDelta());
        yield return Apply("an event onto no row", "A delta onto the empty row of a replica that has seen nothing.", Subjects.Several, Subjects.Several.New(null), new(), delta);
    }

    private static void Write(EntityState state, string name, long change, string tag)
    {
        state.Get<LwwRegister<string, TextCodec>>("Name").Value = name;
        state.Get<Counter>("Stock").Add(change);
        state.Get<OrSet<string, TextCodec>>("Tags").Add(tag);
        state.Get<OrMap<string, TextCodec, string, TextCodec>>("Labels")[tag] = name;
    }

    private static VersionVector VectorOf(EntityState state)
    {
        var vector = new VersionVector();
        foreach (var range in state.Context.Ranges) vector.Advance(range.Replica, range.Last);
        return vector;
    }
}
