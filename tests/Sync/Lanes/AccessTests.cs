using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Frames;
using Crdt.Sync.Lanes;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Lanes;

/// <summary>What a peer may read and write, enforced where events and states are served and applied.</summary>
public sealed class AccessTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_may_only_read_is_given_everything_and_nothing_is_taken(bool byStates)
    {
        var (hub, peer) = await OpenAsync(byStates);
        var result = await SyncAsync(peer, hub, "*:r");
        Assert.Equal(["hub", "peer"], await NamesAsync(peer));
        Assert.Equal(["hub"], await NamesAsync(hub));
        Assert.False(result.Lanes["main"].IsComplete);
        Assert.Contains("'peer' may not write the lane of 'hub'", result.Lanes["main"].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_may_only_write_is_given_nothing_and_all_of_it_is_taken(bool byStates)
    {
        var (hub, peer) = await OpenAsync(byStates);
        var result = await SyncAsync(peer, hub, "*:wt");
        Assert.Equal(["peer"], await NamesAsync(peer));
        Assert.Equal(["hub", "peer"], await NamesAsync(hub));
        Assert.Equal(0, result.Received.Events + result.Received.Entities);
        Assert.Contains("'peer' may not read the lane of 'hub'", result.Lanes["main"].Reason, StringComparison.Ordinal);
        await peer.EditAsync(tx => tx.AddNode("Member", 3, ("Name", "again")));
        await SyncAsync(peer, hub, "*:wt");
        Assert.Equal(["again", "hub", "peer"], await NamesAsync(hub));
    }

    [Fact]
    public async Task A_lane_without_rights_is_not_even_named()
    {
        var (hub, peer) = await OpenAsync(byStates: false);
        await hub.EditAsync(tx => tx.AddNode("Guest", 1, ("Code", "secret")));
        var result = await SyncAsync(peer, hub, "main:rw");
        Assert.Equal(["hub", "peer"], await NamesAsync(peer));
        Assert.Null(await peer.GetNodeAsync("Guest", 1));
        Assert.Equal(["main"], result.Lanes.Keys);
    }

    [Fact]
    public async Task Who_has_no_rights_at_all_is_told_so()
    {
        var (hub, peer) = await OpenAsync(byStates: false);
        var error = await Assert.ThrowsAsync<SessionException>(() => SyncAsync(peer, hub, "elsewhere:rw"));
        Assert.Equal(SessionEnd.Forbidden, error.Reason);
        Assert.Contains("no rights in any lane of 'hub'", error.Message, StringComparison.Ordinal);
        Assert.Equal(["hub"], await NamesAsync(hub));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rights_that_are_given_later_bring_both_together(bool byStates)
    {
        var (hub, peer) = await OpenAsync(byStates);
        await SyncAsync(peer, hub, "*:r");
        await SyncAsync(peer, hub, "*:rwt");
        Assert.Equal(["hub", "peer"], await NamesAsync(hub));
        Assert.Equal((await hub.GetMerkleTreeAsync()).Root, (await peer.GetMerkleTreeAsync()).Root);
    }

    /// <summary>A removal that the hub has seen stays one, whatever a peer sends that may not read the lane and so has not.</summary>
    [Fact]
    public async Task States_of_a_blind_peer_bring_nothing_back()
    {
        var (hub, peer) = await OpenAsync(byStates: false);
        await SyncAsync(peer, hub, "*:rwt");
        await hub.EditAsync(async tx => (await tx.GetNodeAsync("Member", 2))!.State.Delete());
        await hub.CutLogAsync(0);
        await peer.EditAsync(tx => tx.AddNode("Member", 3, ("Name", "again")));
        await peer.CutLogAsync(0);
        await SyncAsync(peer, hub, "*:wt");
        Assert.Equal(["again", "hub"], await NamesAsync(hub));
    }

    [Fact]
    public async Task A_peer_that_writes_without_rights_is_shown_out_and_nothing_is_taken()
    {
        var (hub, peer) = await OpenAsync(byStates: false);
        var (here, there) = InMemoryTransport.CreatePair();
        var serving = hub.SyncAsync(here, new SyncOptions { Access = PeerAccess.Parse("*:r") });
        // The peer is sent an introduction that says it may write, as one would read it that doesn't care.
        var lying = new AlteredTransport(there, frame => Frame.Decode(frame) is Frame.Introduction introduction ? Opened(introduction).Encode() : frame);
        var session = peer.SyncAsync(lying);
        var error = await Assert.ThrowsAsync<SessionException>(() => serving);
        Assert.Equal(SessionEnd.Forbidden, error.Reason);
        Assert.Contains("'peer' may not write the lane 'main' here", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SessionException>(() => session);
        Assert.Equal(["hub"], await NamesAsync(hub));
    }

    private static Frame.Introduction Opened(Frame.Introduction introduction) => introduction with { Lanes = [.. introduction.Lanes.Select(lane => lane with { TakesNothing = false })] };

    private async Task<(GraphReplica Hub, GraphReplica Peer)> OpenAsync(bool byStates)
    {
        var (hub, peer) = (await _scene.OpenAsync("hub", schema: MemberSchema.Former), await _scene.OpenAsync("peer", schema: MemberSchema.Former));
        await hub.EditAsync(tx => tx.AddNode("Member", 1, ("Name", "hub")));
        await peer.EditAsync(tx => tx.AddNode("Member", 2, ("Name", "peer")));
        if (!byStates) return (hub, peer);
        await hub.CutLogAsync(0);
        await peer.CutLogAsync(0);
        return (hub, peer);
    }

    /// <summary>Syncs a peer with a hub that gives it these rights. The result is the peer's.</summary>
    private static async Task<SyncResult> SyncAsync(GraphReplica peer, GraphReplica hub, string access)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        var serving = EndingAsync(hub.SyncAsync(there, new SyncOptions { Access = PeerAccess.Parse(access) }), there);
        var session = EndingAsync(peer.SyncAsync(here), here);
        await Task.WhenAll(serving, session);
        return await session;
    }

    private static async Task<SyncResult> EndingAsync(Task<SyncResult> session, InMemoryTransport transport)
    {
        await using (transport) return await session;
    }

    private static async Task<List<string?>> NamesAsync(GraphReplica replica)
    {
        var names = new List<string?>();
        for (var id = 1L; id <= 3; id++)
        {
            if (await replica.GetNodeAsync("Member", id) is { } member) names.Add((string?)member["Name"]);
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>Alters what comes in.</summary>
    private sealed class AlteredTransport(InMemoryTransport inner, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> alter) : ISyncTransport
    {
        public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default) => inner.SendAsync(frame, cancellationToken);

        public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default) =>
            await inner.ReceiveAsync(cancellationToken) is { } frame ? alter(frame) : null;

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
