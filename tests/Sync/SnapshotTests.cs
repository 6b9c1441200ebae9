using Crdt.Codec;
using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Snapshots;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>Snapshots in a stream, for where there is no connection.</summary>
public sealed class SnapshotTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_full_snapshot_makes_an_empty_replica_equal()
    {
        var (office, laptop) = await PairAsync();
        await AddAsync(office, 1, 3_000);
        var (bytes, exported) = await ExportAsync(office);
        Assert.Equal((false, 0L, 3_000L), (exported.FullResyncRequired, exported.Events, exported.Entities));
        var imported = await laptop.ImportAsync(new MemoryStream(bytes));
        Assert.Equal((false, 0L, 3_000L), (imported.FullResyncRequired, imported.EventsSynced, imported.EntitiesChanged));
        await AssertEqualAsync(office, laptop);
        Assert.Equal(SyncMode.Equal, (await laptop.SyncAsync(office)).Mode);
    }

    [Fact]
    public async Task A_full_snapshot_merges_with_what_is_there()
    {
        var (office, laptop) = await PairAsync();
        await AddAsync(office, 1, 10);
        await laptop.SyncAsync(office);
        await office.EditPersonAsync(2, person => person.Delete());
        await office.EditPersonAsync(4, person => person.Stock -= 5);
        await laptop.EditPersonAsync(3, person => person.Delete());
        await laptop.EditPersonAsync(4, person => person.Stock -= 3);
        var (bytes, _) = await ExportAsync(office);
        for (var i = 0; i < 2; i++) await laptop.ImportAsync(new MemoryStream(bytes));
        Assert.Null(await laptop.GetAsync<Person>(2));
        Assert.Null(await laptop.GetAsync<Person>(3));
        Assert.Equal(-8, (await laptop.GetAsync<Person>(4))!.Stock);
        await office.SyncAsync(laptop);
        await AssertEqualAsync(office, laptop);
    }

    [Fact]
    public async Task An_increment_carries_the_events_since_a_point()
    {
        var (office, laptop) = await PairAsync();
        for (var id = 0; id < 20; id++) await AddAsync(office, id, 1);
        await laptop.SyncAsync(office);
        var point = SyncPoint.Decode((await laptop.GetSyncPointAsync()).Encode());
        Assert.Equal(laptop.VectorOf(), point.Lanes[0].Vector);
        for (var id = 0; id < 7; id++) await office.EditPersonAsync(id, person => person.Age = 5);
        var (bytes, exported) = await ExportAsync(office, point);
        Assert.Equal((false, 7L, 0L), (exported.FullResyncRequired, exported.Events, exported.Entities));
        Assert.Equal(7, (await laptop.ImportAsync(new MemoryStream(bytes))).EventsSynced);
        Assert.Equal(0, (await laptop.ImportAsync(new MemoryStream(bytes))).EventsSynced);
        await AssertEqualAsync(office, laptop);
        Assert.Equal(office.VectorOf(), exported.Until.Lanes[0].Vector);
    }

    [Fact]
    public async Task A_point_that_is_damaged_or_unknown_asks_for_everything()
    {
        var (office, laptop) = await PairAsync();
        await AddAsync(office, 1, 5);
        await laptop.SyncAsync(office);
        var point = await laptop.GetSyncPointAsync();
        var altered = point.Encode();
        altered[3] ^= 1;
        await AssertFullAsync(office, SyncPoint.Decode(altered), "altered");

        await AddAsync(laptop, 100, 1);
        await AssertFullAsync(office, await laptop.GetSyncPointAsync(), "ahead");

        await AddAsync(office, 200, 2);
        await office.CutLogAsync(keep: 0);
        await AssertFullAsync(office, point, "no longer goes back");
        await AssertFullAsync(await _scene.OpenAsync("phone"), point, "ahead");
    }

    [Fact]
    public async Task An_increment_whose_base_is_lacking_changes_nothing()
    {
        var (office, laptop) = await PairAsync();
        await AddAsync(office, 1, 5);
        var point = await office.GetSyncPointAsync();
        await AddAsync(office, 10, 1);
        var (bytes, _) = await ExportAsync(office, point);
        var imported = await laptop.ImportAsync(new MemoryStream(bytes));
        Assert.Equal((true, 0L), (imported.FullResyncRequired, imported.EventsSynced));
        Assert.Empty(laptop.VectorOf().Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_snapshot_that_is_truncated_or_altered_anywhere_is_refused(bool isFull)
    {
        var (office, laptop) = await PairAsync();
        var point = await office.GetSyncPointAsync();
        await AddAsync(office, 1, 3);
        var (bytes, _) = await ExportAsync(office, isFull ? null : point);
        for (var at = 0; at < bytes.Length; at++)
        {
            await Assert.ThrowsAsync<WireFormatException>(() => laptop.ImportAsync(new MemoryStream(bytes, 0, at)));
            // Lane by lane: this one may be complete before the next one breaks off.
            if (isFull) Assert.True(laptop.VectorOf().Entries.Count == 0 || laptop.VectorOf().Equals(office.VectorOf()));
        }

        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("other");
        for (var at = 0; at < bytes.Length; at++)
        {
            byte[] altered = [.. bytes];
            altered[at] ^= 0x08;
            await Assert.ThrowsAsync<WireFormatException>(() => laptop.ImportAsync(new MemoryStream(altered)));
        }

        await laptop.ImportAsync(new MemoryStream(bytes));
        await AssertEqualAsync(office, laptop);
    }

    private async Task AssertFullAsync(GraphReplica source, SyncPoint since, string reason)
    {
        var (bytes, exported) = await ExportAsync(source, since);
        Assert.True(exported.FullResyncRequired);
        Assert.Contains(reason, exported.Reason);
        Assert.Empty(bytes);
    }

    private static async Task<(byte[] Bytes, ExportResult Result)> ExportAsync(GraphReplica replica, SyncPoint? since = null)
    {
        var stream = new MemoryStream();
        var result = await replica.ExportAsync(stream, since);
        return (stream.ToArray(), result);
    }

    private async Task<(GraphReplica Office, GraphReplica Laptop)> PairAsync() => (await _scene.OpenAsync("office"), await _scene.OpenAsync("laptop"));

    private static Task AddAsync(GraphReplica replica, int from, int people) => replica.EditAsync(tx =>
    {
        for (var id = from; id < from + people; id++) tx.Add<Person>(id).Email = $"{id}@x.org";
    });

    private static async Task AssertEqualAsync(GraphReplica left, GraphReplica right)
    {
        Assert.Equal(left.VectorOf(), right.VectorOf());
        Assert.Equal((await left.GetMerkleTreeAsync()).Root, (await right.GetMerkleTreeAsync()).Root);
    }
}
