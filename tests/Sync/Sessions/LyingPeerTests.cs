using Crdt.Codec;
using Crdt.Sync;
using Crdt.Sync.Differences;
using Crdt.Sync.Frames;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Sessions;

/// <summary>Peers that lie while states are compared: they are refused with a reason, and cost little.</summary>
public sealed class LyingPeerTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Cells_of_a_set_that_is_too_large_to_be_true_are_no_error_of_this_side()
    {
        var peer = await MeetAsync(PlayedPeer.Leader);
        await peer.SayAsync(new Frame.Freeze("main", PlayedPeer.Vector((peer.Id, 5)), default, int.MaxValue, 1), Cells(64, int.MaxValue));
        // The leaves are asked for, as where there are too many differences; nothing else fits.
        await peer.SayAsync(new Frame.Leaves("main", new byte[16]));
        Assert.Contains("leaves", (await peer.RefusedAsync()).Message);
    }

    [Fact]
    public async Task A_frozen_vector_that_knows_of_writes_which_were_never_made_is_refused()
    {
        var laptop = await LaptopAsync();
        var (before, self) = (laptop.VectorOf(), laptop.Id);
        var peer = new PlayedPeer(laptop, PlayedPeer.Leader);
        await peer.IntroduceAsync();
        await peer.SayAsync(new Frame.Freeze("main", PlayedPeer.Vector((peer.Id, 5), (self, ulong.MaxValue)), default, 0, 0), Cells(64, 0), PlayedPeer.NoRows());
        Assert.Contains("has not made", (await peer.RefusedAsync()).Message);
        Assert.Equal(before, laptop.VectorOf());
        await laptop.EditPersonAsync(1, person => person.Age = 3);
        Assert.Equal(3, (await laptop.GetAsync<Person>(1))!.Age);
    }

    [Fact]
    public async Task Who_asks_for_more_rows_than_there_are_is_refused_before_the_end()
    {
        var peer = await MeetAsync(PlayedPeer.Follower);
        await peer.SayAsync(new Frame.Freeze("main", PlayedPeer.Vector((peer.Id, 5)), default, 0, 0));
        var items = Enumerable.Range(1, 1_000).Select(item => (ulong)item).ToArray();
        await peer.SayAsync(new Frame.Difference("main", items, [], [], IsLast: false));
        await peer.RefusedAsync();
    }

    [Fact]
    public async Task Who_asks_for_a_row_that_there_is_not_is_refused()
    {
        var peer = await MeetAsync(PlayedPeer.Follower);
        await peer.SayAsync(new Frame.Freeze("main", PlayedPeer.Vector((peer.Id, 5)), default, 0, 0));
        await peer.SayAsync(new Frame.Difference("main", [12_345], [], [], IsLast: true));
        Assert.Contains("a row that there is not", (await peer.RefusedAsync()).Message);
    }

    [Fact]
    public async Task Who_holds_more_rows_than_there_are_is_refused_before_the_end()
    {
        var peer = await MeetAsync(PlayedPeer.Follower);
        await peer.SayAsync(new Frame.Freeze("main", PlayedPeer.Vector((peer.Id, 5)), default, 0, 0));
        var items = Enumerable.Range(1, 1_000).Select(item => (ulong)item).ToArray();
        await peer.SayAsync(new Frame.Difference("main", [], items, [], IsLast: false));
        await peer.RefusedAsync();
    }

    [Fact]
    public async Task The_items_of_leaves_are_given_once()
    {
        var peer = await MeetAsync(PlayedPeer.Follower);
        await peer.SayAsync(new Frame.Freeze("main", PlayedPeer.Vector((peer.Id, 5)), default, 0, 0));
        await peer.SayAsync(new Frame.More("main", 0), new Frame.Differing("main", [0]), new Frame.Differing("main", [0]));
        await peer.RefusedAsync();
    }

    /// <summary>Each piece beyond the prefix goes over all items.</summary>
    [Fact]
    public async Task Cells_beyond_the_prefix_are_not_given_one_by_one()
    {
        var peer = await MeetAsync(PlayedPeer.Follower);
        await peer.SayAsync(new Frame.Freeze("main", PlayedPeer.Vector((peer.Id, 5)), default, 0, 0));
        await peer.SayAsync(new Frame.More("main", CellPrefix.Length), new Frame.More("main", CellPrefix.Length + 1));
        await peer.RefusedAsync();
    }

    [Fact]
    public async Task Cells_come_as_many_as_were_asked_for()
    {
        var peer = await MeetAsync(PlayedPeer.Leader);
        await peer.SayAsync(new Frame.Freeze("main", PlayedPeer.Vector((peer.Id, 5)), default, 100_000, 1), Cells(64, 100_000), Cells(1, 100_000, from: 64));
        await peer.RefusedAsync();
    }

    /// <summary>They give items that neither side has, so rows are asked for that there are not.</summary>
    [Fact]
    public async Task Syndromes_of_a_set_that_there_is_not_are_found_out_when_its_rows_are_to_come()
    {
        var peer = await MeetAsync(PlayedPeer.Leader);
        await peer.SayAsync(new Frame.Freeze("main", PlayedPeer.Vector((peer.Id, 5)), default, 2, 1), Lying(2), PlayedPeer.NoRows());
        Assert.Contains("rows are missing", (await peer.RefusedAsync()).Message);
    }

    [Fact]
    public async Task Syndromes_come_once()
    {
        var peer = await MeetAsync(PlayedPeer.Leader);
        await peer.SayAsync(new Frame.Freeze("main", PlayedPeer.Vector((peer.Id, 5)), default, 2, 1), Lying(20), Lying(20));
        await peer.RefusedAsync();
    }

    [Fact]
    public async Task More_syndromes_than_are_kept_are_refused()
    {
        var peer = await MeetAsync(PlayedPeer.Leader);
        await peer.SayAsync(new Frame.Freeze("main", PlayedPeer.Vector((peer.Id, 5)), default, 2, 1), new Frame.Syndromes("main", new ulong[SyndromeSketch.Capacity + 1]));
        await peer.RefusedAsync();
    }

    /// <summary>Whatever is missing would be taken for deleted.</summary>
    [Fact]
    public async Task A_lane_that_is_sent_as_a_whole_has_as_many_rows_as_were_announced()
    {
        var laptop = await _scene.OpenAsync("laptop");
        var peer = new PlayedPeer(laptop, PlayedPeer.Leader);
        await peer.IntroduceAsync();
        await peer.SayAsync(new Frame.Freeze("main", PlayedPeer.Vector((peer.Id, 5)), default, 10, 1), PlayedPeer.NoRows());
        await peer.RefusedAsync();
        Assert.Empty(laptop.VectorOf().Entries);
    }

    private static Frame.Syndromes Lying(int items)
    {
        var sketch = new SyndromeSketch();
        for (var item = 1; item <= items; item++) sketch.Toggle((ulong)item * 0x9E37_79B9_7F4A_7C15);
        return new("main", sketch.Sums[..8].ToArray());
    }

    private static Frame.Cells Cells(int count, int setSize, int from = 0)
    {
        var cells = new Cell[count];
        if (from == 0) cells[0] = new(0, 0, setSize);
        var writer = new WireWriter(1024);
        CellRun.Write(ref writer, cells, from, setSize);
        return new("main", from, writer.Finish());
    }

    private async Task<GraphReplica> LaptopAsync()
    {
        var laptop = await _scene.OpenAsync("laptop");
        await laptop.EditAsync(tx => tx.Add<Person>(1).Email = "ann@x.org");
        return laptop;
    }

    private async Task<PlayedPeer> MeetAsync(Crdt.Clocks.ReplicaId id)
    {
        var peer = new PlayedPeer(await LaptopAsync(), id);
        await peer.IntroduceAsync();
        return peer;
    }
}
