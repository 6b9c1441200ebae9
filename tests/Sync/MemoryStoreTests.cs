using Crdt.Clocks;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Storage;
using Crdt.Tests.Sync.Model;

namespace Crdt.Tests.Sync;

/// <summary>What a user's tests do with replicas that need no files. That the store keeps to its contract is held against SQLite's in tests/Sqlite.</summary>
public sealed class MemoryStoreTests
{
    private readonly InMemoryDisk _disk = new();

    [Fact]
    public async Task A_replica_goes_on_where_the_last_one_on_its_disk_stopped()
    {
        ReplicaId id;
        await using (var first = await OpenAsync(_disk))
        {
            id = first.Id;
            await AddAsync(first, 1, "ann@example.org");
        }

        await using var second = await OpenAsync(_disk);
        Assert.Equal(id, second.Id);
        Assert.Equal("ann@example.org", (await second.GetAsync<Person>(1))!.Email);
        await AddAsync(second, 2, null);
        Assert.Equal(2, (await second.CountAsync())["Person"]);
    }

    [Fact]
    public async Task Replicas_in_memory_sync()
    {
        await using var office = await OpenAsync(_disk);
        await using var laptop = await GraphReplica.OpenAsync("laptop", TestSchema.Instance, options => options.UseMemory());
        await AddAsync(office, 1, "ann");
        await AddAsync(laptop, 2, "bob");
        await office.SyncAsync(laptop);
        Assert.Equal(office.VectorOf(), laptop.VectorOf());
        Assert.Equal("ann", (await laptop.GetAsync<Person>(1))!.Email);
    }

    [Fact]
    public async Task A_disk_is_for_one_at_a_time()
    {
        await using (await OpenAsync(_disk))
        {
            Assert.True(_disk.IsOpen);
            Assert.Contains("open in another store", (await Assert.ThrowsAsync<StoreException>(() => OpenAsync(_disk))).Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => _disk.Restore(new()));
        }

        Assert.False(_disk.IsOpen);
        await (await OpenAsync(_disk)).DisposeAsync();
    }

    [Fact]
    public async Task After_a_crash_there_is_what_was_acknowledged_and_the_old_replica_is_out()
    {
        var before = await OpenAsync(_disk);
        await AddAsync(before, 1, "ann");
        await using var unfinished = await before.BeginAsync();
        unfinished.Add<Person>(2);
        _disk.Crash();
        await using var after = await OpenAsync(_disk);
        await Assert.ThrowsAsync<StoreException>(async () => await unfinished.CommitAsync());
        await before.DisposeAsync();
        await AddAsync(after, 3, "cyd");
        Assert.True(_disk.IsOpen);
        Assert.Null(await after.GetAsync<Person>(2));
        Assert.Equal(2, (await after.CountAsync())["Person"]);
    }

    [Fact]
    public async Task A_batch_that_a_crash_interrupts_leaves_nothing()
    {
        await using (var replica = await OpenAsync(_disk)) await AddAsync(replica, 1, "ann");
        var store = new InMemoryStore(_disk);
        var state = await store.OpenAsync(new("office", default, null));
        var rows = await store.ScanAsync(default, 9);
        var batch = await store.BeginBatchAsync(state.Revision + 1);
        await batch.WriteAsync([new(rows[0].Id, default, true, false, false)]);
        Assert.Empty(await store.ScanAsync(default, 9));
        _disk.Crash();
        await using var again = await OpenAsync(_disk);
        await Assert.ThrowsAsync<StoreException>(async () => await batch.CommitAsync(new(state.Revision + 1, default, new Dictionary<string, VersionVector>(), [], [])));
        await batch.DisposeAsync();
        await store.DisposeAsync();
        Assert.NotNull(await again.GetAsync<Person>(1));
    }

    [Fact]
    public async Task A_copy_keeps_what_was_there_and_puts_it_back()
    {
        await using (var replica = await OpenAsync(_disk)) await AddAsync(replica, 1, "ann");
        var backup = _disk.Copy();
        await using (var replica = await OpenAsync(_disk)) await AddAsync(replica, 2, "bob");
        await using (var other = await OpenAsync(backup)) Assert.Equal(1, (await other.CountAsync())["Person"]);
        _disk.Restore(backup);
        await using var restored = await OpenAsync(_disk);
        Assert.Equal(1, (await restored.CountAsync())["Person"]);
    }

    private static Task<GraphReplica> OpenAsync(InMemoryDisk disk) => GraphReplica.OpenAsync("office", TestSchema.Instance, options => options.UseMemory(disk));

    private static async Task AddAsync(GraphReplica replica, long id, string? email)
    {
        await using var transaction = await replica.BeginAsync();
        transaction.Add<Person>(id).Email = email;
        await transaction.CommitAsync();
    }
}
