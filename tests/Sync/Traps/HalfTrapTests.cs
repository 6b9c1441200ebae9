using Crdt.Sync;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Sync.Storage;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Traps;

/// <summary>What has come in part, and what came of it in this replica's own view or that of others: nothing (corrosion#39).</summary>
public sealed class HalfTrapTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trap_11_rows_that_are_put_aside_are_neither_shown_nor_claimed_nor_served(bool isEmpty)
    {
        var disk = new InMemoryDisk();
        var (office, laptop, phone) = (await OpenAsync("office"), await OpenAsync("laptop", disk), await OpenAsync("phone"));
        if (!isEmpty) await laptop.EditAsync(tx => tx.Add<Person>(100));
        await office.EditAsync(tx =>
        {
            for (var id = 1; id <= 60; id++) tx.Add<Person>(id).Email = new((char)('a' + (id % 26)), 50_000);
        });
        await office.CutLogAsync(keep: 0);
        var had = laptop.VectorOf();
        var rows = 0;
        await BreakAsync(laptop, office, frame => frame is Frame.Rows && ++rows > 5);
        await _scene.CloseAsync(laptop);
        laptop = await OpenAsync("laptop", disk);
        Assert.NotEmpty(await StagedAsync(disk));
        Assert.Equal(had, laptop.VectorOf());
        Assert.Equal(isEmpty ? 0 : 1, (await laptop.CountAsync())["Person"]);

        await phone.SyncAsync(laptop);
        Assert.Equal(isEmpty ? 0 : 1, (await phone.CountAsync())["Person"]);
        Assert.Equal(had, phone.VectorOf());
        await laptop.SyncAsync(office);
        await phone.SyncAsync(office);
        foreach (var replica in new[] { office, laptop, phone }) Assert.Equal(isEmpty ? 60 : 61, (await replica.CountAsync())["Person"]);
        Assert.Equal(await office.RootAsync(), await laptop.RootAsync());
    }

    [Fact]
    public async Task Trap_11_events_that_wait_for_another_are_neither_shown_nor_claimed_nor_served()
    {
        var (office, laptop, phone) = (await OpenAsync("office"), await OpenAsync("laptop"), await OpenAsync("phone"));
        await laptop.EditAsync(tx => tx.Add<Person>(100)); // An empty one is given states.
        for (var id = 1; id <= 3; id++) await office.EditAsync(tx => tx.Add<Person>(id).Email = new('x', 524_288));
        await BreakAsync(laptop, office, frame => frame is Frame.Done, isLost: frame => frame is Frame.Events { Batch: var batch } && IsFirst(batch));
        Assert.Equal(0UL, laptop.VectorOf()[office.Id]);
        Assert.Equal(1, (await laptop.CountAsync())["Person"]);
        await phone.SyncAsync(laptop);
        Assert.Equal(1, (await phone.CountAsync())["Person"]);
        Assert.Equal(3, (await laptop.SyncAsync(office)).Received.Events);
        await phone.SyncAsync(laptop);
        Assert.Equal(await office.RootAsync(), await phone.RootAsync());
    }

    private static bool IsFirst(ReadOnlyMemory<byte> batch) => BatchWire.DecodeEvents(batch).Any(bytes => Crdt.Sync.Events.EventCodec.Read(bytes).First == 1);

    private Task<GraphReplica> OpenAsync(string name, InMemoryDisk? disk = null) => _scene.OpenAsync(name, configure: options => options.UseMemory(disk ?? new()));

    private static async Task<IReadOnlyList<string>> StagedAsync(InMemoryDisk disk)
    {
        await using var store = new InMemoryStore(disk.Copy());
        await store.OpenAsync(new("look", default, null));
        return await store.ReadStagesAsync();
    }

    /// <summary>Runs a session that breaks before a frame of the office, and in which some of its frames get lost.</summary>
    private static async Task BreakAsync(GraphReplica laptop, GraphReplica office, Func<Frame, bool> isLast, Func<Frame, bool>? isLost = null)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        var mine = laptop.SyncAsync(here);
        await using (var lossy = new LossyTransport(there, isLast, isLost ?? (_ => false))) await Assert.ThrowsAsync<IOException>(() => office.SyncAsync(lossy));
        await Assert.ThrowsAsync<SessionException>(() => mine);
    }

    private sealed class LossyTransport(InMemoryTransport inner, Func<Frame, bool> isLast, Func<Frame, bool> isLost) : ISyncTransport
    {
        public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default)
        {
            var read = Frame.Decode(frame);
            if (isLast(read)) throw new IOException("The way broke.");
            return isLost(read) ? ValueTask.CompletedTask : inner.SendAsync(frame, cancellationToken);
        }

        public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default) => inner.ReceiveAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
