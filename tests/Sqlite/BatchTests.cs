using Crdt.Entities;
using Crdt.Sqlite;
using Crdt.Storage;
using static Crdt.Tests.Sqlite.TestGraph;

namespace Crdt.Tests.Sqlite;

public sealed class BatchTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_batch_is_durable_as_a_whole()
    {
        await using (var store = await _folder.OpenAsync())
        {
            await store.CommitAsync(Commit(1, Put(Node(1), "ann"), Put(Node(2), "bob")));
            await using var batch = await store.BeginBatchAsync(2);
            var rows = await batch.WriteAsync([Put(Node(3), "cleo"), Put(Node(1), "anna", wasAlive: true)]);
            Assert.Equal((await store.ScanAsync(default, 9)).Where(e => e.Id == Node(3)).Select(e => e.Row), rows.Take(1));
            await batch.WriteAsync([Drop(Node(2))]);
            Assert.Equal("anna", (await store.ReadAsync([Node(1)]))[0].AsText());
            await batch.CommitAsync(Commit(2, Put(Node(4), "dan")));
        }

        await using var again = await _folder.OpenAsync();
        Assert.Equal(["anna", "cleo", "dan"], (await again.ScanAsync(default, 9)).Select(e => e.State.AsText()));
        var changes = await again.ReadChangesAsync(1, 9);
        Assert.Equal([Node(1), Node(2), Node(3), Node(4)], changes!.Entities.Select(e => e.Id).Order());
    }

    [Fact]
    public async Task A_batch_that_is_not_committed_leaves_nothing()
    {
        await using var store = await _folder.OpenAsync();
        await store.CommitAsync(Commit(1, Put(Node(1), "ann")));
        await using (var batch = await store.BeginBatchAsync(2))
        {
            await batch.WriteAsync([Put(Node(1), "other", wasAlive: true), Put(Node(2), "bob")]);
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.CommitAsync(Commit(2)));
        }

        Assert.Equal(["ann"], (await store.ScanAsync(default, 9)).Select(e => e.State.AsText()));
        await store.CommitAsync(Commit(2, Put(Node(2), "bob")));
        Assert.Equal("bob", (await store.ReadAsync([Node(2)]))[0].AsText());
    }

    /// <summary>The checkpoint was tried again for thirty seconds, as long as the batch locked it out.</summary>
    [Fact]
    public async Task A_store_that_is_closed_in_the_middle_of_a_batch_ends_it_at_once()
    {
        IStoreBatch batch;
        var clock = new System.Diagnostics.Stopwatch();
        await using (var store = await _folder.OpenAsync())
        {
            await store.CommitAsync(Commit(1, Put(Node(1), "ann")));
            batch = await store.BeginBatchAsync(2);
            await batch.WriteAsync([Put(Node(1), "other", wasAlive: true)]);
            clock.Start();
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"closing took {clock.Elapsed}");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await batch.CommitAsync(Commit(2)));
        await batch.DisposeAsync();
        await using var again = await _folder.OpenAsync();
        Assert.Equal("ann", (await again.ReadAsync([Node(1)]))[0].AsText());
        Assert.Single((await again.ReadChangesAsync(0, 9))!.Entities);
    }

    /// <summary>Without a note in the lease, the store looked like a copy at its next opening.</summary>
    [Fact]
    public async Task A_store_keeps_its_id_after_a_batch()
    {
        await using (var store = await _folder.OpenAsync())
        {
            await using var batch = await store.BeginBatchAsync(1);
            await batch.WriteAsync([Put(Node(1), "ann")]);
            await batch.CommitAsync(Commit(1));
        }

        await using var again = new SqliteStore(_folder.File);
        Assert.Equal(Phone, (await again.OpenAsync(Offer())).Replica);
    }

    [Fact]
    public async Task A_batch_out_of_turn_is_refused()
    {
        await using var store = await _folder.OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.BeginBatchAsync(2));
        await using var batch = await store.BeginBatchAsync(1);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.BeginBatchAsync(1));
        await Assert.ThrowsAsync<ArgumentException>(async () => await batch.CommitAsync(Commit(2)));
        await batch.CommitAsync(Commit(1));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await batch.WriteAsync([Put(Node(1), "late")]));
    }

    [Fact]
    public async Task Rows_find_their_entities_until_they_are_removed()
    {
        await using var store = await _folder.OpenAsync();
        var rows = await store.CommitAsync(Commit(1, Put(Node(2), "bob"), Put(Node(1), "ann")));
        Assert.Equal(["bob", "ann", null], (await store.ReadRowsAsync([rows[0], rows[1], 99])).Select(e => e.Id == default ? null : e.State.AsText()));
        Assert.Equal(rows, await store.CommitAsync(Commit(2, Drop(Node(2)), Put(Node(1), "anna", wasAlive: true))));
        Assert.Equal([default, Node(1)], (await store.ReadRowsAsync(rows)).Select(e => e.Id));
    }
}
