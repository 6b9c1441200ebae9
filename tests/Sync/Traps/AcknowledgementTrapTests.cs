using Crdt.Sync;
using Crdt.Sync.Events;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Sync.Storage;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Traps;

/// <summary>What is confirmed to a peer: nothing that a crash at that moment would take away (pouchdb#1240).</summary>
public sealed class AcknowledgementTrapTests : IAsyncDisposable
{
    private readonly Scene _scene = new();
    private readonly InMemoryDisk _disk = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Trap_8_events_are_durable_before_they_are_acknowledged()
    {
        var (laptop, office) = await PairAsync();
        await office.EditAsync(tx => tx.Add<Person>(100)); // An empty one is given states.
        for (var id = 1; id <= 5; id++) await laptop.EditAsync(tx => tx.Add<Person>(id).Email = new('x', 524_288));
        Queue<ulong> sent = new();
        var acknowledged = 0;
        await SyncAsync(
            laptop,
            office,
            frame =>
            {
                if (frame is Frame.Events events) sent.Enqueue(BatchWire.DecodeEvents(events.Batch).Max(bytes => EventCodec.Read(bytes).Last));
            },
            async frame =>
            {
                if (frame is not Frame.Ack) return;
                acknowledged++;
                Assert.True(await DurableAsync(laptop) >= sent.Dequeue(), $"acknowledgement {acknowledged} came before what it covers");
            });
        Assert.Equal(5, acknowledged);
    }

    [Fact]
    public async Task Trap_8_states_are_durable_before_they_are_called_joined()
    {
        var (laptop, office) = await PairAsync();
        await office.EditAsync(tx => tx.Add<Person>(100));
        for (var id = 1; id <= 5; id++) await laptop.EditAsync(tx => tx.Add<Person>(id).Email = new('x', 524_288));
        await laptop.CutLogAsync(keep: 0);
        var isJoined = false;
        await SyncAsync(laptop, office, _ => { }, async frame =>
        {
            if (frame is not Frame.Joined) return;
            isJoined = true;
            Assert.Equal(laptop.VectorOf()[laptop.Id], await DurableAsync(laptop));
        });
        Assert.True(isJoined);
    }

    [Fact]
    public async Task Trap_8_what_a_peer_holds_back_for_its_clock_stays_in_the_queue()
    {
        var fast = new MovableTime();
        var laptop = await _scene.OpenAsync("laptop", time: fast, configure: options => options.UseMemory());
        var office = await _scene.OpenAsync("office", configure: options => options.UseMemory(_disk));
        await office.EditAsync(tx => tx.Add<Person>(100));
        await laptop.SyncAsync(office);
        fast.Advance(TimeSpan.FromDays(1));
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        Assert.Equal(0, (await laptop.SyncOfflineChangesAsync(office)).SyncedOperations);
        Assert.Equal(0UL, await DurableAsync(laptop));
        Assert.Equal(1, await laptop.WaitingAsync());
        _scene.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await laptop.SyncOfflineChangesAsync(office)).SyncedOperations);
        Assert.NotNull(await office.GetAsync<Person>(1));
    }

    private async Task<(GraphReplica Laptop, GraphReplica Office)> PairAsync() =>
        (await _scene.OpenAsync("laptop", configure: options => options.UseMemory()), await _scene.OpenAsync("office", configure: options => options.UseMemory(_disk)));

    /// <summary>How many writes of a replica would be there if the office were to crash now.</summary>
    private async Task<ulong> DurableAsync(GraphReplica of)
    {
        await using var left = new InMemoryStore(_disk.Copy());
        var state = await left.OpenAsync(new("left", default, null));
        return state.Vectors.TryGetValue("main", out var vector) ? vector[of.Id] : 0;
    }

    private static async Task SyncAsync(GraphReplica laptop, GraphReplica office, Action<Frame> saying, Func<Frame, Task> answering)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        var heard = new HookedTransport(here, (_, frame) =>
        {
            saying(Frame.Decode(frame));
            return Task.CompletedTask;
        });
        var answered = new HookedTransport(there, (_, frame) => answering(Frame.Decode(frame)));
        await Task.WhenAll(ClosingAsync(laptop, heard), ClosingAsync(office, answered));
    }

    // Whoever fails must not leave the other one waiting.
    private static async Task ClosingAsync(GraphReplica replica, ISyncTransport transport)
    {
        await using (transport) await replica.SyncAsync(transport);
    }
}
