using Crdt.Sync;
using Crdt.Sync.Health;
using Crdt.Sync.Offline;
using Crdt.Sync.Sessions;
using Crdt.Sync.Storage;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Health;

/// <summary>What a replica says of itself, and what it tells those whose events it doesn't take.</summary>
public sealed class HealthTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_new_replica_has_nothing_to_report()
    {
        var health = await (await _scene.OpenAsync("laptop")).ReadHealthAsync();
        Assert.Equal((TimeSpan.Zero, default, null), (health.ClockLead, health.OfflineQueue, health.Projection));
        Assert.Empty(health.Held);
        Assert.Empty(health.Quarantined);
        Assert.All(health.Waiting.Values, waiting => Assert.Equal(default, waiting));
        Assert.Equal(["main", "places"], health.Waiting.Keys.Order());
    }

    [Fact]
    public async Task Who_is_ahead_is_told_and_keeps_what_was_held_back()
    {
        var fast = new MovableTime();
        var (office, laptop) = (await _scene.OpenAsync("office", time: fast), await _scene.OpenAsync("laptop"));
        await laptop.EditAsync(tx => tx.Add<Person>(9));
        await office.EditAsync(tx => tx.Add<Person>(1));
        await laptop.SyncAsync(office);
        fast.Advance(TimeSpan.FromMinutes(5));
        await office.EditAsync(tx => tx.Add<Person>(2));
        await office.EditAsync(tx => tx.Add<Person>(3));
        Assert.Equal(2, await office.WaitingAsync());
        for (var session = 1; session <= 2; session++)
        {
            var (mine, theirs) = await Poison.SyncBothAsync(laptop, office);
            Assert.Equal((2, 0), (mine.Held, mine.HeldByPeer));
            Assert.Equal((0, 2, 0L), (theirs.Held, theirs.HeldByPeer, theirs.SyncedOperations));
            Assert.Equal(2, await office.WaitingAsync());
        }

        Assert.Equal(new HeldOrigin(office.Id, 4, TimeSpan.FromMinutes(5)), Assert.Single((await laptop.ReadHealthAsync()).Held));
        Assert.Equal(TimeSpan.Zero, (await laptop.ReadHealthAsync()).ClockLead);
        _scene.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(2, (await Poison.SyncBothAsync(laptop, office)).Right.SyncedOperations);
        Assert.Equal(0, await office.WaitingAsync());
        _scene.Time.Advance(TimeSpan.FromMinutes(-3));
        Assert.Equal(TimeSpan.FromMinutes(3), (await laptop.ReadHealthAsync()).ClockLead);
    }

    /// <summary>Two copies of one store write under one id, so that the events of both have the same places.</summary>
    [Fact]
    public async Task A_peer_that_holds_something_else_after_the_same_events_is_reported_until_it_doesnt()
    {
        var disk = new InMemoryDisk();
        var third = await _scene.OpenAsync("third");
        var original = await _scene.OpenAsync("office", configure: options => options.UseMemory(disk));
        await original.EditAsync(tx => tx.Add<Person>(1));
        await original.SyncAsync(third);
        var clone = await _scene.OpenAsync("clone", configure: options => options.UseMemory(disk.Copy()));
        await original.EditPersonAsync(1, person => person.Email = "original");
        await clone.EditPersonAsync(1, person => person.Email = "clone");
        await original.SyncAsync(third);
        Assert.Empty((await third.ReadHealthAsync()).Diverged);
        for (var i = 0; i < 2; i++) await Assert.ThrowsAsync<SessionException>(() => clone.SyncAsync(third));
        foreach (var (replica, peer) in new[] { (third, clone), (clone, third) })
        {
            var diverged = Assert.Single((await replica.ReadHealthAsync()).Diverged);
            Assert.Equal(peer.Id, diverged.Replica);
            Assert.Contains("lane 'main' has applied the same events on both sides and holds different data", diverged.Reason, StringComparison.Ordinal);
        }

        await original.SyncAsync(third); // As if the clone had begun anew.
        Assert.Empty((await third.ReadHealthAsync()).Diverged);
    }

    [Fact]
    public async Task A_refused_event_of_ones_own_stays_in_the_queue()
    {
        var (own, _) = await _scene.WriteAsync("office", 21, 22);
        var office = await _scene.OpenAsync("office", own[0].Origin, own[0].Spoilt(), own[1]);
        var laptop = await _scene.OpenAsync("laptop");
        await laptop.EditAsync(tx => tx.Add<Person>(9));
        Assert.Equal(2, await office.WaitingAsync());
        var (mine, theirs) = await Poison.SyncBothAsync(laptop, office);
        Assert.Equal((2, 2, 0L), (mine.Refused, theirs.RefusedByPeer, theirs.SyncedOperations));
        Assert.Equal(2, (await office.ReadHealthAsync()).OfflineQueue.Operations);
    }

    [Fact]
    public async Task Events_that_wait_for_others_are_counted()
    {
        var (ann, _) = await _scene.WriteAsync("ann", 1, 2);
        var laptop = await _scene.OpenAsync("laptop");
        await laptop.EditAsync(tx => tx.Add<Person>(9));
        await laptop.SyncAsync(await _scene.OpenAsync("office", new(99), ann[1]));
        Assert.Equal(new WaitingEvents(1, ann[1].Bytes.Length), (await laptop.ReadHealthAsync()).Waiting["main"]);
    }

    [Fact]
    public async Task What_the_graph_database_refuses_is_listed_with_the_reason()
    {
        var broken = new BrokenProjection { IsMended = true };
        var laptop = await _scene.OpenAsync("laptop", projection: () => broken);
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        await laptop.ProjectedAsync();
        Assert.Equal((0L, null), await ShownAsync(laptop));
        broken.IsMended = false;
        await laptop.EditAsync(tx => tx.Add<Person>(2));
        await Assert.ThrowsAnyAsync<Exception>(() => laptop.ProjectedAsync().AsTask());
        var health = (await laptop.ReadHealthAsync()).Projection!;
        Assert.Equal((1L, "The disk of the graph database is full."), (health.Commits, health.Reason));
        Assert.Equal([Person.IdOf(2)], health.Entities!);
        broken.IsMended = true;
        await laptop.ProjectedAsync();
        Assert.Equal((0L, null), await ShownAsync(laptop));
    }

    private static async Task<(long, string?)> ShownAsync(GraphReplica replica)
    {
        var shown = (await replica.ReadHealthAsync()).Projection!;
        Assert.Empty(shown.Entities!);
        return (shown.Commits, shown.Reason);
    }
}
