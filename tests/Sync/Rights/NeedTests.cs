using Crdt.Sync;
using Crdt.Sync.Distributed;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Rights;

/// <summary>What a replica was refused for want of rights comes to it by syncing, from whoever has some, and nobody calls for it.</summary>
public sealed class NeedTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Two_syncs_after_a_refusal_there_are_rights()
    {
        var (north, south) = await OpenAsync(stock: 10);
        await RefusedAsync(south, 3);
        await south.SyncAsync(north); // It asks, and the other one gives when it has heard of it.
        Assert.Equal(0, await RightsAsync(south));
        await south.SyncAsync(north);
        Assert.Equal((3, 7), (await RightsAsync(south), await RightsAsync(north)));
        await TakeAsync(south, 3);
        await south.SyncAsync(north);
        Assert.Equal((7, 0, 7), (await SeatsAsync(north), await RightsAsync(south), await RightsAsync(north)));
    }

    [Fact]
    public async Task One_can_ask_before_there_is_a_need()
    {
        var (north, south) = await OpenAsync(stock: 10);
        await south.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.AskForSeats(4));
        Assert.Equal(4, (await south.GetAsync<Kit>(1))!.SeatsRights.NeedOf(south.Id));
        await SyncAllAsync(north, south);
        Assert.Equal((4, 0), (await RightsAsync(south), (await south.GetAsync<Kit>(1))!.SeatsRights.NeedOf(south.Id)));
    }

    [Fact]
    public async Task Several_holders_give_in_proportion_and_together_what_is_needed()
    {
        var (north, south) = await OpenAsync(stock: 30);
        var west = await _scene.OpenAsync("west");
        await north.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.GiveSeats(west.Id, 10));
        await west.SyncAsync(north);
        await south.SyncAsync(north);
        await RefusedAsync(south, 6);
        await SyncAllAsync(north, south, west);
        var (given, ofNorth, ofWest) = (await RightsAsync(south), 20 - await RightsAsync(north), 10 - await RightsAsync(west));
        Assert.InRange(given, 6, 7); // Who has not heard of another's gift yet may give one more.
        Assert.Equal(given, ofNorth + ofWest);
        Assert.True(ofNorth > ofWest && ofWest > 0, $"The northern one gave {ofNorth}, the western one {ofWest}.");
    }

    [Fact]
    public async Task Where_two_need_some_the_smaller_need_is_served_and_giving_ends()
    {
        var (north, south) = await OpenAsync(stock: 5);
        await north.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.GiveSeats(south.Id, 2));
        await SyncAllAsync(north, south);
        await RefusedAsync(north, 9); // It lacks 6.
        await RefusedAsync(south, 3); // It lacks 1.
        await SyncAllAsync(north, south);
        Assert.Equal((2, 3), (await RightsAsync(north), await RightsAsync(south)));
        await RequireQuietAsync(north, south);
    }

    [Fact]
    public async Task A_hub_passes_wishes_and_gifts_on_and_takes_no_part()
    {
        var (north, south) = await OpenAsync(stock: 10);
        var hub = await _scene.OpenAsync("hub");
        await hub.SyncAsync(north);
        await RefusedAsync(south, 2);
        foreach (var replica in new[] { south, north, south }) await hub.SyncAsync(replica);
        Assert.Equal(0, await RightsAsync(south)); // The gift was made after the session with the northern one.
        foreach (var replica in new[] { north, south }) await hub.SyncAsync(replica);
        Assert.Equal((2, 0), (await RightsAsync(south), await RightsAsync(hub)));
    }

    [Fact]
    public async Task A_holder_that_never_comes_back_leaves_the_rest_to_the_others()
    {
        var (north, south) = await OpenAsync(stock: 20);
        var gone = await _scene.OpenAsync("gone");
        await north.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.GiveSeats(gone.Id, 10));
        await gone.SyncAsync(north);
        await south.SyncAsync(north);
        await RefusedAsync(south, 8);
        await SyncAllAsync(north, south);
        Assert.Equal(8, await RightsAsync(south)); // Half of what is left each time, which ends with the last unit.
        await RequireQuietAsync(north, south);
    }

    [Fact]
    public async Task Where_there_is_nothing_left_nothing_is_given_until_somebody_adds_some()
    {
        var (north, south) = await OpenAsync(stock: 2);
        await TakeAsync(north, 2);
        await RefusedAsync(south, 1);
        await SyncAllAsync(north, south);
        await RequireQuietAsync(north, south);
        Assert.Equal(0, await RightsAsync(south));
        await north.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.Seats += 5);
        await SyncAllAsync(north, south);
        Assert.Equal((1, 4), (await RightsAsync(south), await RightsAsync(north)));
    }

    [Fact]
    public async Task A_need_survives_a_restart_once_it_is_asked_for_and_a_gift_once_it_is_given()
    {
        var (north, south) = await OpenAsync(stock: 10);
        await RefusedAsync(south, 3);
        await south.SyncAsync(north);
        await _scene.CloseAsync(south);
        await _scene.CloseAsync(north);
        (north, south) = (await _scene.OpenAsync("north"), await _scene.OpenAsync("south"));
        await south.SyncAsync(north);
        Assert.Equal(3, await RightsAsync(south));
    }

    [Fact]
    public async Task An_open_transaction_and_a_deleted_entity_stop_no_session()
    {
        var (north, south) = await OpenAsync(stock: 10);
        await RefusedAsync(south, 3);
        await using (var open = await south.BeginAsync()) await south.SyncAsync(north); // It can't ask now, and does so with the next one.
        await SyncAllAsync(north, south);
        Assert.Equal(3, await RightsAsync(south));
        await RefusedAsync(south, 9);
        await south.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.Delete());
        await SyncAllAsync(north, south);
        Assert.Null(await south.GetAsync<Kit>(1));
        await RequireQuietAsync(north, south);
    }

    [Fact]
    public async Task What_is_reserved_is_given_when_it_is_free_again()
    {
        await using var meeting = new Distributed.Meeting();
        var (north, south) = (await meeting.OpenAsync("north"), await meeting.OpenAsync("south"));
        await north.EditAsync(tx => tx.Add<Kit>(1).Seats += 10);
        await south.SyncAsync(north);
        await RefusedAsync(south, 3);
        await meeting.ConnectAsync(north, south);
        await using (var transaction = await north.BeginDistributedAsync())
        {
            transaction.Increment(Crdt.Entities.EntityId.Node(Kit.EntityType, 1), "Seats", -1);
            await transaction.PrepareAsync([south.Id]);
            await south.SyncAsync(north); // Neither can write now.
            await transaction.AbortAsync();
        }

        await Distributed.Meeting.EventuallyAsync(() => south.InDoubt.Count + north.InDoubt.Count == 0);
        await RefusedAsync(south, 3);
        await SyncAllAsync(north, south);
        Assert.Equal(3, await RightsAsync(south));
    }

    private async Task<(GraphReplica North, GraphReplica South)> OpenAsync(long stock)
    {
        var (north, south) = (await _scene.OpenAsync("north"), await _scene.OpenAsync("south"));
        await north.EditAsync(tx => tx.Add<Kit>(1).Seats += stock);
        await south.SyncAsync(north);
        return (north, south);
    }

    private static Task TakeAsync(GraphReplica replica, long amount) => replica.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.Seats -= amount);

    private static Task RefusedAsync(GraphReplica replica, long amount) => Assert.ThrowsAsync<InsufficientRightsException>(() => TakeAsync(replica, amount));

    private static async Task<long> RightsAsync(GraphReplica replica) => (await replica.GetAsync<Kit>(1))!.SeatsRights.Of(replica.Id);

    private static async Task<long> SeatsAsync(GraphReplica replica) => (await replica.GetAsync<Kit>(1))!.Seats;

    /// <summary>Syncs the first with each of the others until nothing moves any more.</summary>
    private static async Task SyncAllAsync(params GraphReplica[] replicas)
    {
        for (var round = 0; round < 8; round++)
        {
            foreach (var other in replicas.Skip(1)) await replicas[0].SyncAsync(other);
        }
    }

    /// <summary>Without anything new, sessions write nothing.</summary>
    private static async Task RequireQuietAsync(GraphReplica one, GraphReplica other)
    {
        var before = (one.VectorOf(), other.VectorOf());
        for (var round = 0; round < 3; round++) await one.SyncAsync(other);
        Assert.True(before.Item1.Covers(one.VectorOf()) && before.Item2.Covers(other.VectorOf()), "Something was written.");
    }
}
