using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>Whoever shows what a replica holds is told when to look again.</summary>
public sealed class WatchTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task It_begins_with_the_present_and_tells_of_what_is_committed_here_and_what_peers_bring()
    {
        var (office, laptop) = (await _scene.OpenAsync("office"), await _scene.OpenAsync("laptop"));
        await using var watching = office.WatchAsync().GetAsyncEnumerator();
        Assert.True(await watching.MoveNextAsync());
        Assert.Equal(0, watching.Current);
        await AddAsync(office, 1);
        Assert.True(await watching.MoveNextAsync());
        Assert.Equal(1, watching.Current);
        await AddAsync(laptop, 2);
        await office.SyncAsync(laptop);
        Assert.True(await watching.MoveNextAsync());
        Assert.Equal(2, watching.Current);
    }

    [Fact]
    public async Task Commits_in_quick_succession_share_one_number_and_the_last_is_never_missed()
    {
        var office = await _scene.OpenAsync("office");
        await using var watching = office.WatchAsync().GetAsyncEnumerator();
        Assert.True(await watching.MoveNextAsync());
        for (var id = 1; id <= 5; id++) await AddAsync(office, id);
        Assert.True(await watching.MoveNextAsync());
        Assert.Equal(5, watching.Current);
        var next = watching.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        await AddAsync(office, 6);
        Assert.True(await next);
        Assert.Equal(6, watching.Current);
    }

    [Fact]
    public async Task It_ends_when_the_replica_is_closed_and_when_it_is_cancelled()
    {
        var office = await _scene.OpenAsync("office");
        using var cancelling = new CancellationTokenSource();
        var closed = office.WatchAsync().ToListAsync().AsTask();
        var cancelled = office.WatchAsync(cancelling.Token).ToListAsync().AsTask();
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await _scene.CloseAsync(office);
        Assert.Equal([0], await closed);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await office.WatchAsync().ToListAsync());
    }

    private static async Task AddAsync(GraphReplica replica, long id)
    {
        await using var transaction = await replica.BeginAsync();
        transaction.Add<Account>(id);
        await transaction.CommitAsync();
    }
}
