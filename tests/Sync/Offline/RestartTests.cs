using Crdt.Sync;
using Crdt.Sync.Offline;
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

    private static Task AddAsync(GraphReplica replica, long id) => replica.EditAsync(tx => tx.Add<Person>(id).Stock += 1);

    private async Task<GraphReplica> RestartAsync(GraphReplica replica)
    {
        await _scene.CloseAsync(replica);
        return await _scene.OpenAsync("laptop");
    }
}
