using Crdt.Sync;
using Crdt.Sync.Frames;
using Crdt.Sync.Networking;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Sessions;

/// <summary>Logs that are cut off while they are being sent.</summary>
public sealed class CutMeanwhileTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Both_sides_know_that_something_is_lacking_and_the_next_session_brings_it()
    {
        var (office, laptop) = await OpenAsync();
        var (here, there) = InMemoryTransport.CreatePair();
        var sessions = await Task.WhenAll(office.SyncAsync(Cutting(office, here), Narrow), laptop.SyncAsync(there));
        Assert.All(sessions, session => Assert.Equal((SyncMode.Incremental, false, true), (session.Lanes["main"].Mode, session.Lanes["main"].IsComplete, session.Lanes["main"].GoesOn)));
        Assert.True(laptop.VectorOf()[office.Id] < office.VectorOf()[office.Id]);
        await laptop.SyncAsync(office);
        Assert.Equal(await office.RootAsync(), await laptop.RootAsync());
    }

    [Fact]
    public async Task Who_stays_connected_begins_that_session_at_once()
    {
        var (office, laptop) = await OpenAsync();
        var (here, there) = InMemoryTransport.CreatePair();
        using var ending = new CancellationTokenSource();
        var staying = Task.WhenAll(office.StayInSyncAsync(Cutting(office, here), Narrow, cancellationToken: ending.Token), laptop.StayInSyncAsync(there, new(), cancellationToken: ending.Token));
        for (var left = 1_000; left > 0 && !laptop.VectorOf().Equals(office.VectorOf()); left--) await Task.Delay(10);
        Assert.Equal(await office.RootAsync(), await laptop.RootAsync());
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => staying);
    }

    private static SyncOptions Narrow => new() { Strategy = SyncStrategy.Select(new(BandwidthMbps: 0.5, LatencyMs: 10, LossRate: 0)) };

    private static HookedTransport Cutting(GraphReplica office, InMemoryTransport transport)
    {
        var isCut = false;
        return new(transport, async (_, frame) =>
        {
            if (isCut || Frame.Decode(frame) is not Frame.Events) return;
            isCut = true;
            await office.CutLogAsync(0);
        });
    }

    private async Task<(GraphReplica Office, GraphReplica Laptop)> OpenAsync()
    {
        var (office, laptop) = (await _scene.OpenAsync("office"), await _scene.OpenAsync("laptop"));
        await laptop.EditAsync(tx => tx.Add<Person>(99)); // To an empty one the office would give states.
        for (var person = 1; person <= 40; person++) await office.EditAsync(tx => tx.Add<Person>(person).Email = new string('x', 10_000));
        return (office, laptop);
    }
}
