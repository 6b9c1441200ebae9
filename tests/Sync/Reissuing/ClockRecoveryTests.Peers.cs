using Crdt.Sync.Frames;
using Crdt.Sync.Offline;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Reissuing;

/// <content>What a peer has taken before keeps its name.</content>
public sealed partial class ClockRecoveryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_peer_with_the_same_wrong_clock_has_taken_keeps_its_name_and_counts_once(bool isMarkLost)
    {
        var (laptop, office) = await MeetAsync();
        var former = laptop.Id;
        _clocks.SetWrong();
        var shop = await _clocks.OpenAsync("shop", new(), _clocks.LaptopTime);
        await laptop.EditPersonAsync(1, ann => ann.Stock += 300);
        Assert.Equal(0, (await shop.SyncAsync(laptop)).Held);
        // Not closed: what the peer confirmed was noted with the commit, although nobody uses the queue.
        await shop.EditPersonAsync(1, ann => ann.Stock += 1);
        await shop.SyncAsync(laptop);
        _clocks.Crash(laptop);
        // The peer's own increment, which is in the log, says that it has those before.
        if (isMarkLost) await _clocks.ForgetAsync(ReplicaQueue.NoteKey);
        _clocks.SetRight();
        laptop = await _clocks.OpenLaptopAsync();
        Assert.Equal(former, laptop.Id);
        _clocks.Pass(TimeSpan.FromDays(4));
        await office.SyncAsync(shop);
        await office.SyncAsync(laptop);
        await _clocks.AssertEqualAsync(laptop, office);
        Assert.Equal(5 + 7 + 301, (await office.GetAsync<Person>(1))!.Stock);
    }

    /// <summary>The peer has said that it has them, frame by frame or for all of a lane; only the farewell is missing.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_peer_has_confirmed_keeps_its_name_although_the_session_broke_afterwards(bool asStates)
    {
        var (laptop, office) = await MeetAsync();
        var former = laptop.Id;
        _clocks.SetWrong();
        var shop = await _clocks.OpenAsync("shop", new(), _clocks.LaptopTime);
        if (!asStates) await shop.SyncAsync(laptop);
        await laptop.EditPersonAsync(1, ann => ann.Stock += 300);
        var (here, there) = InMemoryTransport.CreatePair();
        var broken = new HookedTransport(there, (_, frame) => (FrameType)frame.Span[0] == FrameType.Bye ? throw new IOException("The way broke.") : Task.CompletedTask);
        var mine = Assert.ThrowsAsync<SessionException>(() => laptop.SyncAsync(here));
        await Assert.ThrowsAsync<IOException>(() => shop.SyncAsync(broken));
        await there.DisposeAsync();
        await mine;
        laptop = await _clocks.RecoverAsync(laptop);
        Assert.Equal(former, laptop.Id);
        _clocks.Pass(TimeSpan.FromDays(4));
        await office.SyncAsync(shop);
        await office.SyncAsync(laptop);
        await _clocks.AssertEqualAsync(laptop, office);
        Assert.Equal(5 + 7 + 300, (await office.GetAsync<Person>(1))!.Stock);
    }
}
