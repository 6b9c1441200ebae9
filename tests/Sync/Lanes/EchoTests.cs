using Crdt.Clocks;
using Crdt.Sync;
using Crdt.Sync.Frames;
using Crdt.Sync.Lanes;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;
using Crdt.Tests.Sync.Signatures;

namespace Crdt.Tests.Sync.Lanes;

/// <summary>A peer that says back what the greeting of this side says, and so is taken for equal without having said who it is.</summary>
public sealed class EchoTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Who_may_only_read_writes_nothing_by_it()
    {
        using var mallory = new SignedAuthor(Crdt.Signing.ReplicaIdentity.Signed(), _scene.Time);
        var hub = await _scene.OpenAsync("hub");
        await hub.EditAsync(tx => tx.Add<Person>(1));
        var (there, serving) = await EchoAsync(hub, new SyncOptions { Access = PeerAccess.Parse("*:r") });
        await there.SendAsync(Intruder.EventsOf(mallory.Run(1, 7)[0].Bytes).Encode());
        Assert.Equal(SessionEnd.Forbidden, (await Assert.ThrowsAsync<SessionException>(() => serving.WaitAsync(Patience))).Reason);
        Assert.Equal(0UL, hub.VectorOf()[mallory.Id]);
    }

    [Fact]
    public async Task Who_may_only_write_is_told_nothing_by_it()
    {
        var hub = await _scene.OpenAsync("hub");
        await hub.EditAsync(tx => tx.Add<Person>(1));
        var (there, serving) = await EchoAsync(hub, new SyncOptions { Access = PeerAccess.Parse("*:w") });
        await hub.EditAsync(tx => tx.Add<Person>(2).Email = "secret");
        await there.SendAsync(new Frame.Done("main").Encode()); // It is taken after what is new would have been sent.
        Assert.Equal(SessionEnd.Malformed, (await Assert.ThrowsAsync<SessionException>(() => serving.WaitAsync(Patience))).Reason);
        Assert.IsType<Frame.Bye>(Frame.Decode((await there.ReceiveAsync())!.Value));
    }

    [Fact]
    public async Task Another_replica_than_was_let_in_is_shown_out()
    {
        var hub = await _scene.OpenAsync("hub");
        var (_, serving) = await EchoAsync(hub, new SyncOptions { Replica = new ReplicaId(12) });
        Assert.Equal(SessionEnd.Forbidden, (await Assert.ThrowsAsync<SessionException>(() => serving.WaitAsync(Patience))).Reason);
    }

    private static async Task<(InMemoryTransport There, Task Serving)> EchoAsync(GraphReplica hub, SyncOptions options)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        var serving = hub.StayInSyncAsync(here, options);
        var greeting = (Frame.Hello)Frame.Decode((await there.ReceiveAsync())!.Value);
        await there.SendAsync((greeting with { Tag = greeting.Tag ^ 1, Stays = true }).Encode());
        return (there, serving);
    }
}
