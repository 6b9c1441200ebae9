using Crdt.Clocks;
using Crdt.Sync;
using Crdt.Sync.Events;
using Crdt.Sync.Truth;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Offline;

/// <summary>Events that nobody was told of become one where the later replaces what the earlier wrote.</summary>
public sealed class FoldingTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_counter_that_was_incremented_a_thousand_times_is_one_operation()
    {
        var (laptop, office) = await WithPeopleAsync(1);
        for (var i = 0; i < 1000; i++) await laptop.IncrementAsync(1);
        Assert.Equal(1, await laptop.WaitingAsync());
        await office.SyncAsync(laptop);
        Assert.Equal(1000, (await office.GetAsync<Person>(1))!.Stock);
    }

    [Fact]
    public async Task Counters_that_are_incremented_in_turns_stay_few_operations()
    {
        var (laptop, office) = await WithPeopleAsync(50);
        for (var i = 0; i < 2000; i++) await laptop.IncrementAsync(1 + (i % 50));
        Assert.InRange(await laptop.WaitingAsync(), 1, 60);
        await office.SyncAsync(laptop);
        Assert.Equal(40, (await office.GetAsync<Person>(7))!.Stock);
    }

    [Fact]
    public async Task Events_that_write_different_things_stay_apart()
    {
        var (laptop, _) = await WithPeopleAsync(3);
        await laptop.EditPersonAsync(1, person => person.Age = 1);
        await laptop.EditPersonAsync(1, person => person.Email = "a@x.org");
        await laptop.EditPersonAsync(2, person => person.Age = 1);
        Assert.Equal(3, await laptop.WaitingAsync());
    }

    [Fact]
    public async Task What_anybody_may_know_of_is_not_changed_any_more()
    {
        var (laptop, _) = await WithPeopleAsync(1);
        await laptop.IncrementAsync(1);
        await laptop.ShowAsync();
        await laptop.IncrementAsync(1);
        await laptop.IncrementAsync(1);
        Assert.Equal(2, await laptop.WaitingAsync());
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop");
        await laptop.IncrementAsync(1);
        Assert.Equal(2, await laptop.WaitingAsync());
        await laptop.ShowAsync();
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop");
        await laptop.IncrementAsync(1);
        Assert.Equal(3, await laptop.WaitingAsync());
    }

    [Fact]
    public async Task What_was_added_and_deleted_again_travels_as_nothing()
    {
        var (laptop, office) = await WithPeopleAsync(1);
        await laptop.EditAsync(tx => tx.Add<Person>(9).Email = new('x', 1000));
        await laptop.EditPersonAsync(9, person => person.Delete());
        var queued = await laptop.OfflineQueue.MeasureAsync();
        Assert.Equal(1, queued.Operations);
        Assert.InRange(queued.EstimatedBytes, 1, 200);
        await office.SyncAsync(laptop);
        Assert.Null(await office.GetAsync<Person>(9));
        Assert.Equal(await laptop.RootAsync(), await office.RootAsync());
    }

    [Fact]
    public async Task A_transaction_stays_whole_where_a_part_of_it_is_written_again()
    {
        var (laptop, office) = await WithPeopleAsync(3);
        await laptop.EditAsync(async tx =>
        {
            foreach (var id in new[] { 1, 2, 3 }) (await tx.GetAsync<Person>(id))!.Stock += 1;
        });
        await laptop.EditPersonAsync(2, person => person.Stock += 1);
        Assert.Equal(1, (await office.SyncAsync(laptop)).Received.Events);
        Assert.Equal(2, (await office.GetAsync<Person>(2))!.Stock);
        Assert.Equal(1, (await office.GetAsync<Person>(3))!.Stock);
    }

    [Fact]
    public void An_event_of_which_the_beginning_is_known_is_delivered_for_the_sake_of_the_rest()
    {
        var (origin, covered) = (new ReplicaId(1), new VersionVector());
        covered.Advance(origin, 2);
        var folded = EventCodec.Create("main", origin, 1, 4, default, new(), []);
        Assert.Equal([folded], new CausalDelivery(1 << 20).Deliver([folded], covered));
    }

    /// <summary>Two who have the same people, so that none of them is folded into.</summary>
    private async Task<(GraphReplica Laptop, GraphReplica Office)> WithPeopleAsync(int people)
    {
        var (laptop, office) = (await _scene.OpenAsync("laptop"), await _scene.OpenAsync("office"));
        await laptop.EditAsync(tx =>
        {
            for (var id = 1; id <= people; id++) tx.Add<Person>(id);
        });
        await office.SyncAsync(laptop);
        Assert.Equal(0, await laptop.WaitingAsync());
        return (laptop, office);
    }
}
