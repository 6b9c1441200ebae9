using Crdt.Sync;
using Crdt.Sync.Offline;
using Crdt.Sync.Storage;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Offline;

/// <summary>A queue that is filled to its limit over many restarts.</summary>
public sealed class RestartTests : IAsyncDisposable
{
    private const int Restarts = 20, Operations = 10_000;

    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Ten_thousand_operations_over_twenty_restarts_are_delivered_once_and_the_next_is_refused()
    {
        var laptop = await _scene.OpenAsync("laptop");
        await laptop.GoOfflineAsync();
        for (var id = 0; id < Operations; id++)
        {
            if (id % (Operations / Restarts) == 0) laptop = await RestartAsync(laptop);
            await AddAsync(laptop, id);
        }

        var refused = await Assert.ThrowsAsync<OfflineQueueFullException>(() => AddAsync(laptop, Operations));
        Assert.Contains("10000 operations wait for a peer", refused.Message, StringComparison.Ordinal);
        await laptop.GoOnlineAsync();
        var office = await _scene.OpenAsync("office");
        Assert.Equal(Operations, (await laptop.SyncOfflineChangesAsync(office)).SyncedOperations);
        Assert.Equal(0, (await laptop.SyncOfflineChangesAsync(office)).SyncedOperations);
        Assert.Equal(0, await laptop.WaitingAsync());
        Assert.Equal(Operations, (await office.CountAsync())["Person"]);
        for (var id = 0; id < Operations; id += 97) Assert.Equal(1, (await office.GetAsync<Person>(id))!.Stock);
        Assert.Equal(await laptop.RootAsync(), await office.RootAsync());
    }

    /// <summary>Nobody uses the queue here, so nothing was written for it alone.</summary>
    [Fact]
    public async Task What_a_peer_has_confirmed_is_durable_with_the_next_commit()
    {
        var disk = new InMemoryDisk();
        var laptop = await OpenAsync(disk);
        await AddAsync(laptop, 1);
        await laptop.SyncAsync(await _scene.OpenAsync("office"));
        await AddAsync(laptop, 2);
        disk.Crash();
        await using var again = await OpenAsync(disk);
        Assert.Equal(1, await again.WaitingAsync());
    }

    private Task<GraphReplica> OpenAsync(InMemoryDisk disk) =>
        GraphReplica.OpenAsync("laptop", TestSchema.Instance, options => (options.Time, options.Store) = (_scene.Time, () => new InMemoryStore(disk)));

    private static Task AddAsync(GraphReplica replica, long id) => replica.EditAsync(tx => tx.Add<Person>(id).Stock += 1);

    private async Task<GraphReplica> RestartAsync(GraphReplica replica)
    {
        await _scene.CloseAsync(replica);
        return await _scene.OpenAsync("laptop");
    }
}
