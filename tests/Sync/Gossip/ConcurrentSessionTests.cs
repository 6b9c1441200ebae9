using Crdt.Sync;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Gossip;

/// <summary>Two sessions with one peer at the same time, as when both choose each other.</summary>
public sealed class ConcurrentSessionTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    /// <summary>
    /// Both put rows of the peer aside under its name. The one that is through first drops what is there; the other then covered the
    /// peer's vector without having its rows, so that they read as deleted.
    /// </summary>
    [Fact]
    public async Task Trap_11_rows_that_another_session_has_dropped_are_missed_before_the_join()
    {
        var (office, laptop) = (await _scene.OpenAsync("office"), await _scene.OpenAsync("laptop"));
        await AddAsync(office, from: 0);
        var (isWaiting, isThrough) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task<SyncResult>? later = null;
        var earlier = Run(laptop, office, async rows =>
        {
            if (later is not null) return;
            await AddAsync(office, from: 100);
            later = Run(laptop, office, async last =>
            {
                if (!last.IsLast) return;
                isWaiting.SetResult();
                await isThrough.Task;
            });
            await Task.WhenAny(isWaiting.Task, later);
        });
        await earlier;
        isThrough.SetResult();
        Assert.Equal(SessionEnd.Outdated, (await Assert.ThrowsAsync<SessionException>(() => later!)).Reason);
        Assert.Equal(60, (await laptop.CountAsync())["Person"]);
        await laptop.SyncAsync(office);
        Assert.Equal(120, (await laptop.CountAsync())["Person"]);
        Assert.Equal(120, (await office.CountAsync())["Person"]);
        Assert.Equal(SyncMode.Equal, (await laptop.SyncAsync(office)).Mode);
    }

    /// <summary>Rows of 3 MB in all, and no log to take them from.</summary>
    private static async Task AddAsync(GraphReplica office, int from)
    {
        await office.EditAsync(tx =>
        {
            for (var i = 0; i < 60; i++) tx.Add<Person>(from + i).Email = new((char)('a' + (i % 26)), 50_000);
        });
        await office.CutLogAsync(keep: 0);
    }

    /// <summary>Runs a session in which something is done before each frame of rows that the peer sends; gives this side's end.</summary>
    private static async Task<SyncResult> Run(GraphReplica laptop, GraphReplica office, Func<Frame.Rows, Task> hook)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        var hooked = new HookedTransport(there, (_, frame) => Frame.Decode(frame) is Frame.Rows rows ? hook(rows) : Task.CompletedTask);
        var (mine, theirs) = (laptop.SyncAsync(here), office.SyncAsync(hooked));
        await ((Task)theirs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await mine;
    }
}
