using Crdt.Sync;
using Crdt.Sync.Frames;
using Crdt.Sync.Networking;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Networking;

public sealed class NetworkQualityTests : IAsyncDisposable
{
    private readonly Scene _scene = new();
    private readonly SteppedTime _time = new();
    private readonly SteppedTime _officeTime = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(0.5, 80)]
    [InlineData(4, 80)]
    [InlineData(20, 700)]
    public async Task Bandwidth_and_latency_are_measured_from_what_a_session_carries(double mbps, int milliseconds)
    {
        var (office, laptop) = await PairAsync();
        await AddAsync(laptop, 1, people: 40, letters: 100_000);
        await SyncAsync(laptop, office, mbps, milliseconds);
        var quality = laptop.NetworkQuality["office"];
        Assert.InRange(quality.LatencyMs, milliseconds * 0.9, milliseconds * 1.3);
        Assert.InRange(quality.BandwidthMbps, mbps * 0.9, mbps * 1.3);
        Assert.Equal(0, quality.LossRate);
        // Whoever only receives learns nothing of the width of the way.
        Assert.Equal(double.PositiveInfinity, office.NetworkQuality["laptop"].BandwidthMbps);
    }

    [Fact]
    public async Task What_was_measured_chooses_the_strategy_of_the_next_session()
    {
        var (office, laptop) = await PairAsync();
        await AddAsync(laptop, 1, people: 1, letters: 10);
        Assert.Equal(SyncStrategyType.Immediate, (await SyncAsync(laptop, office, 20, 800)).Strategy.Type);
        await AddAsync(laptop, 2, people: 1, letters: 10);
        var strategy = (await SyncAsync(laptop, office, 20, 800)).Strategy;
        Assert.Equal(SyncStrategyType.BatchOptimized, strategy.Type);
        Assert.Contains("ms is above 500 ms", strategy.Reason);
    }

    [Fact]
    public async Task Figures_are_smoothed()
    {
        var (office, laptop) = await PairAsync();
        await AddAsync(laptop, 1, people: 1, letters: 10);
        await SyncAsync(laptop, office, 100, 40);
        await AddAsync(laptop, 2, people: 1, letters: 10);
        await SyncAsync(laptop, office, 100, 1040);
        Assert.InRange(laptop.NetworkQuality["office"].LatencyMs, 200, 450);
        for (var i = 3; i < 15; i++)
        {
            await AddAsync(laptop, i, people: 1, letters: 10);
            await SyncAsync(laptop, office, 100, 1040);
        }

        Assert.InRange(laptop.NetworkQuality["office"].LatencyMs, 900, 1100);
    }

    [Fact]
    public async Task A_way_that_breaks_counts_as_lossy_until_it_has_held_for_a_while()
    {
        var (office, laptop) = await PairAsync();
        await AddAsync(laptop, 1, people: 1, letters: 10);
        var (here, there) = InMemoryTransport.CreatePair();
        var breaking = new HookedTransport(here, (number, _) => number == 2 ? throw new IOException("The radio is gone.") : Task.CompletedTask);
        var theirs = office.SyncAsync(there);
        await Assert.ThrowsAsync<IOException>(() => laptop.SyncAsync(breaking, new SyncOptions { Peer = "office" }));
        await here.DisposeAsync();
        await Assert.ThrowsAsync<SessionException>(() => theirs);
        var loss = laptop.NetworkQuality["office"].LossRate;
        Assert.InRange(loss, 0.05, 1);
        Assert.InRange(office.NetworkQuality["laptop"].LossRate, 0.05, 1);
        for (var i = 0; i < 30; i++) await SyncAsync(laptop, office, 100, 10);
        Assert.InRange(laptop.NetworkQuality["office"].LossRate, 0, loss / 5);
    }

    [Fact]
    public void Frames_that_wait_for_others_do_not_make_a_way_seem_narrow()
    {
        // 10 ms a frame, 200 ms both ways: two are sent at once, and each next one when one is confirmed.
        var probe = new TrafficProbe(_time);
        var (events, ack) = (new Frame.Events("main", new byte[125_000]).Encode(), new Frame.Ack("main").Encode());
        probe.Send(new Frame.Hello(1, 0, 0, 0, 0).Encode());
        _time.AdvanceTo(TimeSpan.FromMilliseconds(200));
        probe.Receive([(byte)FrameType.Introduction]);
        probe.Send(events);
        probe.Send(events);
        foreach (var at in new[] { 410, 420, 620, 630, 830, 840 })
        {
            _time.AdvanceTo(TimeSpan.FromMilliseconds(at));
            probe.Receive(ack);
            probe.Send(events);
        }

        Assert.Equal(200, probe.LatencyMs);
        Assert.InRange(probe.BandwidthMbps!.Value, 99, 101);
    }

    [Fact]
    public void A_peer_that_says_nonsense_is_not_measured()
    {
        var probe = new TrafficProbe(_time);
        foreach (var frame in new byte[][] { [], [4], [4, 200], [4, 4, 109, 97, 105, 110], [255], [15, 0] }) probe.Receive(frame);
        Assert.Equal((6, null, null), (probe.Frames, probe.LatencyMs, probe.BandwidthMbps));
    }

    private async Task<(GraphReplica Office, GraphReplica Laptop)> PairAsync() =>
        (await _scene.OpenAsync("office", time: _officeTime), await _scene.OpenAsync("laptop", time: _time));

    private static Task AddAsync(GraphReplica replica, int from, int people, int letters) => replica.EditAsync(transaction =>
    {
        // Text that can't be made shorter, in case somebody compresses.
        var random = new Random(from);
        for (var i = 0; i < people; i++) transaction.Add<Person>((from * 1000L) + i).Email = new([.. Enumerable.Range(0, letters / people).Select(_ => (char)random.Next('!', '~'))]);
    });

    private async Task<SyncResult> SyncAsync(GraphReplica laptop, GraphReplica office, double mbps, int milliseconds)
    {
        _time.AdvanceTo(_officeTime.Elapsed);
        _officeTime.AdvanceTo(_time.Elapsed);
        var (here, there) = SimulatedLink.CreatePair(_time, _officeTime, mbps, TimeSpan.FromMilliseconds(milliseconds));
        var (mine, theirs) = (laptop.SyncAsync(here, new SyncOptions { Peer = "office" }), office.SyncAsync(there));
        await Task.WhenAll(mine, theirs);
        return await mine;
    }
}
