using Crdt.Sqlite;
using Crdt.Storage;
using static Crdt.Tests.Sqlite.TestGraph;

namespace Crdt.Tests.Sqlite;

public sealed class ChangeTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_entity_counts_once_with_what_it_was_at_the_watermark()
    {
        await using var store = await FilledAsync();
        Assert.Equal(["1 new updated again", "2 new -", "3 new recreated"], await ChangesAsync(store, 0));
        Assert.Equal(["1 old updated again", "2 old -", "3 old recreated"], await ChangesAsync(store, 1));
        Assert.Equal(["1 old updated again", "3 new recreated"], await ChangesAsync(store, 2));
        Assert.Equal(["1 old updated again"], await ChangesAsync(store, 3));
        Assert.Empty(await ChangesAsync(store, 4));
        Assert.Equal(4, (await store.ReadChangesAsync(1, 10))!.Revision);
    }

    [Fact]
    public async Task A_watermark_ahead_of_the_truth_is_not_trusted()
    {
        await using var store = await FilledAsync();
        Assert.Null(await store.ReadChangesAsync(5, 10));
    }

    [Fact]
    public async Task More_changes_than_the_limit_are_none()
    {
        await using var store = await FilledAsync();
        Assert.NotNull(await store.ReadChangesAsync(0, 3));
        Assert.Null(await store.ReadChangesAsync(0, 2));
        Assert.NotNull(await store.ReadChangesAsync(4, 0));
    }

    [Fact]
    public async Task What_was_forgotten_is_forgotten_after_reopening_too()
    {
        await using (var store = await FilledAsync())
        {
            await store.ForgetChangesAsync(2);
            await store.ForgetChangesAsync(1);
            Assert.Null(await store.ReadChangesAsync(1, 10));
            Assert.Equal(["1 old updated again", "3 new recreated"], await ChangesAsync(store, 2));
            await Assert.ThrowsAsync<ArgumentException>(async () => await store.ForgetChangesAsync(5));
        }

        await using var again = await _folder.OpenAsync();
        Assert.Null(await again.ReadChangesAsync(1, 10));
        Assert.Equal(["1 old updated again"], await ChangesAsync(again, 3));
        await again.ForgetChangesAsync(4);
        Assert.Empty(await ChangesAsync(again, 4));
        await again.CommitAsync(Commit(5, Put(Node(9), "new")));
        Assert.Equal(["9 new new"], await ChangesAsync(again, 4));
    }

    private async Task<SqliteStore> FilledAsync()
    {
        var store = await _folder.OpenAsync();
        await store.CommitAsync(Commit(1, Put(Node(1), "created"), Put(Node(2), "created"), Put(Node(3), "created")));
        await store.CommitAsync(Commit(2, Put(Node(1), "updated", wasAlive: true), Drop(Node(2)), Drop(Node(3))));
        await store.CommitAsync(Commit(3, Put(Node(3), "recreated"), Put(Node(1), "hidden", wasAlive: true, isAlive: true)));
        await store.CommitAsync(Commit(4, Put(Node(1), "updated again", wasAlive: true)));
        return store;
    }

    private static async Task<string[]> ChangesAsync(SqliteStore store, long watermark)
    {
        var changes = (await store.ReadChangesAsync(watermark, 10))!;
        return [.. changes.Entities.Select(Describe).Order(StringComparer.Ordinal)];
    }

    private static string Describe(EntityChange change)
    {
        var id = Enumerable.Range(1, 9).Single(i => Node(i) == change.Id);
        return $"{id} {(change.WasAlive ? "old" : "new")} {(change.State.IsEmpty ? "-" : change.State.AsText())}";
    }
}
