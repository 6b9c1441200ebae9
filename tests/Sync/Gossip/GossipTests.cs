using System.Collections.Concurrent;
using System.Globalization;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Sync.Networking;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Gossip;

/// <summary>Real replicas that gossip.</summary>
public sealed class GossipTests(ITestOutputHelper output) : IAsyncDisposable
{
    private static readonly GossipOptions Fast = new() { Interval = TimeSpan.FromMilliseconds(20), AntiEntropyInterval = TimeSpan.FromMilliseconds(200), MaxBackoff = TimeSpan.FromMilliseconds(200) };
    private static readonly GossipOptions Slow = new() { Interval = TimeSpan.FromHours(1), AntiEntropyInterval = TimeSpan.FromHours(1) };

    private readonly Scene _scene = new();
    private readonly CancellationTokenSource _end = new();

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        _end.Dispose();
    }

    [Fact]
    public async Task Ten_replicas_come_to_hold_the_same_in_few_rounds_though_a_third_of_the_sessions_break()
    {
        const int Seeds = 3;
        var most = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var replicas = await OpenAsync(10, $"-{seed}");
            for (var i = 0; i < replicas.Count; i++) await AddAsync(replicas[i], i);
            most = Math.Max(most, await RoundsUntilEqualAsync(replicas, seed));
            foreach (var replica in replicas) Assert.Equal(10, (await replica.CountAsync())["Person"]);
            foreach (var replica in replicas) await _scene.CloseAsync(replica);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"10 replicas, {Seeds} seeds: at most {most} rounds"));
        Assert.InRange(most, 1, Math.Log2(10) + 5);
    }

    [Fact]
    public async Task Replicas_that_gossip_get_everything_while_ways_break_and_others_write()
    {
        var replicas = await OpenAsync(5);
        var peers = replicas.Select((replica, i) => new InProcessPeers(replica, replicas, loss: 0.3, seed: i)).ToList();
        var gossip = replicas.Select((replica, i) => replica.GossipAsync(peers[i], Fast with { Seed = (ulong)i }, _end.Token)).ToList();
        for (var i = 0; i < 50; i++) await AddAsync(replicas[i % 5], i);
        await UntilAsync(async () => await AreEqualAsync(replicas) && (await replicas[0].CountAsync())["Person"] == 50);
        await EndAsync(gossip, peers);
    }

    [Fact]
    public async Task A_commit_reaches_a_peer_without_waiting_for_the_next_round()
    {
        var replicas = await OpenAsync(3);
        var peers = replicas.Select(replica => new InProcessPeers(replica, replicas)).ToList();
        var running = replicas.Select((replica, i) => replica.KeepSyncedAsync(peers[i], Slow, _end.Token)).ToList();
        for (var i = 0; i < 30; i++) await AddAsync(replicas[i % 3], i);
        await UntilAsync(async () => await AreEqualAsync(replicas) && (await replicas[0].CountAsync())["Person"] == 30);
        await EndAsync(running, peers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_that_is_dead_stops_nobody_else(bool isSilent)
    {
        var replicas = await OpenAsync(2);
        var contacts = new Contacts();
        var peers = new InProcessPeers(replicas[0], replicas) { Dead = ["gone"], AreSilent = isSilent };
        var options = Fast with { FanOut = 2, Patience = TimeSpan.FromMilliseconds(100), Contacts = contacts };
        var running = replicas[0].KeepSyncedAsync(peers, options, _end.Token);
        for (var i = 0; i < 10; i++)
        {
            await AddAsync(replicas[0], i);
            await UntilAsync(async () => (await replicas[1].CountAsync())["Person"] == i + 1);
        }

        await UntilAsync(() => ValueTask.FromResult(contacts.Of("gone").Count > 1));
        Assert.All(contacts.Of("gone"), contact => Assert.IsType<IOException>(contact.Error));
        Assert.InRange(replicas[0].NetworkQuality[replicas[1].Name].LossRate, 0, 0.01);
        await EndAsync([running], [peers]);
    }

    [Fact]
    public async Task Over_a_long_way_commits_wait_for_each_other()
    {
        var time = new SteppedTime();
        var (office, laptop) = (await _scene.OpenAsync("office", time: time), await _scene.OpenAsync("laptop", time: time));
        await AddAsync(laptop, 1);
        var (here, there) = SimulatedLink.CreatePair(time, time, 20, TimeSpan.FromSeconds(50));
        await Task.WhenAll(laptop.SyncAsync(here, new SyncOptions { Peer = "office" }), office.SyncAsync(there));
        var batch = SyncStrategy.Select(laptop.NetworkQuality["office"]);
        Assert.Equal(SyncStrategyType.BatchOptimized, batch.Type);

        var contacts = new Contacts();
        var peers = new InProcessPeers(laptop, [office, laptop]);
        var running = laptop.KeepSyncedAsync(peers, Slow with { Contacts = contacts }, _end.Token);
        await UntilAsync(() => ValueTask.FromResult(contacts.Of("office").Count == 1)); // the first round
        await AddAsync(laptop, 2);
        await AddAsync(laptop, 3);
        await Task.Delay(300);
        Assert.Single(contacts.Of("office"));
        await laptop.EditAsync(tx =>
        {
            for (var i = 0; i < batch.BatchSize; i++) tx.Add<Person>(10 + i);
        });
        await UntilAsync(() => ValueTask.FromResult(contacts.Of("office").Count == 2));
        Assert.Equal(batch.BatchSize + 3, (await office.CountAsync())["Person"]);
        time.AdvanceTo(time.Elapsed + batch.BatchDelay);
        await AddAsync(laptop, 4);
        await UntilAsync(() => ValueTask.FromResult(contacts.Of("office").Count == 3));
        Assert.Equal(SyncStrategyType.BatchOptimized, contacts.Of("office")[^1].Session!.Strategy.Type);
        await EndAsync([running], [peers]);
    }

    [Fact]
    public async Task A_peer_that_does_not_take_what_it_is_sent_is_not_sent_it_for_ever()
    {
        var (ahead, office) = (new MovableTime(), new MovableTime());
        ahead.Advance(TimeSpan.FromHours(1));
        var (fast, right) = (await _scene.OpenAsync("fast", time: ahead), await _scene.OpenAsync("right", time: office));
        await AddAsync(fast, 1);
        var contacts = new Contacts();
        var peers = new InProcessPeers(fast, [fast, right]);
        var running = fast.GossipAsync(peers, Fast with { AntiEntropyInterval = TimeSpan.FromHours(1), Contacts = contacts }, _end.Token);
        await UntilAsync(() => ValueTask.FromResult(contacts.Of("right").Count >= 5));
        await Task.Delay(300);
        // The one that was news, four that were not, and the first one by anti-entropy.
        Assert.InRange(contacts.Of("right").Count, 5, 6);
        Assert.Null(await right.GetAsync<Person>(1));
        await EndAsync([running], [peers]);
    }

    [Fact]
    public async Task Gossip_ends_when_the_replica_is_closed()
    {
        var replicas = await OpenAsync(2);
        var running = replicas[0].GossipAsync(new InProcessPeers(replicas[0], replicas), Fast);
        await _scene.CloseAsync(replicas[0]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => running.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Options_that_make_no_sense_are_refused()
    {
        var replicas = await OpenAsync(1);
        var peers = new InProcessPeers(replicas[0], replicas);
        foreach (var options in new[] { new GossipOptions { FanOut = 0 }, new() { StopAfter = 0 }, new() { Interval = TimeSpan.Zero }, new() { Patience = -TimeSpan.FromSeconds(1) } })
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => replicas[0].GossipAsync(peers, options));
    }

    /// <summary>Lets replicas gossip in rounds, with the code that chooses peers, until all have the same.</summary>
    private static async Task<int> RoundsUntilEqualAsync(IReadOnlyList<GraphReplica> replicas, int seed)
    {
        var options = new GossipOptions();
        var peers = replicas.Select((replica, i) => new InProcessPeers(replica, replicas, loss: 0.3, seed: (seed * 100) + i)).ToList();
        var states = replicas.Select((_, i) => new GossipState(options, ((ulong)seed << 20) + (ulong)i)).ToList();
        var rounds = 0;
        for (var now = TimeSpan.Zero; !await AreEqualAsync(replicas); now += options.Interval * 1.25)
        {
            Assert.InRange(++rounds, 1, 50);
            await Task.WhenAll(replicas.Select(async (replica, i) =>
            {
                foreach (var peer in states[i].BeginRound(now, await peers[i].ListAsync()))
                {
                    await using var transport = await peers[i].ConnectAsync(peer);
                    var contact = new GossipContact(peer, null, null);
                    try
                    {
                        contact = contact with { Session = await replica.SyncAsync(transport) };
                    }
                    catch (IOException)
                    {
                        // Counts as failed.
                    }

                    states[i].Record(peer, contact.Outcome, now);
                }
            }));
            foreach (var others in peers) await others.SettleAsync();
        }

        return rounds;
    }

    private async Task<List<GraphReplica>> OpenAsync(int count, string suffix = "")
    {
        var replicas = new List<GraphReplica>();
        for (var i = 0; i < count; i++) replicas.Add(await _scene.OpenAsync($"replica-{i}{suffix}", time: TimeProvider.System));
        return replicas;
    }

    private static Task AddAsync(GraphReplica replica, int id) => replica.EditAsync(tx => tx.Add<Person>(id).Age = id);

    private static async Task<bool> AreEqualAsync(IReadOnlyList<GraphReplica> replicas)
    {
        var roots = new HashSet<UInt128>();
        foreach (var replica in replicas) roots.Add((await replica.GetMerkleTreeAsync()).Root);
        return roots.Count == 1;
    }

    private static async Task UntilAsync(Func<ValueTask<bool>> isReached)
    {
        for (var left = 3000; !await isReached(); left--)
        {
            Assert.True(left > 0, "It is not reached within half a minute.");
            await Task.Delay(10);
        }
    }

    private async Task EndAsync(IReadOnlyList<Task> running, IReadOnlyList<InProcessPeers> peers)
    {
        await _end.CancelAsync();
        foreach (var task in running) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        foreach (var others in peers) await others.SettleAsync();
    }

    private sealed class Contacts : IProgress<GossipContact>
    {
        private readonly ConcurrentQueue<GossipContact> _all = new();

        public void Report(GossipContact value) => _all.Enqueue(value);

        public IReadOnlyList<GossipContact> Of(string peer) => [.. _all.Where(contact => contact.Peer == peer)];
    }
}
