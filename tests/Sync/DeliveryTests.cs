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
        Assert.Empty(delivery.Deliver([late], new()));
        var covered = new VersionVector();
        covered.Advance(Ann, 3);
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

    private static GraphEvent Event(ReplicaId origin, ulong first, ulong last, params (ReplicaId, ulong)[] seen)
    {
        var dependencies = new VersionVector();
        foreach (var (replica, counter) in seen) dependencies.Advance(replica, counter);
        return EventCodec.Create("main", origin, first, last, new(1), dependencies, Array.Empty<EntityDelta>());
    }
}
