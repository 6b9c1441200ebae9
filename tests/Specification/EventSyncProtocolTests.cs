using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Specification.Model;

namespace Crdt.Tests.Specification;

/// <summary>Section 1 of the specification: the event sync protocol.</summary>
public sealed class EventSyncProtocolTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    /// <summary>Initialization of the protocol, and the handshake.</summary>
    [Fact]
    public async Task SyncProtocolInitialization()
    {
        var (a, b) = (await _world.OpenAsync("node_a"), await _world.OpenAsync("node_b"));
        await World.AddUsersAsync(a, 0, 5);
        await b.SyncAsync(a);
        await World.AddUsersAsync(a, 5, 1);

        var seen = new List<SyncProgress>();
        var (here, there) = InMemoryTransport.CreatePair();
        var session = a.SyncAsync(here, new Recorder(seen));
        await b.SyncAsync(there);
        var result = await session;

        Assert.Contains(seen, progress => progress is { Status: SessionStatus.Established, Mode: SyncMode.Incremental });
        Assert.Equal("1.0", result.ProtocolVersion);
        Assert.Equal(SyncMode.Incremental, result.Mode);
        Assert.Equal("node_b", result.PeerName);
        await World.AssertEqualAsync(a, b);
    }

    /// <summary>Exchange of events under vector clocks.</summary>
    [Fact]
    public async Task EventExchangeWithVectorClock()
    {
        var (a, b) = (await _world.OpenAsync("node_a"), await _world.OpenAsync("node_b"));
        await World.EditAsync(b, transaction => transaction.Add<User>("bob"));
        var ofB = b.VectorOf()[b.Id];
        await a.SyncAsync(b);

        await World.EditAsync(a, transaction => transaction.Add<User>("alice").Name = "Alice");
        var result = await b.SyncAsync(a);

        Assert.Equal(1, result.Received.Events);
        var vector = b.VectorOf();
        Assert.Equal(a.VectorOf()[a.Id], vector[a.Id]);
        Assert.True(vector[a.Id] >= 1);
        Assert.Equal(ofB, vector[b.Id]);
        Assert.Equal(["Alice"], await World.RowsAsync(b, "MATCH (u:User {Id: 'alice'}) RETURN u.Name"));
        await World.AssertEqualAsync(a, b);
    }

    private sealed class Recorder(List<SyncProgress> seen) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => seen.Add(value);
    }
}
