using Crdt.Clocks;
using Crdt.Signing;
using Crdt.Sync;
using Crdt.Sync.Lanes;
using Crdt.Sync.Networking;
using Crdt.Sync.Sessions;
using Crdt.Sync.Signatures;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Signatures;

public sealed class SigningTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_new_replica_signs_and_keeps_its_key()
    {
        var laptop = await _scene.OpenAsync("laptop");
        var id = laptop.Id;
        Assert.True(ReplicaKey.IsSigned(id));
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop");
        Assert.Equal(id, laptop.Id);
        await laptop.EditAsync(tx => tx.Add<Person>(2));
        var log = await laptop.ReadLogAsync().ToListAsync();
        Assert.Equal(SealedEvent.HashOf(log[0].Bytes), SealedEvent.PreviousOf(log[1].Bytes).ToArray());
    }

    [Fact]
    public async Task A_store_that_began_without_a_key_goes_on_without()
    {
        var old = await _scene.OpenAsync("old", configure: options => options.SignsEvents = false);
        await old.EditAsync(tx => tx.Add<Person>(1));
        await _scene.CloseAsync(old);
        old = await _scene.OpenAsync("old");
        await old.EditAsync(tx => tx.Add<Person>(2));
        Assert.False(ReplicaKey.IsSigned(old.Id));
        var office = await _scene.OpenAsync("office");
        await office.SyncAsync(old);
        Assert.Equal(await old.RootAsync(), await office.RootAsync());
    }

    [Fact]
    public async Task Who_is_not_trusted_may_pass_on_what_others_signed()
    {
        var (ann, bob, hub) = (await _scene.OpenAsync("ann"), await _scene.OpenAsync("bob"), await _scene.OpenAsync("hub"));
        await bob.EditAsync(tx => tx.Add<Person>(99)); // To an empty one Ann would give states, which say of nothing who wrote it.
        for (var person = 1; person <= 20; person++) await ann.EditAsync(tx => tx.Add<Person>(person));
        await bob.SyncAsync(ann);
        await bob.EditPersonAsync(3, person => person.Age = 30);
        await ann.SyncAsync(bob);
        await ann.EditPersonAsync(3, person => person.Age = 31);
        await bob.SyncAsync(ann);
        var result = await SyncAsync(bob, hub, "*:rw");
        Assert.True(result.Lanes["main"].IsComplete, result.Lanes["main"].Reason);
        Assert.Equal(await ann.RootAsync(), await hub.RootAsync());
    }

    /// <summary>What the hub has of Ann it had in one frame with one seal; another asks for it in slices of few bytes.</summary>
    [Fact]
    public async Task A_run_with_one_seal_is_passed_on_whole_in_however_small_slices()
    {
        var (ann, bob, hub) = (await _scene.OpenAsync("ann"), await _scene.OpenAsync("bob"), await _scene.OpenAsync("hub"));
        await hub.EditAsync(tx => tx.Add<Person>(999));
        for (var person = 1; person <= 300; person++) await ann.EditAsync(tx => tx.Add<Person>(person).Email = new string('x', 1_000));
        await hub.SyncAsync(ann);
        Assert.Single(await hub.ReadLogAsync().Where(one => one.Origin == ann.Id && !SealedEvent.SealOf(one.Bytes).IsEmpty).ToListAsync());
        var (here, there) = InMemoryTransport.CreatePair();
        var narrow = SyncStrategy.Select(new(BandwidthMbps: 0.5, LatencyMs: 10, LossRate: 0));
        Assert.InRange(narrow.SliceBytes, 0, 100_000);
        await Task.WhenAll(hub.SyncAsync(here, new SyncOptions { Strategy = narrow }), bob.SyncAsync(there, new SyncOptions { Access = PeerAccess.Parse("*:rw") }));
        Assert.Equal(await hub.RootAsync(), await bob.RootAsync());
    }

    [Fact]
    public async Task A_long_run_is_sealed_in_between_and_passed_on()
    {
        var (ann, bob, hub) = (await _scene.OpenAsync("ann"), await _scene.OpenAsync("bob"), await _scene.OpenAsync("hub"));
        await hub.EditAsync(tx => tx.Add<Person>(999));
        await bob.EditAsync(tx => tx.Add<Person>(998));
        var dice = new Random(1);
        for (var person = 1; person <= 40; person++) await ann.EditAsync(tx => tx.Add<Person>(person).Email = Convert.ToHexString(Noise(dice, 50_000)));
        var batched = SyncStrategy.Select(new(BandwidthMbps: 50, LatencyMs: 900, LossRate: 0));
        await SyncAsync(ann, hub, "*:rw", batched);
        Assert.InRange(await hub.ReadLogAsync().CountAsync(one => one.Origin == ann.Id && !SealedEvent.SealOf(one.Bytes).IsEmpty), 5, 20);
        var result = await SyncAsync(hub, bob, "*:rw", batched);
        Assert.True(result.Lanes["main"].IsComplete, result.Lanes["main"].Reason);
        Assert.Equal(hub.VectorOf(), bob.VectorOf());
    }

    [Fact]
    public async Task A_seal_that_is_not_needed_has_to_hold_as_well()
    {
        using var ann = new SignedAuthor(ReplicaIdentity.Signed(), _scene.Time);
        var hub = await _scene.OpenAsync("hub");
        await hub.EditAsync(tx => tx.Add<Person>(999));
        var run = ann.Run(2, 1);
        var seen = hub.VectorOf();
        seen.Advance(ann.Id, run[1].Last);
        var (end, _) = await Intruder.WriteAsync(hub, seen, SealedEvent.With(run[0].Bytes, new byte[SealedEvent.SealSize]), run[1].Bytes);
        Assert.Equal((SessionEnd.Forged, 0UL), (end, hub.VectorOf()[ann.Id]));
        (end, var text) = await Intruder.WriteAsync(hub, seen, run[0].Bytes, run[1].Bytes);
        Assert.Equal("", text);
        Assert.Equal(run[1].Last, hub.VectorOf()[ann.Id]);
    }

    private static byte[] Noise(Random dice, int length)
    {
        var noise = new byte[length];
        dice.NextBytes(noise);
        return noise;
    }

    [Fact]
    public async Task What_is_not_signed_is_refused_from_whom_is_not_trusted_and_both_are_told_what_to_do()
    {
        var old = await _scene.OpenAsync("old", configure: options => options.SignsEvents = false);
        await old.EditAsync(tx => tx.Add<Person>(1));
        var hub = await _scene.OpenAsync("hub");
        var (here, there) = InMemoryTransport.CreatePair();
        var results = await Task.WhenAll(hub.SyncAsync(there, new SyncOptions { Access = PeerAccess.Parse("*:rw") }), old.SyncAsync(here));
        Assert.All(results, result => Assert.False(result.Lanes["main"].IsComplete || result.Lanes["main"].GoesOn));
        Assert.All(results, result => Assert.Contains("give the peer that passes them on the right 't'", result.Lanes["main"].Reason, StringComparison.Ordinal));
        Assert.Empty(hub.VectorOf().Entries);
        await SyncAsync(old, hub, "*:rwt");
        Assert.Equal(await old.RootAsync(), await hub.RootAsync());
    }

    /// <summary>One that once synced with a replica without a key passes on all the same what is signed.</summary>
    [Fact]
    public async Task What_is_not_signed_is_left_out_and_the_rest_goes_on()
    {
        var (old, ann, hub) = (await _scene.OpenAsync("old", configure: options => options.SignsEvents = false), await _scene.OpenAsync("ann"), await _scene.OpenAsync("hub"));
        await hub.EditAsync(tx => tx.Add<Person>(99));
        await old.EditAsync(tx => tx.Add<Person>(1));
        await ann.EditAsync(tx => tx.Add<Person>(2));
        await ann.SyncAsync(old);
        var result = await SyncAsync(ann, hub, "*:rw");
        Assert.False(result.Lanes["main"].IsComplete);
        Assert.Equal((0, 0UL), (result.RefusedByPeer, hub.VectorOf()[old.Id]));
        Assert.Equal(ann.VectorOf()[ann.Id], hub.VectorOf()[ann.Id]);

        // What she writes from now on depends on it, and waits at the hub in memory only: it is still hers to keep.
        await ann.EditAsync(tx => tx.Add<Person>(3));
        result = await SyncAsync(ann, hub, "*:rw");
        Assert.True(hub.VectorOf()[ann.Id] < ann.VectorOf()[ann.Id]);
        Assert.Equal(1, (await hub.ReadHealthAsync()).Waiting["main"].Events);
        Assert.Equal(0L, result.SyncedOperations);
    }

    /// <summary>A peer that doesn't know better sends it: nothing of it is taken, and what comes beside it is.</summary>
    [Fact]
    public async Task What_is_sent_unsigned_all_the_same_is_refused_by_itself()
    {
        using var ann = new SignedAuthor(ReplicaIdentity.Signed(), _scene.Time);
        var hub = await _scene.OpenAsync("hub");
        await hub.EditAsync(tx => tx.Add<Person>(99));
        var unsigned = Crdt.Sync.Events.EventCodec.Create("main", new(12), 1, 1, new(1), new(), []);
        var seen = hub.VectorOf();
        seen.Advance(ann.Id, 1);
        seen.Advance(new(12), 1);
        await Intruder.WriteAsync(hub, seen, unsigned.Bytes, ann.Run(1, 1)[0].Bytes);
        Assert.Equal((0UL, true), (hub.VectorOf()[new(12)], hub.VectorOf()[ann.Id] > 0));
    }

    [Fact]
    public async Task States_are_taken_from_whom_is_trusted_only()
    {
        var (laptop, hub) = (await _scene.OpenAsync("laptop"), await _scene.OpenAsync("hub"));
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        await laptop.CutLogAsync(0);
        var refused = await SyncAsync(laptop, hub, "*:rw");
        Assert.False(refused.Lanes["main"].IsComplete);
        Assert.Contains("takes only signed events", refused.Lanes["main"].Reason, StringComparison.Ordinal);
        Assert.Empty(hub.VectorOf().Entries);
        Assert.True((await SyncAsync(laptop, hub, "*:rwt")).Lanes["main"].IsComplete);
        Assert.Equal(await laptop.RootAsync(), await hub.RootAsync());
    }

    /// <summary>The hub gives states, since its log was cut, and takes events: first the one, then the other.</summary>
    [Fact]
    public async Task Events_one_way_and_states_the_other_take_two_sessions()
    {
        var (laptop, hub) = (await _scene.OpenAsync("laptop"), await _scene.OpenAsync("hub"));
        await hub.EditAsync(tx => tx.Add<Person>(1));
        await hub.CutLogAsync(0);
        await laptop.EditAsync(tx => tx.Add<Person>(2));
        var first = await SyncAsync(laptop, hub, "*:rw");
        Assert.Equal((SyncMode.Incremental, false, true), (first.Lanes["main"].Mode, first.Lanes["main"].IsComplete, first.Lanes["main"].GoesOn));
        var second = await SyncAsync(laptop, hub, "*:rw");
        Assert.True(second.Lanes["main"].IsComplete, second.Lanes["main"].Reason);
        Assert.Equal(await laptop.RootAsync(), await hub.RootAsync());
        Assert.Equal(laptop.VectorOf(), hub.VectorOf());
    }

    [Fact]
    public async Task Who_stays_connected_does_both_at_once()
    {
        var (laptop, hub) = (await _scene.OpenAsync("laptop"), await _scene.OpenAsync("hub"));
        await hub.EditAsync(tx => tx.Add<Person>(1));
        await hub.CutLogAsync(0);
        await laptop.EditAsync(tx => tx.Add<Person>(2));
        var (here, there) = InMemoryTransport.CreatePair();
        using var ending = new CancellationTokenSource();
        var serving = hub.StayInSyncAsync(there, new SyncOptions { Access = PeerAccess.Parse("*:rw") }, cancellationToken: ending.Token);
        var staying = laptop.StayInSyncAsync(here, new SyncOptions(), cancellationToken: ending.Token);
        await AgreeAsync(laptop, hub);
        await laptop.EditAsync(tx => tx.Add<Person>(3));
        await hub.EditAsync(tx => tx.Add<Person>(4));
        await AgreeAsync(laptop, hub);
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(serving, staying));
    }

    /// <summary>What it had committed under its former id, and nobody had seen, is signed with the former key.</summary>
    [Fact]
    public async Task A_copy_signs_under_a_key_of_its_own_and_its_former_events_stay_signed()
    {
        var laptop = await _scene.OpenAsync("laptop");
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        var former = laptop.Id;
        await _scene.CloseAsync(laptop);
        Directory.CreateDirectory(_scene.FolderOf("copy"));
        foreach (var file in Directory.GetFiles(_scene.FolderOf("laptop"))) File.Copy(file, Path.Combine(_scene.FolderOf("copy"), Path.GetFileName(file)));
        var (copy, hub) = (await _scene.OpenAsync("copy"), await _scene.OpenAsync("hub"));
        Assert.NotEqual(former, copy.Id);
        Assert.True(ReplicaKey.IsSigned(copy.Id));
        await copy.EditAsync(tx => tx.Add<Person>(2));
        Assert.True((await SyncAsync(copy, hub, "*:rw")).Lanes["main"].IsComplete);
        laptop = await _scene.OpenAsync("laptop");
        await laptop.EditAsync(tx => tx.Add<Person>(3));
        Assert.True((await SyncAsync(laptop, hub, "*:rw")).Lanes["main"].IsComplete);
        await copy.SyncAsync(hub);
        Assert.Equal(await copy.RootAsync(), await laptop.RootAsync());
        Assert.Equal([1UL, 1UL], new[] { former, copy.Id }.Select(id => Math.Min(hub.VectorOf()[id], 1)));
        Assert.Empty((await hub.ReadHealthAsync()).Equivocations);
    }

    private static async Task AgreeAsync(GraphReplica one, GraphReplica other)
    {
        for (var left = 1_000; left > 0 && !one.VectorOf().Equals(other.VectorOf()); left--) await Task.Delay(10);
        Assert.Equal(await one.RootAsync(), await other.RootAsync());
    }

    /// <summary>Syncs a peer with a hub that gives it these rights. The result is the peer's.</summary>
    private static async Task<SyncResult> SyncAsync(GraphReplica peer, GraphReplica hub, string access, SyncStrategy? strategy = null)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        await using (here)
        await using (there)
        {
            var serving = hub.SyncAsync(there, new SyncOptions { Access = PeerAccess.Parse(access) });
            var session = peer.SyncAsync(here, new SyncOptions { Strategy = strategy });
            await Task.WhenAll(serving, session);
            return await session;
        }
    }
}
