using Crdt.Codec;
using Crdt.Types.Counters;
using Crdt.Types.Maps;
using static Crdt.Tests.Vectors.Catalog.Made;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>Counters, alone and under the keys of a map.</summary>
internal static class CounterVectors
{
    public static IEnumerable<Vector> All() => [.. Counters(), .. GrowOnly(), .. Maps(), .. Bounded()];

    private static IEnumerable<Vector> Counters()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Stock);
        state.Get<Counter>("Stock").Add(5);
        state.Get<Counter>("Stock").Add(-300);
        yield return Entity("counter", "A adds 5 and subtracts 300; one dot has both totals.", Subjects.Stock, state);
        var other = stage.Copy(Subjects.Stock, state, 'B');
        other.Get<Counter>("Stock").Add(long.MaxValue);
        state.Get<Counter>("Stock").Add(1);
        state.Join(other);
        yield return Entity("counter of two replicas", "B adds 2^63-1 while A adds 1.", Subjects.Stock, state);
    }

    private static IEnumerable<Vector> GrowOnly()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Views);
        var other = stage.Copy(Subjects.Views, state, 'C');
        state.Get<GrowOnlyCounter>("Views").Add(127);
        yield return Entity("grow-only counter", "A adds 127.", Subjects.Views, state);
        other.Get<GrowOnlyCounter>("Views").Add(128);
        state.Join(other);
        yield return Entity("grow-only counter of two replicas", "C adds 128 concurrently.", Subjects.Views, state);
    }

    private static IEnumerable<Vector> Bounded()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Seats);
        var seats = state.Get<BoundedCounter>("Seats");
        seats.Add(300);
        yield return Entity("bounded counter", "A adds 300, from a bound of -2.", Subjects.Seats, state);
        var other = stage.Copy(Subjects.Seats, state, 'B');
        seats.Give(Stage.C, 1);
        seats.Give(Stage.B, 200);
        other.Join(state);
        other.Get<BoundedCounter>("Seats").Add(-150);
        seats.Add(-99);
        state.Join(other);
        yield return Entity("bounded counter of two replicas", "A gives 1 to C and 200 to B, which takes 150 away while A takes the 99 that it has left.", Subjects.Seats, state);
        var wishing = stage.Copy(Subjects.Seats, state, 'C');
        wishing.Get<BoundedCounter>("Seats").Ask(300);
        wishing.Join(state);
        yield return Entity("bounded counter with a wish", "C, which was given 1, asks for 300 more: it wants to hold 301.", Subjects.Seats, wishing);
        state.Delete();
        yield return Entity("bounded counter of a deleted entity", "A deletes the entity: the counter is kept.", Subjects.Seats, state);
    }

    private static IEnumerable<Vector> Maps()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Votes);
        var votes = state.Get<CounterMap<int, Int32Codec>>("Votes");
        votes.Add(3, 1);
        votes.Add(-70, -2);
        votes.Add(3, 4);
        yield return Entity("map of counters", "A adds 1 and then 4 under the key 3, and subtracts 2 under -70.", Subjects.Votes, state);
        var other = stage.Copy(Subjects.Votes, state, 'B');
        other.Get<CounterMap<int, Int32Codec>>("Votes").Add(3, 10);
        votes.Remove(3);
        state.Join(other);
        yield return Entity("map of counters after a removal", "A removes the key 3 while B adds 10 under it: B's total stays.", Subjects.Votes, state);
    }
}
