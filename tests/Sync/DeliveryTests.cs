using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Sync.Events;
using Crdt.Sync.Truth;

namespace Crdt.Tests.Sync;

/// <summary>Events that arrive in whatever order.</summary>
public sealed class DeliveryTests
{
    private static readonly ReplicaId Ann = new(1), Bob = new(2);

    [Fact]
    public void An_event_waits_for_what_it_depends_on()
    {
        var delivery = new CausalDelivery(1 << 20);
        var first = Event(Ann, 1, 2);
        var second = Event(Bob, 1, 1, (Ann, 2));
        var third = Event(Ann, 3, 3, (Ann, 2), (Bob, 1));
        Assert.Empty(delivery.Deliver([third, second], new()));
        Assert.Equal(2, delivery.Waiting);
        Assert.Equal([(Ann, 1UL), (Bob, 1UL), (Ann, 3UL)], delivery.Deliver([first], new()).Select(graphEvent => (graphEvent.Origin, graphEvent.First)));
        Assert.Equal(0, delivery.Waiting);
    }

    [Fact]
    public void What_is_covered_already_is_not_delivered_again()
    {
        var delivery = new CausalDelivery(1 << 20);
        var covered = new VersionVector();
        covered.Advance(Ann, 2);
        var next = Event(Ann, 3, 3, (Ann, 2));
        Assert.Equal([next], delivery.Deliver([Event(Ann, 1, 2), next, next], covered));
    }

    [Fact]
    public void A_waiting_event_that_came_another_way_meanwhile_is_dropped()
    {
        var delivery = new CausalDelivery(1 << 20);
        var late = Event(Ann, 3, 3, (Ann, 2));
        var lie = Event(Bob, 2, 2, (Ann, 99), (Bob, 1));
        Assert.Empty(delivery.Deliver([late, lie], new()));
        var covered = new VersionVector();
        covered.Advance(Ann, 3);
        covered.Advance(Bob, 2);
        Assert.Empty(delivery.Deliver([], covered));
        Assert.Equal(0, delivery.Waiting);
    }

    [Fact]
    public void What_waits_is_bounded()
    {
        var early = Event(Ann, 2, 2, (Ann, 1));
        var delivery = new CausalDelivery(early.Bytes.Length);
        Assert.Empty(delivery.Deliver([early, Event(Ann, 3, 3, (Ann, 2)), early], new()));
        Assert.Equal(1, delivery.Waiting);
    }

    /// <summary>Each event depends on all that its origin had seen. Whatever the order, all are delivered, after what they depend on.</summary>
    [Fact]
    public void Events_in_any_order_are_delivered_in_a_causal_one()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var history = History(random, replicas: 4, events: 40);
            var (delivery, vector, delivered) = (new CausalDelivery(1 << 20), new VersionVector(), 0);
            foreach (var frame in history.Concat(history).OrderBy(_ => random.Next()).Chunk(7))
            {
                foreach (var graphEvent in delivery.Deliver(frame, vector))
                {
                    Assert.True(vector.Covers(graphEvent.Dependencies), $"seed {seed}");
                    vector.Advance(graphEvent.Origin, graphEvent.Last);
                    delivered++;
                }
            }

            Assert.Equal((seed, history.Count, 0, 0L), (seed, delivered, delivery.Waiting, delivery.WaitingBytes));
        }
    }

    /// <summary>In time that grows with their number: it would be minutes if each were compared with each.</summary>
    [Fact]
    public void A_hundred_thousand_that_wait_are_delivered_when_the_first_comes()
    {
        const int count = 100_000;
        var delivery = new CausalDelivery(1 << 26);
        var late = Enumerable.Range(1, count).Select(i => Event(Ann, (ulong)i + 1, (ulong)i + 1, (Ann, (ulong)i))).Reverse();
        Assert.Empty(delivery.Deliver(late, new()));
        Assert.Equal(count, delivery.Waiting);
        Assert.Equal(count + 1, delivery.Deliver([Event(Ann, 1, 1)], new()).Count);
        Assert.Equal((0, 0L), (delivery.Waiting, delivery.WaitingBytes));
    }

    [Fact]
    public void What_comes_behind_a_dot_can_be_let_go()
    {
        var delivery = new CausalDelivery(1 << 20);
        Assert.Empty(delivery.Deliver([Event(Ann, 2, 3, (Ann, 1)), Event(Ann, 4, 4, (Ann, 3)), Event(Bob, 1, 1, (Ann, 3))], new()));
        delivery.DropAfter(new(Ann, 3));
        Assert.True(delivery.HasWaiting(new(Ann, 3)));
        Assert.False(delivery.HasWaiting(new(Ann, 4)));
        Assert.Equal([(Ann, 1UL), (Ann, 2UL), (Bob, 1UL)], delivery.Deliver([Event(Ann, 1, 1)], new()).Select(graphEvent => (graphEvent.Origin, graphEvent.First)));
    }

    private static List<GraphEvent> History(Random random, int replicas, int events)
    {
        var seen = Enumerable.Range(0, replicas).Select(_ => new VersionVector()).ToList();
        var history = new List<GraphEvent>();
        for (var i = 0; i < events; i++)
        {
            var writer = random.Next(replicas);
            if (random.Next(3) == 0) seen[writer].UnionWith(seen[random.Next(replicas)]);
            var (id, last) = (new ReplicaId((UInt128)(writer + 1)), seen[writer][new((UInt128)(writer + 1))]);
            history.Add(Event(id, last + 1, last + 1 + (ulong)random.Next(3), [.. seen[writer].Entries]));
            seen[writer].Advance(id, history[^1].Last);
        }

        return history;
    }

    private static GraphEvent Event(ReplicaId origin, ulong first, ulong last, params (ReplicaId, ulong)[] seen)
    {
        var dependencies = new VersionVector();
        foreach (var (replica, counter) in seen) dependencies.Advance(replica, counter);
        return EventCodec.Create("main", origin, first, last, new(1), dependencies, Array.Empty<EntityDelta>());
    }
}
