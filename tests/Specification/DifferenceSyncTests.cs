using Crdt.Sync.Sessions;
using Crdt.Sync.Snapshots;
using Crdt.Tests.Specification.Model;

namespace Crdt.Tests.Specification;

/// <summary>Section 5 of the specification: differences and snapshots.</summary>
public sealed class DifferenceSyncTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    /// <summary>10 of 10,000 nodes are found in fewer than 100 comparisons, and sent in less than 10 KB.</summary>
    [Fact]
    public async Task MerkleTreeDiffSync()
    {
        var (a, b) = (await _world.OpenAsync("node_a"), await _world.OpenAsync("node_b"));
        await World.AddUsersAsync(a, 0, 9_990);
        await b.SyncAsync(a);
        await World.AddUsersAsync(a, 9_990, 10);
        await a.CutLogAsync(keep: 0); // So that no log tells what differs.

        var (treeOfA, treeOfB) = (await a.GetMerkleTreeAsync(), await b.GetMerkleTreeAsync());
        Assert.Equal((10_000, 9_990), (treeOfA.Count, treeOfB.Count));
        Assert.InRange(treeOfA.Compare(treeOfB).Leaves.Count, 1, 10);
        Assert.Equal(10, treeOfA.Compare(treeOfB).Leaves.Sum(leaf => leaf.Here - leaf.There));

        var (here, there) = Crdt.Sync.Transport.InMemoryTransport.CreatePair();
        var serving = a.SyncAsync(here);
        var result = await b.SyncAsync(there);
        var served = await serving;

        Assert.Equal(SyncMode.Reconciled, result.Mode);
        Assert.InRange(result.Lanes["main"].Comparisons + served.Lanes["main"].Comparisons, 1, 99);
        Assert.Equal((10, 0), (result.Received.Entities, result.Sent.Entities));
        Assert.InRange(result.Received.Bytes + result.Sent.Bytes, 1, 10 * 1024);
        await World.AssertEqualAsync(a, b);
        Assert.Equal(["10000"], await World.RowsAsync(b, "MATCH (u:User) RETURN count(*)"));
    }

    /// <summary>An incremental snapshot of 100 events after 1,000, without a full resync.</summary>
    [Fact]
    public async Task IncrementalSnapshotSync()
    {
        var (a, b) = (await _world.OpenAsync("node_a"), await _world.OpenAsync("node_b"));
        for (var i = 0; i < 1_000; i++) await World.AddUsersAsync(a, i, 1);
        await b.SyncAsync(a);
        var lastSync = SyncPoint.Decode((await a.GetSyncPointAsync()).Encode());
        Assert.Equal(1_000, lastSync.EventCount);
        Assert.True(lastSync.IsIntact);

        for (var i = 0; i < 100; i++) await World.EditUserAsync(a, $"user_{i * 7}", user => user.Stock += 1);
        using var increment = new MemoryStream();
        var exported = await a.ExportAsync(increment, lastSync);
        increment.Position = 0;
        var imported = await b.ImportAsync(increment);

        Assert.Equal((100, 100), (exported.Events, imported.EventsSynced));
        Assert.False(exported.FullResyncRequired);
        Assert.False(imported.FullResyncRequired);
        await World.AssertEqualAsync(a, b);

        // Exactly where the base is damaged or unknown, everything is needed.
        var damaged = lastSync.Encode();
        damaged[^1] ^= 1;
        Assert.True((await a.ExportAsync(new MemoryStream(), SyncPoint.Decode(damaged))).FullResyncRequired);
        await a.CutLogAsync(keep: 50);
        Assert.True((await a.ExportAsync(new MemoryStream(), lastSync)).FullResyncRequired);
        Assert.False((await a.ExportAsync(new MemoryStream(), await b.GetSyncPointAsync())).FullResyncRequired);
    }
}
