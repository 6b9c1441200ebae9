using Crdt.Clocks;
using Crdt.Sync;
using Crdt.Sync.Storage;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Faults;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Offline;

/// <summary>What may be known elsewhere is marked durably before it leaves, so that a process that is killed then doesn't change it afterwards.</summary>
public sealed class TellingTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    /// <summary>
    /// The increment before the session is revealed by the introduction, frame 1, and the one that is made then by the events, frame 2. Who was telling and is killed takes
    /// everything for told, also the second one where only the first had left.
    /// </summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    public async Task Trap_9_killed_before_a_frame_of_a_session_it_changes_nothing_that_has_left(int frame, int events)
    {
        var disk = new InMemoryDisk();
        var (laptop, office) = (await _scene.OpenAsync("laptop", configure: options => options.UseMemory(disk)), await _scene.OpenAsync("office"));
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        await laptop.SyncAsync(office);
        await laptop.IncrementAsync(1);
        var left = await BreakAtAsync(laptop, office, disk, frame);
        var killed = await _scene.OpenAsync("laptop", configure: options => options.UseMemory(left));
        await killed.IncrementAsync(1);
        Assert.Equal(events, await killed.WaitingAsync());
        await office.SyncAsync(killed);
        Assert.Equal(frame == 0 ? 2 : 3, (await office.GetAsync<Person>(1))!.Stock);
        Assert.Equal(await killed.RootAsync(), await office.RootAsync());
    }

    [Fact]
    public async Task Killed_before_it_met_anybody_it_goes_on_folding()
    {
        var disk = new InMemoryDisk();
        var laptop = await _scene.OpenAsync("laptop", configure: options => options.UseMemory(disk));
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        await laptop.IncrementAsync(1);
        var killed = await _scene.OpenAsync("laptop", configure: options => options.UseMemory(disk.Copy()));
        await killed.IncrementAsync(1);
        Assert.Equal(await laptop.WaitingAsync(), await killed.WaitingAsync());
    }

    /// <summary>The marks are exact again once the replica is closed, so that what was made after the last session folds with what comes after the opening.</summary>
    [Fact]
    public async Task Closed_after_a_session_it_goes_on_folding_what_came_after_that()
    {
        var disk = new InMemoryDisk();
        var (laptop, office) = (await _scene.OpenAsync("laptop", configure: options => options.UseMemory(disk)), await _scene.OpenAsync("office"));
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        await laptop.SyncAsync(office);
        await laptop.IncrementAsync(1);
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop", configure: options => options.UseMemory(disk));
        await laptop.IncrementAsync(1);
        Assert.Equal(1, await laptop.WaitingAsync());
        await laptop.SyncAsync(office);
        Assert.Equal(2, (await office.GetAsync<Person>(1))!.Stock);
    }

    /// <summary>One note after the opening; from then on a session waits for the disk only for what it has received.</summary>
    [Fact]
    public async Task Telling_once_more_writes_nothing()
    {
        var disk = new MemoryDisk();
        var plan = new FaultPlan(disk);
        var laptop = await _scene.OpenAsync("laptop", configure: options => options.Store = () => new FaultyStore(disk, ReplicaId.Random(), plan));
        var office = await _scene.OpenAsync("office");
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        await laptop.SyncAsync(office);
        await laptop.IncrementAsync(1);
        var before = plan.Writes.Count;
        await laptop.SyncAsync(office);
        Assert.Equal(1, (await office.GetAsync<Person>(1))!.Stock);
        Assert.Equal(before, plan.Writes.Count);
    }

    [Fact]
    public async Task A_lane_that_is_frozen_for_a_peer_is_told_of_as_it_is_then()
    {
        var (laptop, office) = (await _scene.OpenAsync("laptop"), await _scene.OpenAsync("office"));
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        await laptop.SyncAsync(office);
        await laptop.IncrementAsync(1);
        await laptop.CutLogAsync(keep: 0);
        var (here, there) = InMemoryTransport.CreatePair();
        // The one that is made before the introduction leaves is not in it, but in the frozen lane.
        var hooked = new HookedTransport(here, (number, _) => number == 1 ? laptop.IncrementAsync(1) : Task.CompletedTask);
        await Task.WhenAll(laptop.SyncAsync(hooked), office.SyncAsync(there));
        Assert.Equal(2, (await office.GetAsync<Person>(1))!.Stock);
        await laptop.IncrementAsync(1);
        Assert.Equal(1, (await office.SyncAsync(laptop)).Received.Events);
        Assert.Equal(3, (await office.GetAsync<Person>(1))!.Stock);
    }

    private async Task<InMemoryDisk> BreakAtAsync(GraphReplica laptop, GraphReplica office, InMemoryDisk disk, int frame)
    {
        var left = disk;
        var (here, there) = InMemoryTransport.CreatePair();
        var broken = new HookedTransport(here, async (number, _) =>
        {
            if (number == 1) await laptop.IncrementAsync(1);
            if (number != frame) return;
            left = disk.Copy();
            throw new IOException("The process ends here.");
        });
        var other = Assert.ThrowsAnyAsync<Exception>(() => office.SyncAsync(there));
        await Assert.ThrowsAsync<IOException>(() => laptop.SyncAsync(broken));
        await here.DisposeAsync();
        await other;
        await _scene.CloseAsync(laptop);
        return left;
    }
}
