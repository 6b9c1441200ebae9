using System.Collections.Concurrent;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Live;

/// <summary>Ways that are kept open: opened again when they break, more and more rarely while they can't be.</summary>
public sealed class PeerConnectionsTests : IAsyncDisposable
{
    private static readonly GossipOptions Quick = new() { Interval = TimeSpan.FromMilliseconds(5), MaxBackoff = TimeSpan.FromMilliseconds(40), Patience = TimeSpan.FromMilliseconds(300), Seed = 1 };
    private readonly Scene _scene = new();
    private readonly CancellationTokenSource _end = new();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _scene.DisposeAsync();
        _end.Dispose();
    }

    [Fact]
    public async Task A_way_that_breaks_is_opened_again_and_the_others_go_on()
    {
        var (ann, hub, spare) = (await OpenAsync("ann"), await OpenAsync("hub"), await OpenAsync("spare"));
        var peers = new Peers { ["hub"] = hub, ["spare"] = spare };
        var keeping = ann.KeepConnectedAsync(peers, Quick, _end.Token);
        await ann.EditAsync(tx => tx.Add<Person>(1).Email = "x");
        await LiveScene.EqualAsync(ann, hub, spare);
        await peers.BreakAsync("hub");
        await ann.EditAsync(tx => tx.Add<Person>(2).Email = "y");
        await LiveScene.EqualAsync(ann, hub, spare);
        // What was under way when it broke may have arrived all the same.
        await LiveScene.UntilAsync(() => Task.FromResult(peers.Opened.Count(peer => peer == "hub") >= 2));
        Assert.Equal(1, peers.Opened.Count(peer => peer == "spare"));
        await EndAsync(keeping);
    }

    [Fact]
    public async Task A_peer_that_can_not_be_reached_is_tried_at_growing_intervals_and_told_of()
    {
        var ann = await OpenAsync("ann");
        var failures = new ConcurrentQueue<Exception>();
        var peers = new Peers { Failure = new IOException("nobody there") };
        peers["hub"] = ann;
        var keeping = ann.KeepConnectedAsync(peers, Quick with { Contacts = new Told(contact => failures.Enqueue(contact.Error!)) }, _end.Token);
        await LiveScene.UntilAsync(() => Task.FromResult(failures.Count >= 5));
        Assert.All(failures, failure => Assert.Equal("nobody there", failure.Message));
        await EndAsync(keeping);
    }

    [Fact]
    public async Task A_peer_that_neither_answers_nor_refuses_is_given_up()
    {
        var ann = await OpenAsync("ann");
        var failures = new ConcurrentQueue<Exception>();
        var peers = new Peers { IsSilent = true };
        peers["hub"] = ann;
        var keeping = ann.KeepConnectedAsync(peers, Quick with { Contacts = new Told(contact => failures.Enqueue(contact.Error!)) }, _end.Token);
        await LiveScene.UntilAsync(() => Task.FromResult(!failures.IsEmpty));
        Assert.Contains("did not answer within", failures.First().Message, StringComparison.Ordinal);
        await EndAsync(keeping);
    }

    [Fact]
    public async Task It_ends_when_the_replica_is_closed()
    {
        var (ann, hub) = (await OpenAsync("ann"), await OpenAsync("hub"));
        var keeping = ann.KeepConnectedAsync(new Peers { ["hub"] = hub }, Quick, _end.Token);
        await LiveScene.EqualAsync(ann, hub);
        await _scene.CloseAsync(ann);
        await hub.EditAsync(tx => tx.Add<Person>(1).Email = "x"); // which can't be taken any more
        await Assert.ThrowsAsync<ObjectDisposedException>(() => keeping.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private Task<GraphReplica> OpenAsync(string name) => _scene.OpenAsync(name, time: TimeProvider.System);

    private async Task EndAsync(Task keeping)
    {
        await _end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private sealed class Told(Action<GossipContact> take) : IProgress<GossipContact>
    {
        public void Report(GossipContact value)
        {
            if (value.Error is not null) take(value);
        }
    }

    /// <summary>Replicas in this process that stay on whatever way is opened to them.</summary>
    private sealed class Peers : Dictionary<string, GraphReplica>, IGossipPeers
    {
        private readonly ConcurrentDictionary<string, InMemoryTransport> _there = new();

        public ConcurrentQueue<string> Opened { get; } = new();

        public Exception? Failure { get; init; }

        public bool IsSilent { get; init; }

        public ValueTask<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken = default) => new(Keys);

        public async ValueTask<ISyncTransport> ConnectAsync(string peer, CancellationToken cancellationToken = default)
        {
            if (Failure is not null) throw Failure;
            if (IsSilent) await Task.Delay(Timeout.Infinite, cancellationToken);
            Opened.Enqueue(peer);
            var (here, there) = InMemoryTransport.CreatePair();
            _there[peer] = there;
            _ = this[peer].StayInSyncAsync(there, new SyncOptions(), cancellationToken: cancellationToken);
            return here;
        }

        public ValueTask BreakAsync(string peer) => _there[peer].DisposeAsync();
    }
}
