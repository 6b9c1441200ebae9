using Crdt.Clocks;
using Crdt.Sqlite;
using Crdt.Storage;
using static Crdt.Tests.Sqlite.TestGraph;

namespace Crdt.Tests.Sqlite;

public sealed class CommitTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task States_are_added_replaced_and_removed()
    {
        await using var store = await _folder.OpenAsync();
        await store.CommitAsync(Commit(1, Put(Node(2), "bob"), Put(Node(1), "ann")));
        await store.CommitAsync(Commit(2, Put(Node(1), "ann's"), Drop(Node(2)), Put(Node(3), "cyd")));
        Assert.Equal(["cyd", "", "ann's", "ann's"], (await store.ReadAsync([Node(3), Node(2), Node(1), Node(1)])).Select(state => state.AsText()));
        await store.CommitAsync(Commit(3, Drop(Node(99), wasAlive: false), Put(Node(2), "bob again")));
        Assert.Equal(["bob again"], (await store.ReadAsync([Node(2)])).Select(state => state.AsText()));
    }

    [Fact]
    public async Task What_was_read_before_a_commit_is_found_after_it()
    {
        await using var store = await _folder.OpenAsync();
        Assert.Equal([""], (await store.ReadAsync([Node(1)])).Select(state => state.AsText()));
        await store.CommitAsync(Commit(1, Put(Node(1), "ann")));
        Assert.Equal(["ann"], (await store.ReadAsync([Node(1)])).Select(state => state.AsText()));
        await store.CommitAsync(Commit(2, Drop(Node(1))));
        Assert.Equal([""], (await store.ReadAsync([Node(1)])).Select(state => state.AsText()));
        await store.CommitAsync(Commit(3, Put(Node(1), "ann again")));
        Assert.Equal(["ann again"], (await store.ReadAsync([Node(1)])).Select(state => state.AsText()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_revision_is_one_above_the_last(long revision)
    {
        await using var store = await _folder.OpenAsync();
        await store.CommitAsync(Commit(1));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.CommitAsync(Commit(revision)));
        await store.CommitAsync(Commit(2));
    }

    [Fact]
    public async Task A_commit_that_makes_no_sense_changes_nothing()
    {
        await using var store = await _folder.OpenAsync();
        var vectors = new Dictionary<string, VersionVector> { ["main"] = Vector((Phone, 1)) };
        StoreCommit[] wrong =
        [
            Commit(1, Put(Node(1), "ann"), Put(Node(1), "bob")),
            Commit(1, Put(default, "nobody")),
            Commit(1, vectors, Event(Phone, 1, 1, lane: "money")),
            Commit(1, vectors, Event(Phone, 2, 1)),
            Commit(1, vectors, Event(Phone, 1, ulong.MaxValue)),
        ];
        foreach (var commit in wrong) await Assert.ThrowsAsync<ArgumentException>(async () => await store.CommitAsync(commit));
        Assert.Empty(await store.ScanAsync(default, 10));
        await store.DisposeAsync();
        await using var again = new SqliteStore(_folder.File);
        var state = await again.OpenAsync(Offer());
        Assert.Equal(0, state.Revision);
        Assert.Empty(state.Vectors);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(10)]
    public async Task A_full_disk_changes_nothing_and_the_store_goes_on(int settleAfter)
    {
        var limits = new StoreLimits(new SettlingLimits(settleAfter, settleAfter));
        await using var store = await _folder.OpenAsync(limits);
        var first = SteadyWork.Commit(1);
        await store.CommitAsync(first);
        store.LimitPages(1);
        var before = await ContentAsync(store);
        var second = SteadyWork.Commit(2);
        var large = second with
        {
            Vectors = new Dictionary<string, VersionVector>(second.Vectors) { ["money"] = Vector((Phone, 1)) },
            Entities = [.. second.Entities.Select(entity => entity with { State = new byte[20_000] }), Drop(SteadyWork.Edges(1)[0])],
        };
        for (var i = 0; i < 3; i++)
        {
            var error = await Assert.ThrowsAsync<StoreException>(async () => await store.CommitAsync(large));
            Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
            Assert.Equal(before, await ContentAsync(store));
        }

        store.LimitPages(100_000);
        await store.CommitAsync(large);
        var after = await ContentAsync(store);
        Assert.NotEqual(before, after);
        await store.DisposeAsync();
        await using var again = await _folder.OpenAsync(limits);
        Assert.Equal(after, await ContentAsync(again));
    }

    [Fact]
    public async Task Counts_are_of_what_is_alive_by_type()
    {
        await using var store = await _folder.OpenAsync();
        await store.CommitAsync(Commit(1, Put(Node(1), "a"), Put(Node(2), "b"), Put(Node(3), "c", isAlive: false), Put(Edge(1, 2), "d"), Put(Payment(1, 2, 1), "e", isAlive: false)));
        Assert.Equal(new Dictionary<uint, long> { [Person.Id] = 2, [Knows.Id] = 1 }, await store.CountAsync());
        await store.CommitAsync(Commit(2, Drop(Node(1)), Put(Payment(1, 2, 1), "e")));
        Assert.Equal(new Dictionary<uint, long> { [Person.Id] = 1, [Knows.Id] = 1, [Paid.Id] = 1 }, await store.CountAsync());
    }

    [Fact]
    public async Task Conflicts_are_listed_in_the_order_of_ids_while_they_are_being_settled()
    {
        await using var store = await _folder.OpenAsync();
        var ids = Enumerable.Range(0, 600).Select(i => Node(i)).ToArray();
        await store.CommitAsync(Commit(1, [.. ids.Select((id, i) => Put(id, "x", inConflict: i % 2 == 0))]));
        var (found, revision) = (new List<StoredEntity>(), 1L);
        await foreach (var entity in store.ScanConflictsAsync())
        {
            found.Add(entity);
            await store.CommitAsync(Commit(++revision, Put(entity.Id, "settled", wasAlive: true)));
        }

        Assert.Equal(ids.Where((_, i) => i % 2 == 0).Order(), found.Select(entity => entity.Id));
        Assert.All(found, entity => Assert.Equal("x", entity.State.AsText()));
        Assert.Empty(await store.ScanConflictsAsync().ToListAsync());
    }

    private static async Task<string> ContentAsync(SqliteStore store)
    {
        var entities = await store.ScanAsync(default, 1000);
        var changes = (await store.ReadChangesAsync(0, 1000))!;
        var log = await store.ReadLogAsync("main", new(), 0, int.MaxValue);
        var money = await store.ReadLogAsync("money", new(), 0, int.MaxValue);
        var incident = await store.ReadIncidentAsync([SteadyWork.Head]);
        return string.Join('\n', [
            .. entities.Select(entity => $"{entity.Id} {Convert.ToHexString(entity.State.Span)}"),
            .. changes.Entities.Select(change => $"{change.Id} {change.WasAlive} {change.State.Length}"),
            .. incident.Order().Select(id => id.ToString()),
            $"{changes.Revision} {log.Position} {log.Events.Count} {money.Position}",
        ]);
    }
}
