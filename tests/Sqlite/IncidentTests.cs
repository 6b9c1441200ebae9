using Crdt.Sqlite;
using static Crdt.Tests.Sqlite.TestGraph;

namespace Crdt.Tests.Sqlite;

public sealed class IncidentTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public async Task Relationships_are_found_from_both_ends_until_they_go(int settleAfter)
    {
        var limits = new StoreLimits(new SettlingLimits(settleAfter, settleAfter));
        await using (var store = await _folder.OpenAsync(limits))
        {
            await store.CommitAsync(Commit(1, Put(Edge(1, 2), "a"), Put(Edge(2, 1), "b"), Put(Edge(1, 1), "loop"), Put(Node(1), "n")));
            await store.CommitAsync(Commit(2, Put(Payment(1, 2, 1), "c"), Put(Payment(1, 2, 2), "d", isAlive: false), Put(Edge(12, 3), "far")));
            Assert.Equal(Sorted(Edge(1, 2), Edge(2, 1), Edge(1, 1), Payment(1, 2, 1), Payment(1, 2, 2)), await FindAsync(store, 1));
            Assert.Equal(Sorted(Edge(1, 2), Edge(2, 1), Payment(1, 2, 1), Payment(1, 2, 2)), await FindAsync(store, 2));
            Assert.Equal([Edge(12, 3)], await FindAsync(store, 3));
            Assert.Empty(await FindAsync(store, 4));
            Assert.Equal(6, (await FindAsync(store, 1, 2, 3, 1)).Length);
            await store.CommitAsync(Commit(3, Drop(Edge(1, 1)), Drop(Edge(1, 2)), Drop(Payment(1, 2, 2)), Put(Edge(2, 1), "changed")));
            Assert.Equal(Sorted(Edge(2, 1), Payment(1, 2, 1)), await FindAsync(store, 1));
            Assert.Equal(Sorted(Edge(2, 1), Payment(1, 2, 1)), await FindAsync(store, 2));
        }

        await using var again = await _folder.OpenAsync(limits);
        Assert.Equal(Sorted(Edge(2, 1), Payment(1, 2, 1)), await FindAsync(again, 2));
        await again.CommitAsync(Commit(4, Drop(Edge(2, 1)), Drop(Payment(1, 2, 1)), Put(Edge(1, 2), "back")));
        Assert.Equal([Edge(1, 2)], await FindAsync(again, 2));
        Assert.Equal([Edge(1, 2)], await FindAsync(again, 1));
    }

    private static Entities.EntityId[] Sorted(params Entities.EntityId[] ids) => [.. ids.Order()];

    private static async Task<Entities.EntityId[]> FindAsync(SqliteStore store, params long[] nodes) =>
        [.. (await store.ReadIncidentAsync([.. nodes.Select(Node)])).Order()];
}
