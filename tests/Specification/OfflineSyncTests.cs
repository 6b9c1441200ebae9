using Crdt.Entities;
using Crdt.Tests.Specification.Model;

namespace Crdt.Tests.Specification;

/// <summary>Section 4 of the specification: work without a connection.</summary>
public sealed class OfflineSyncTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    /// <summary>What was done offline waits in the queue, and is delivered once the replica is online again.</summary>
    [Fact]
    public async Task OfflineOperationQueue()
    {
        var (node, peer) = (await _world.OpenAsync("offline_node"), await _world.OpenAsync("peer"));
        await World.EditAsync(peer, transaction =>
        {
            transaction.Add<User>("user_1");
            transaction.Add<User>("user_2");
        });
        await node.SyncAsync(peer);
        await node.GoOfflineAsync();
        Assert.True(node.IsOffline);

        await World.EditAsync(node, transaction => transaction.Add<User>("bob").Name = "Bob");
        await World.EditAsync(node, transaction => transaction.Connect<Follows>(EntityId.Node(User.EntityType, "user_1"), EntityId.Node(User.EntityType, "user_2")));
        await World.EditUserAsync(node, "user_1", user => user.Status = "active");

        var queue = await node.OfflineQueue.MeasureAsync();
        Assert.Equal(3, queue.Operations);
        Assert.InRange(queue.EstimatedBytes, 1, (1024 * 1024) - 1);
        Assert.Equal(10_000, node.OfflineQueue.Capacity);

        await node.GoOnlineAsync();
        var result = await node.SyncOfflineChangesAsync(peer);

        Assert.Equal(3, result.SyncedOperations);
        Assert.Equal(0, result.ConflictsResolved);
        Assert.Equal(0, (await node.OfflineQueue.MeasureAsync()).Operations);
        Assert.Equal(["user_2"], await World.RowsAsync(peer, "MATCH (:User {Id: 'user_1', Status: 'active'})-[:FOLLOWS]->(u:User) RETURN u.Id"));
        await World.AssertEqualAsync(node, peer);
    }

    /// <summary>A change made offline gives way to one made online in the same time, although it is the later of the two.</summary>
    [Fact]
    public async Task OfflineConflictResolution()
    {
        var (a, b) = (await _world.OpenAsync("node_a"), await _world.OpenAsync("node_b"));
        await World.EditAsync(a, transaction => transaction.Add<User>("user_1").Status = "active");
        await b.SyncAsync(a);
        await a.GoOfflineAsync();
        await World.EditUserAsync(b, "user_1", user => user.Status = "banned");
        _world.Time.Advance(TimeSpan.FromMinutes(5));
        await World.EditUserAsync(a, "user_1", user => user.Status = "inactive");

        await a.GoOnlineAsync();
        var result = await a.SyncOfflineChangesAsync(b);

        Assert.Equal(1, result.SyncedOperations);
        Assert.Equal("online_wins", Assert.Single(result.Conflicts).Resolution);
        foreach (var replica in new[] { a, b })
        {
            Assert.Equal(["banned"], await World.RowsAsync(replica, "MATCH (u:User {Id: 'user_1'}) RETURN u.Status"));
            Assert.Equal("banned", (await replica.GetAsync<User>("user_1"))!.Status);
        }

        await World.AssertEqualAsync(a, b);
    }
}
