using Crdt.Sync;
using Crdt.Sync.Frames;
using Crdt.Sync.Networking;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Lanes;

/// <summary>Lanes that are synced apart, one before another, or not at all. People are in lane <c>main</c>, places in <c>places</c>.</summary>
public sealed class LaneTests : IAsyncDisposable
{
    private static readonly SyncStrategy Narrow = SyncStrategy.Select(new(0.1, 50, 0));

    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_session_leaves_alone_the_lanes_that_its_options_do_not_name()
    {
        var (office, laptop) = await PairAsync();
        await WriteAsync(laptop, 1);
        await office.SyncAsync(laptop, new SyncOptions { Lanes = ["places"] });
        Assert.Null(await office.GetAsync<Person>(1));
        Assert.NotNull(await office.GetAsync<Place>("1"));
        await office.SyncAsync(laptop, new SyncOptions { Lanes = ["main"] });
        Assert.NotNull(await office.GetAsync<Person>(1));
        Assert.Equal(SyncMode.Equal, (await office.SyncAsync(laptop)).Mode);
    }

    [Fact]
    public async Task Sessions_for_two_lanes_run_with_one_peer_at_the_same_time()
    {
        for (var cut = 0; cut < 2; cut++)
        {
            var (office, laptop) = await PairAsync($"-{cut}");
            for (var i = 0; i < 50; i++) await WriteAsync(i % 2 == 0 ? office : laptop, i);
            foreach (var lane in cut == 1 ? laptop.Lanes : []) await laptop.CutLogAsync(keep: 0, lane);
            var sessions = office.Lanes.Select(lane => office.SyncAsync(laptop, new SyncOptions { Lanes = [lane] }));
            Assert.All(await Task.WhenAll(sessions), result => Assert.Equal(cut == 0 ? SyncMode.Incremental : SyncMode.Reconciled, result.Mode));
            Assert.Equal(SyncMode.Equal, (await office.SyncAsync(laptop)).Mode);
            Assert.Equal((50, 50), await CountAsync(office));
        }
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public async Task A_lane_that_either_side_calls_critical_is_through_before_the_others_begin(bool isCriticalHere, bool isCriticalThere, bool isCut)
    {
        var office = await OpenAsync("office", isCriticalHere);
        var laptop = await OpenAsync("laptop", isCriticalThere);
        for (var i = 0; i < 20; i++) await WriteAsync(i % 2 == 0 ? office : laptop, i);
        foreach (var lane in isCut ? laptop.Lanes : []) await laptop.CutLogAsync(keep: 0, lane);
        var (here, there) = InMemoryTransport.CreatePair();
        var (mine, theirs) = (new List<string>(), new List<string>());
        await Task.WhenAll(office.SyncAsync(Noting(here, mine)), laptop.SyncAsync(Noting(there, theirs)));
        foreach (var frames in new[] { mine, theirs })
        {
            Assert.Equal(["places", "main"], frames.Distinct());
            // What may still be under way then are confirmations.
            Assert.InRange(frames.LastIndexOf("places") - frames.IndexOf("main"), -1, 1);
        }

        Assert.Equal((20, 20), await CountAsync(office));
        Assert.Equal((20, 20), await CountAsync(laptop));
    }

    [Fact]
    public async Task Sides_that_call_different_lanes_critical_come_together_all_the_same()
    {
        var office = await OpenAsync("office", isCritical: true);
        var laptop = await _scene.OpenAsync("laptop", configure: options => options.CriticalLanes = ["main"]);
        // Each has something only in the lane that the other begins with.
        await office.EditAsync(tx => tx.Add<Person>(1));
        await laptop.EditAsync(tx => tx.Add<Place>("1"));
        await office.SyncAsync(laptop);
        Assert.Equal((1, 1), await CountAsync(office));
        Assert.Equal((1, 1), await CountAsync(laptop));
    }

    [Fact]
    public async Task On_a_narrow_way_critical_lanes_go_alone_and_what_was_held_back_follows()
    {
        var (office, laptop) = (await _scene.OpenAsync("office"), await OpenAsync("laptop", isCritical: true));
        await WriteAsync(laptop, 1);
        var options = new SyncOptions { Peer = "office", Strategy = Narrow };
        var first = await laptop.SyncAsync(office, options);
        Assert.True(first.Strategy.SyncsCriticalOnly);
        Assert.True(first.Lanes["main"].IsDeferred);
        Assert.False(first.Lanes["main"].IsComplete);
        Assert.Contains("0.1 Mbit/s is below 1 Mbit/s", first.Lanes["main"].Reason);
        Assert.False(first.Lanes["places"].IsDeferred);
        Assert.Equal((0, 1), await CountAsync(office));

        var idle = await laptop.SyncAsync(office, options);
        Assert.Equal(SyncMode.Equal, idle.Mode);
        Assert.True(idle.Lanes["main"].IsDeferred);
        Assert.Equal((0, 1), await CountAsync(office));

        var rest = await laptop.SyncAsync(office, options);
        Assert.False(rest.Lanes["main"].IsDeferred);
        Assert.Equal((1, 1), await CountAsync(office));
        Assert.Equal(SyncMode.Equal, (await laptop.SyncAsync(office)).Mode);
    }

    [Fact]
    public async Task Without_critical_lanes_a_narrow_way_holds_nothing_back()
    {
        var (office, laptop) = await PairAsync();
        await WriteAsync(laptop, 1);
        var result = await laptop.SyncAsync(office, new SyncOptions { Strategy = Narrow });
        Assert.DoesNotContain(result.Lanes.Values, lane => lane.IsDeferred);
        Assert.Equal((1, 1), await CountAsync(office));
    }

    [Fact]
    public async Task A_replica_with_some_lanes_refuses_writes_to_others()
    {
        var phone = await OpenPartAsync("phone");
        await using var transaction = await phone.BeginAsync();
        transaction.Add<Person>(1);
        var error = Assert.Throws<InvalidOperationException>(() => transaction.Add<Place>("here"));
        Assert.Equal("'Place' is in lane 'places', and this replica takes part in 'main' only; add the lane to GraphReplicaOptions.Lanes to write it here.", error.Message);
        Assert.Throws<InvalidOperationException>(() => transaction.AddNode("Place", "here"));
        await transaction.CommitAsync();
        Assert.NotNull(await phone.GetAsync<Person>(1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_replica_with_some_lanes_lacks_is_deleted_nowhere(bool isCut)
    {
        var (office, laptop) = await PairAsync();
        var phone = await OpenPartAsync("phone");
        for (var i = 0; i < 10; i++) await WriteAsync(office, i);
        foreach (var lane in isCut ? office.Lanes : []) await office.CutLogAsync(keep: 0, lane);
        await phone.SyncAsync(office);
        Assert.Equal((10, 0), await CountAsync(phone));
        await phone.EditPersonAsync(3, person => person.Age = 33);
        await phone.SyncAsync(laptop);
        Assert.Equal((10, 0), await CountAsync(laptop));
        await laptop.SyncAsync(office);
        Assert.Equal((10, 10), await CountAsync(office));
        Assert.Equal((10, 10), await CountAsync(laptop));
        Assert.Equal(33, (await office.GetAsync<Person>(3))!.Age);

        // And it can take the lane up later.
        await _scene.CloseAsync(phone);
        phone = await _scene.OpenAsync("phone");
        await phone.SyncAsync(office);
        Assert.Equal((10, 10), await CountAsync(phone));
    }

    [Fact]
    public async Task Each_lane_is_read_and_written_under_its_own_vector()
    {
        var (office, laptop) = await PairAsync();
        await office.EditAsync(transaction =>
        {
            for (var i = 0; i < 5; i++) transaction.Add<Place>($"{i}");
        });
        await office.EditAsync(transaction => (transaction.Add<Person>(1).Email, transaction.Add<Place>("Hill").Height) = ("ann", 3));
        await office.EditAsync(async transaction => (await transaction.GetAsync<Place>("Hill"))!.Height = 4);
        await laptop.SyncAsync(office);
        Assert.Equal("ann", (await laptop.GetAsync<Person>(1))!.Email);
        var hill = (await laptop.GetAsync<Place>("Hill"))!;
        Assert.Equal((4, hill), (hill.Height, Place.Decode(hill.Encode())));
    }

    [Fact]
    public async Task A_lane_that_there_is_not_is_named()
    {
        var office = await _scene.OpenAsync("office");
        var phone = await OpenPartAsync("phone");
        foreach (var lanes in new string[][] { ["planes"], [] })
        {
            Assert.Contains("'main'", (await Assert.ThrowsAsync<ArgumentException>(() => office.SyncAsync(Nowhere(), new SyncOptions { Lanes = lanes }))).Message);
            Assert.Contains("'main'", (await Assert.ThrowsAsync<ArgumentException>(() => _scene.OpenAsync("tablet", configure: options => options.Lanes = lanes))).Message);
        }

        await Assert.ThrowsAsync<ArgumentException>(() => phone.SyncAsync(Nowhere(), new SyncOptions { Lanes = ["places"] }));
        await Assert.ThrowsAsync<ArgumentException>(() => _scene.OpenAsync("tablet", configure: options => options.CriticalLanes = ["planes"]));
    }

    private static InMemoryTransport Nowhere() => InMemoryTransport.CreatePair().Left;

    private async Task<(GraphReplica Office, GraphReplica Laptop)> PairAsync(string suffix = "") =>
        (await _scene.OpenAsync("office" + suffix), await _scene.OpenAsync("laptop" + suffix));

    private Task<GraphReplica> OpenAsync(string name, bool isCritical) =>
        _scene.OpenAsync(name, configure: options => options.CriticalLanes = isCritical ? ["places"] : []);

    private Task<GraphReplica> OpenPartAsync(string name) => _scene.OpenAsync(name, configure: options => options.Lanes = ["main"]);

    private static Task WriteAsync(GraphReplica replica, int number) => replica.EditAsync(transaction =>
    {
        transaction.Add<Person>(number);
        transaction.Add<Place>($"{number}");
    });

    private static async Task<(long People, long Places)> CountAsync(GraphReplica replica)
    {
        var counts = await replica.CountAsync();
        return (counts["Person"], counts["Place"]);
    }

    private static HookedTransport Noting(InMemoryTransport transport, List<string> lanes) => new(transport, (_, frame) =>
    {
        if (Frame.Decode(frame) is Frame.OfLane ofLane and not Frame.Ack) lanes.Add(ofLane.Lane);
        return Task.CompletedTask;
    });
}
