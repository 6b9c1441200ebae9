using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Differences;
using Crdt.Sync.Reconciling;
using Crdt.Sync.Sessions;
using Crdt.Sync.Storage;
using Crdt.Sync.Transport;
using Crdt.Sync.Truth;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Sessions;

/// <summary>What happens to a replica while a session with it is under way.</summary>
public sealed class MeanwhileTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task What_came_from_another_peer_before_everything_is_sent_does_not_outlive_its_deletion()
    {
        var (office, stale, laptop) = (await _scene.OpenAsync("office"), await _scene.OpenAsync("stale"), await _scene.OpenAsync("laptop"));
        await office.EditAsync(tx =>
        {
            for (var id = 1; id <= 20; id++) tx.Add<Person>(id).Email = "x";
        });
        await stale.SyncAsync(office);
        await office.EditPersonAsync(2, person => person.Delete());
        await office.CutLogAsync(keep: 0);
        var (here, there) = InMemoryTransport.CreatePair();
        // The laptop has said that it is empty, and is not any more.
        var hooked = new HookedTransport(here, (frame, _) => frame == 1 ? laptop.SyncAsync(stale) : Task.CompletedTask);
        var results = await Task.WhenAll(laptop.SyncAsync(hooked), office.SyncAsync(there));
        Assert.Equal(SyncMode.Full, results[0].Mode);
        Assert.Null(await laptop.GetAsync<Person>(2));
        Assert.Equal((await office.GetMerkleTreeAsync()).Root, (await laptop.GetMerkleTreeAsync()).Root);
    }

    [Fact]
    public async Task A_peer_that_has_heard_of_new_writes_by_another_session_is_no_copy()
    {
        var (office, laptop) = (await _scene.OpenAsync("office"), await _scene.OpenAsync("laptop"));
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        var isTold = new TaskCompletionSource();
        var (here, there) = InMemoryTransport.CreatePair();
        var hooked = new HookedTransport(here, async (frame, _) =>
        {
            if (frame != 0) return;
            await laptop.EditAsync(tx => tx.Add<Person>(2));
            await laptop.SyncAsync(office);
            isTold.SetResult();
        });
        var mine = laptop.SyncAsync(hooked);
        await isTold.Task;
        await Task.WhenAll(mine, office.SyncAsync(there));
        Assert.Equal(SyncMode.Equal, (await laptop.SyncAsync(office)).Mode);
    }

    [Fact]
    public async Task A_frozen_lane_is_compared_as_it_was_while_commits_go_on()
    {
        await using var store = new InMemoryStore(new());
        await store.OpenAsync(new("a", new(1), TestSchema.Instance));
        var digests = await ReplicaDigests.OpenAsync(store, 0, new(TestSchema.Instance, default), default);
        var rows = Enumerable.Range(0, 20_000).ToArray();
        digests.Record([.. rows.Select(row => Change(row, 0))], [.. rows.Select(row => row + 1L)]);
        var snapshot = digests.Freeze("main", new(), default);
        var expected = snapshot.AllItems();
        var isOver = false;
        var commits = Task.Run(() =>
        {
            for (var i = 0; !Volatile.Read(ref isOver); i++) digests.Record([Change(i % 20_000, i / 20_000 + 1)], [i % 20_000 + 1L]);
        });
        try
        {
            for (var i = 0; i < 100; i++) Assert.True(expected.SetEquals(snapshot.AllItems()));
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            await commits;
        }
    }

    [Fact]
    public async Task A_snapshot_that_could_not_be_kept_is_neither_joined_nor_served()
    {
        await using var truth = await TruthAsync();
        var own = await truth.FreezeAsync("main", default);
        own.Record(new(new(Person.IdOf(1), default, true, false, false), new byte[65 * 1024 * 1024]), 1, 0);
        var join = new StagedJoin(own, new(), default, [], [], new("main/import"));
        Assert.Equal(SessionEnd.Outdated, (await Assert.ThrowsAsync<SessionException>(async () => await truth.JoinAsync(join, default))).Reason);
        Assert.Equal(SessionEnd.Outdated, (await Assert.ThrowsAsync<SessionException>(async () => await truth.ScanFrozenAsync(own, default, 10, default))).Reason);
        Assert.Equal(SessionEnd.Outdated, (await Assert.ThrowsAsync<SessionException>(async () => await truth.ReadFrozenAsync(own, [1], default))).Reason);
    }

    /// <summary>It was held against what its sender claimed then: a lie that another session need not repeat.</summary>
    [Fact]
    public async Task A_row_that_an_earlier_session_put_aside_is_held_against_what_its_sender_says_now()
    {
        await using var truth = await TruthAsync();
        var replica = new Replica("liar");
        var person = new Person(replica, 1) { Email = "for ever" };
        var delta = StateOf(person.State.TakeDelta());
        var row = new StoredEntity(Person.IdOf(1), EncodedEntity.Join(EncodedEntity.Empty.Span, new VersionVector(), delta, EncodedEntity.ContextOf(delta)));
        var item = EntityDigest.ItemOf(EntityDigest.Of(row.Id, row.State.Span));
        var own = await truth.FreezeAsync("main", default);
        var stage = new RowStage("main/00000001");
        await truth.KeepAsync(store => stage.AddAsync(store, [StagedRow.Of(row, isAdmitted: false)], default), default);
        var seen = new VersionVector();
        seen.Advance(replica.Id, replica.LastNumber);
        await Assert.ThrowsAsync<WireFormatException>(async () => await truth.JoinAsync(new(own, new(), Stamp.FromTime(DateTimeOffset.MaxValue), [], [item], stage), default));
        await Assert.ThrowsAsync<WireFormatException>(async () => await truth.JoinAsync(new(own, seen, default, [], [item], stage), default));
        Assert.Empty(truth.VectorOf("main").Entries);
    }

    [Fact]
    public async Task Digests_that_were_noted_and_can_not_be_read_are_made_again()
    {
        await using var store = new InMemoryStore(new());
        await store.OpenAsync(new("a", new(1), TestSchema.Instance));
        await store.WriteNoteAsync("digests", new byte[] { 0, 4, (byte)'m', (byte)'a', (byte)'i', (byte)'n', 99, 1, 2 });
        var digests = await ReplicaDigests.OpenAsync(store, 0, new(TestSchema.Instance, default), default);
        Assert.Equal(0, digests.SetOf("main").Count);
    }

    private static RowChange Change(int row, int version) => new(
        new(Person.IdOf(row), BitConverter.GetBytes(((long)row << 32) + version), version > 0, true, false),
        version == 0 ? default : BitConverter.GetBytes(((long)row << 32) + version - 1));

    private static ValueTask<ReplicaTruth> TruthAsync() =>
        ReplicaTruth.OpenAsync("laptop", TestSchema.Instance, new GraphReplicaOptions { Folder = "laptop", Store = () => new InMemoryStore(new()) }, default);

    private static byte[] StateOf(byte[] encoded)
    {
        var reader = new WireReader(encoded);
        reader.ReadByte();
        reader.ReadBlock();
        return reader.Rest.ToArray();
    }
}
