using Crdt.Sync;
using Crdt.Sync.Offline;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Offline;

/// <summary>What is written while there is no peer waits, in order, until there is one.</summary>
public sealed class OfflineQueueTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Three_operations_wait_and_are_synced_without_a_conflict()
    {
        var (laptop, office) = await SyncedPairAsync();
        await laptop.GoOfflineAsync();
        await laptop.EditAsync(tx => tx.Add<Person>(3).Email = "bob@x.org");
        await laptop.EditAsync(tx => tx.Connect<Knows>(Person.IdOf(1), Person.IdOf(2)));
        await laptop.EditPersonAsync(1, ann => ann.Email = "active");
        var queued = await laptop.OfflineQueue.MeasureAsync();
        Assert.Equal(3, queued.Operations);
        Assert.InRange(queued.EstimatedBytes, 1, 1024 * 1024);

        await laptop.GoOnlineAsync();
        var result = await laptop.SyncOfflineChangesAsync(office);

        Assert.Equal(3, result.SyncedOperations);
        Assert.Equal(new QueuedOperations(0, 0), await laptop.OfflineQueue.MeasureAsync());
        Assert.Equal("active", (await office.GetAsync<Person>(1))!.Email);
        Assert.Equal(await laptop.RootAsync(), await office.RootAsync());
    }

    [Fact]
    public async Task A_write_made_online_wins_over_one_made_offline_although_it_is_earlier()
    {
        var (laptop, office) = await SyncedPairAsync();
        await laptop.EditAsync(tx => tx.Add<Account>(1).Status = "active");
        await laptop.SyncAsync(office);
        await office.EditAsync(async tx => (await tx.GetAsync<Account>(1))!.Status = "banned");
        _scene.Time.Advance(TimeSpan.FromMinutes(5));
        await laptop.GoOfflineAsync();
        await laptop.EditAsync(async tx => (await tx.GetAsync<Account>(1))!.Status = "inactive");
        await laptop.GoOnlineAsync();
        await laptop.SyncOfflineChangesAsync(office);
        Assert.Equal("banned", (await laptop.GetAsync<Account>(1))!.Status);
        Assert.Equal("banned", (await office.GetAsync<Account>(1))!.Status);
    }

    [Fact]
    public async Task What_is_declared_and_what_waits_outlast_a_restart()
    {
        var laptop = await _scene.OpenAsync("laptop");
        await laptop.GoOfflineAsync();
        for (var id = 1; id <= 3; id++) await AddAsync(laptop, id);
        var queued = await laptop.OfflineQueue.MeasureAsync();
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop");
        Assert.True(laptop.IsOffline);
        Assert.Equal(queued, await laptop.OfflineQueue.MeasureAsync());
        await laptop.GoOnlineAsync();
        await laptop.SyncAsync(await _scene.OpenAsync("office"));
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop");
        Assert.False(laptop.IsOffline);
        Assert.Equal(0, await laptop.WaitingAsync());
    }

    [Fact]
    public async Task At_the_limit_a_commit_is_refused_and_nothing_is_lost()
    {
        var laptop = await LimitedAsync(OfflineQueueFull.Refuse);
        var refused = await Assert.ThrowsAsync<OfflineQueueFullException>(() => AddAsync(laptop, 4));
        Assert.Equal(3, refused.Capacity);
        Assert.Equal(3, await laptop.WaitingAsync());
        Assert.Null(await laptop.GetAsync<Person>(4));
        await laptop.SyncAsync(await _scene.OpenAsync("office"));
        await AddAsync(laptop, 4);
        Assert.Equal(1, await laptop.WaitingAsync());
    }

    [Fact]
    public async Task Online_there_is_no_limit()
    {
        var laptop = await LimitedAsync(OfflineQueueFull.Refuse);
        await laptop.GoOnlineAsync();
        await AddAsync(laptop, 4);
        Assert.Equal(4, await laptop.WaitingAsync());
        await laptop.GoOfflineAsync();
        await Assert.ThrowsAsync<OfflineQueueFullException>(() => AddAsync(laptop, 5));
    }

    [Fact]
    public async Task A_commit_that_waits_for_room_goes_on_once_a_peer_has_what_was_queued()
    {
        var (laptop, office) = (await LimitedAsync(OfflineQueueFull.Wait), await _scene.OpenAsync("office"));
        var waiting = AddAsync(laptop, 4);
        await Task.Delay(20);
        Assert.False(waiting.IsCompleted);
        await laptop.SyncAsync(office);
        await waiting;
        Assert.Equal(1, await laptop.WaitingAsync());
    }

    [Fact]
    public async Task A_commit_that_waits_for_room_goes_on_once_the_replica_is_online()
    {
        var laptop = await LimitedAsync(OfflineQueueFull.Wait);
        var waiting = AddAsync(laptop, 4);
        await Task.Delay(20);
        Assert.False(waiting.IsCompleted);
        await laptop.GoOnlineAsync();
        await waiting;
        Assert.Equal(4, await laptop.WaitingAsync());
    }

    [Fact]
    public async Task A_commit_that_waits_for_room_can_be_cancelled_and_does_not_keep_a_replica_open()
    {
        var laptop = await LimitedAsync(OfflineQueueFull.Wait);
        await using (var transaction = await laptop.BeginAsync())
        {
            transaction.Add<Person>(4);
            using var patience = new CancellationTokenSource(20);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transaction.CommitAsync(patience.Token).AsTask());
        }

        var waiting = AddAsync(laptop, 5);
        await _scene.CloseAsync(laptop);
        await Assert.ThrowsAsync<OfflineQueueFullException>(() => waiting);
        laptop = await _scene.OpenAsync("laptop");
        Assert.Equal(3, await laptop.WaitingAsync());
    }

    [Fact]
    public async Task Trap_8_a_session_that_breaks_leaves_in_the_queue_what_the_peer_has_not_confirmed()
    {
        var (laptop, office) = await SyncedPairAsync();
        await AddAsync(laptop, 3);
        Assert.Equal(1, await laptop.WaitingAsync());
        var (here, there) = InMemoryTransport.CreatePair();
        // Hello, introduction, and then the events, which don't arrive.
        var broken = new HookedTransport(here, (frame, _) => frame == 2 ? throw new IOException("The way broke.") : Task.CompletedTask);
        var other = Assert.ThrowsAnyAsync<Exception>(() => office.SyncAsync(there));
        await Assert.ThrowsAsync<IOException>(() => laptop.SyncAsync(broken));
        await here.DisposeAsync();
        await other;
        Assert.Equal(1, await laptop.WaitingAsync());
        Assert.Equal(1, (await laptop.SyncOfflineChangesAsync(office)).SyncedOperations);
    }

    [Fact]
    public async Task What_a_peer_got_through_another_leaves_the_queue_as_well()
    {
        var (laptop, office) = await SyncedPairAsync();
        var phone = await _scene.OpenAsync("phone");
        await AddAsync(laptop, 3);
        Assert.Equal(1, await laptop.WaitingAsync());
        await laptop.SyncAsync(office);
        await phone.SyncAsync(office);
        await AddAsync(laptop, 4);
        await AddAsync(laptop, 5);
        Assert.Equal(2, (await laptop.SyncOfflineChangesAsync(phone)).SyncedOperations);
        Assert.Equal(0, (await laptop.SyncOfflineChangesAsync(phone)).SyncedOperations);
    }

    [Fact]
    public async Task Changes_are_not_synced_while_the_replica_says_it_is_offline()
    {
        var (laptop, office) = await SyncedPairAsync();
        await laptop.GoOfflineAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => laptop.SyncOfflineChangesAsync(office));
    }

    private static Task AddAsync(GraphReplica replica, long id) => replica.EditAsync(tx => tx.Add<Person>(id).Email = $"{id}@x.org");

    private async Task<GraphReplica> LimitedAsync(OfflineQueueFull whenFull)
    {
        var laptop = await _scene.OpenAsync("laptop", configure: options => (options.OfflineQueueCapacity, options.WhenOfflineQueueIsFull) = (3, whenFull));
        await laptop.GoOfflineAsync();
        for (var id = 1; id <= 3; id++) await AddAsync(laptop, id);
        return laptop;
    }

    private async Task<(GraphReplica Laptop, GraphReplica Office)> SyncedPairAsync()
    {
        var (laptop, office) = (await _scene.OpenAsync("laptop"), await _scene.OpenAsync("office"));
        await office.EditAsync(tx =>
        {
            tx.Add<Person>(1);
            tx.Add<Person>(2);
        });
        await laptop.SyncAsync(office);
        return (laptop, office);
    }
}
