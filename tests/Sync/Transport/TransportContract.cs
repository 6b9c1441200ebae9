using Crdt.Codec;
using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Transport;

/// <summary>What every way to a peer owes to a session.</summary>
public abstract class TransportContract : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    /// <summary>Opens a way, and gives what is at both of its ends.</summary>
    protected abstract Task<(ISyncTransport Here, ISyncTransport There)> OpenAsync();

    [Fact]
    public async Task Frames_arrive_whole_and_in_order()
    {
        var (here, there) = await OpenAsync();
        byte[][] frames = [.. new[] { 1, 2, 65_535, 65_536, 65_537, 1_000_000, WireLimits.Frame, 3 }.Select(Frame)];
        var receiving = ReceiveAsync(there, frames.Length);
        foreach (var frame in frames) await here.SendAsync(frame);
        Assert.Equal(frames, await receiving);
        await CloseAsync(here, there);
    }

    [Fact]
    public async Task Sending_does_not_wait_until_the_peer_has_read()
    {
        var (here, there) = await OpenAsync();
        byte[][] frames = [.. Enumerable.Range(0, 16).Select(i => Frame((1 << 20) + i))];
        // Both send far more than any buffer takes, and only then read.
        foreach (var frame in frames) await here.SendAsync(frame);
        foreach (var frame in frames) await there.SendAsync(frame);
        Assert.Equal(frames, await ReceiveAsync(there, frames.Length));
        Assert.Equal(frames, await ReceiveAsync(here, frames.Length));
        await CloseAsync(here, there);
    }

    [Fact]
    public async Task What_was_sent_arrives_before_the_end()
    {
        var (here, there) = await OpenAsync();
        byte[][] frames = [Frame(10), Frame(2_000_000), Frame(11)];
        foreach (var frame in frames) await here.SendAsync(frame);
        var closing = here.DisposeAsync();
        Assert.Equal(frames, await ReceiveAsync(there, frames.Length));
        Assert.Null(await there.ReceiveAsync());
        await there.DisposeAsync();
        await closing;
        await Assert.ThrowsAsync<IOException>(async () => await here.SendAsync(Frame(1)));
    }

    [Fact]
    public async Task Both_ends_may_be_closed_at_once_and_twice()
    {
        var (here, there) = await OpenAsync();
        await CloseAsync(here, there);
        await CloseAsync(here, there);
    }

    [Fact]
    public async Task Waiting_for_a_frame_can_be_cancelled()
    {
        var (here, there) = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var receiving = here.ReceiveAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);
        await CloseAsync(here, there);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(WireLimits.Frame + 1)]
    public async Task A_frame_of_a_size_that_there_is_not_is_not_sent(int size)
    {
        var (here, there) = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(async () => await here.SendAsync(new byte[size]));
        await CloseAsync(here, there);
    }

    [Fact]
    public async Task Sessions_run_over_it()
    {
        var (office, laptop) = (await _scene.OpenAsync("office"), await _scene.OpenAsync("laptop"));
        await office.EditAsync(tx =>
        {
            for (var id = 1; id <= 3_000; id++) tx.Add<Person>(id).Email = $"{id}@x.org";
        });
        Assert.Equal(SyncMode.Full, (await SyncAsync(office, laptop)).Mode);
        await office.EditPersonAsync(8, person => person.Email = "newer");
        Assert.Equal(SyncMode.Incremental, (await SyncAsync(office, laptop)).Mode);
        await laptop.EditPersonAsync(7, person => person.Email = "new");
        await laptop.CutLogAsync(keep: 0);
        Assert.Equal(SyncMode.Reconciled, (await SyncAsync(office, laptop)).Mode);
        Assert.Equal("new", (await office.GetAsync<Person>(7))!.Email);
        Assert.Equal((await office.GetMerkleTreeAsync()).Root, (await laptop.GetMerkleTreeAsync()).Root);
    }

    protected static byte[] Frame(int size)
    {
        var frame = new byte[size];
        new Random(size).NextBytes(frame);
        return frame;
    }

    protected static async Task CloseAsync(ISyncTransport here, ISyncTransport there)
    {
        var closing = here.DisposeAsync();
        await there.DisposeAsync();
        await closing;
    }

    private async Task<SyncResult> SyncAsync(GraphReplica office, GraphReplica laptop)
    {
        var (here, there) = await OpenAsync();
        var results = await Task.WhenAll(office.SyncAsync(here), laptop.SyncAsync(there));
        await CloseAsync(here, there);
        return results[0];
    }

    private static async Task<byte[][]> ReceiveAsync(ISyncTransport transport, int count)
    {
        var frames = new byte[count][];
        for (var i = 0; i < count; i++) frames[i] = (await transport.ReceiveAsync())!.Value.ToArray();
        return frames;
    }
}
