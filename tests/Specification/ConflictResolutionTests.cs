using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Sync.Conflicts;
using Crdt.Tests.Specification.Model;

namespace Crdt.Tests.Specification;

/// <summary>Section 2 of the specification: finding and resolving conflicts.</summary>
public sealed class ConflictResolutionTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    /// <summary>One property written on two replicas that did not know of each other: found by causality, resolved by time.</summary>
    [Fact]
    public async Task ConcurrentModificationConflict()
    {
        var (a, b) = (await _world.OpenAsync("node_a"), await _world.OpenAsync("node_b"));
        await World.EditAsync(a, transaction => transaction.Add<User>("user_123"));
        await b.SyncAsync(a);

        await World.EditUserAsync(a, "user_123", user => user.Email = "alice@a.com");
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await World.EditUserAsync(b, "user_123", user => user.Email = "alice@b.com");
        // Neither vector covers the other: that, and not the time, is what makes it a conflict.
        Assert.False(a.VectorOf().Covers(b.VectorOf()));
        Assert.False(b.VectorOf().Covers(a.VectorOf()));
        var result = await a.SyncAsync(b);

        Assert.Equal(1, result.ConflictsResolved);
        foreach (var replica in new[] { a, b })
        {
            var conflict = Assert.Single(await replica.Conflicts.ListAsync().ToListAsync());
            Assert.Equal((ConflictKind.ConcurrentUpdate, "Email", "last_write_wins"), (conflict.Kind, conflict.Field?.Name, conflict.Resolution));
            Assert.Equal(["alice@a.com", "alice@b.com"], conflict.Competing.Select(write => (string)write.Value!).Order());
            Assert.Equal([a.Id, b.Id], conflict.Competing.OrderBy(write => (string)write.Value!, StringComparer.Ordinal).Select(write => write.Dot.Replica));
            Assert.Equal("alice@b.com", conflict.Winner?.Value);
            Assert.Equal(TimeSpan.FromSeconds(1), conflict.Competing.Max(write => Time(write.Stamp)) - conflict.Competing.Min(write => Time(write.Stamp)));
            Assert.Equal(["alice@b.com"], await World.RowsAsync(replica, "MATCH (u:User {Id: 'user_123'}) RETURN u.Email"));
        }

        // A person may see it otherwise; that settles it everywhere.
        var listed = await b.Conflicts.ListAsync().FirstAsync();
        await b.Conflicts.SettleAsync(listed, Settlement.Choose(listed.Competing.Single(write => write.Dot.Replica == a.Id)));
        await a.SyncAsync(b);
        Assert.Empty(await a.Conflicts.ListAsync().ToListAsync());
        Assert.Equal(["alice@a.com"], await World.RowsAsync(a, "MATCH (u:User {Id: 'user_123'}) RETURN u.Email"));
        await World.AssertEqualAsync(a, b);
    }

    /// <summary>Stock that was sold on two replicas at a time: both sales count.</summary>
    [Fact]
    public async Task SemanticConflictResolution()
    {
        var (a, b) = (await _world.OpenAsync("node_a"), await _world.OpenAsync("node_b"));
        await World.EditAsync(a, transaction => transaction.Add<User>("shop").Stock = 100);
        await b.SyncAsync(a);

        await World.EditUserAsync(a, "shop", shop => shop.Stock -= 5);
        await World.EditUserAsync(b, "shop", shop => shop.Stock -= 3);
        await a.SyncAsync(b);

        foreach (var replica in new[] { a, b })
        {
            Assert.Equal(-8, (await replica.GetAsync<User>("shop"))!.Stock - 100);
            Assert.Equal(["92"], await World.RowsAsync(replica, "MATCH (u:User {Id: 'shop'}) RETURN u.Stock"));
            Assert.Empty(await replica.Conflicts.ListAsync().ToListAsync());
        }

        await World.AssertEqualAsync(a, b);
    }

    private static DateTimeOffset Time(Stamp stamp) => DateTimeOffset.FromUnixTimeMilliseconds(stamp.Milliseconds);
}
