using Crdt.Sync;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Sessions;

/// <summary>A log that is cut off between the moment when a session plans to send it and the moment when it is read.</summary>
public sealed class CutMeanwhileTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_session_is_never_called_complete_that_did_not_send_what_was_cut_off()
    {
        var (hub, peer) = (await _scene.OpenAsync("hub"), await _scene.OpenAsync("peer"));
        await hub.EditAsync(tx => tx.Add<Person>(10).Email = "first");
        await peer.SyncAsync(hub);
        for (var i = 1; i <= 3; i++) await hub.EditAsync(tx => tx.Add<Person>(i).Email = $"{i}");
        var (here, there) = InMemoryTransport.CreatePair();
        var cutting = new HookedTransport(here, async (_, frame) =>
        {
            if (Frame.Decode(frame) is Frame.Introduction) await hub.CutLogAsync(0);
        });
        var serving = hub.SyncAsync(cutting);
        var session = peer.SyncAsync(there);
        Assert.Equal(SessionEnd.Outdated, (await Assert.ThrowsAsync<SessionException>(() => serving)).Reason);
        Assert.Equal(SessionEnd.Outdated, (await Assert.ThrowsAsync<SessionException>(() => session)).Reason);
        await peer.SyncAsync(hub);
        Assert.Equal((await hub.GetMerkleTreeAsync()).Root, (await peer.GetMerkleTreeAsync()).Root);
    }

    /// <summary>Of what came after the introductions, the beginning may have come as states; none of it was promised. (Simulation, seed 242 of that time.)</summary>
    [Fact]
    public async Task A_gap_behind_what_was_to_be_sent_is_none_of_the_sessions()
    {
        var (hub, peer, other) = (await _scene.OpenAsync("hub"), await _scene.OpenAsync("peer"), await _scene.OpenAsync("other"));
        await hub.EditAsync(tx => tx.Add<Person>(10).Email = "first");
        await peer.SyncAsync(hub);
        await hub.EditAsync(tx => tx.Add<Person>(1).Email = "promised");
        await other.EditAsync(tx => tx.Add<Person>(2).Email = "as states");
        await other.CutLogAsync(0);
        var (here, there) = InMemoryTransport.CreatePair();
        var hooked = new HookedTransport(here, async (_, frame) =>
        {
            if (Frame.Decode(frame) is not Frame.Introduction) return;
            await hub.SyncAsync(other);
            await other.EditAsync(tx => tx.Add<Person>(3).Email = "as an event");
            await hub.SyncAsync(other);
        });
        var serving = hub.SyncAsync(hooked);
        await peer.SyncAsync(there);
        Assert.Equal(SyncMode.Incremental, (await serving).Mode);
        Assert.Equal("promised", (await peer.GetAsync<Person>(1))!.Email);
        await peer.SyncAsync(hub);
        Assert.Equal((await hub.GetMerkleTreeAsync()).Root, (await peer.GetMerkleTreeAsync()).Root);
    }
}
