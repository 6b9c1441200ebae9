using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>Replicas whose files were copied or restored go on, and nothing that anybody wrote is lost (riak_kv#679).</summary>
public sealed class IncarnationTests : IAsyncDisposable
{
    private readonly Scene _scene = new();
    private readonly Dictionary<GraphReplica, string> _names = [];

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Trap_3_a_replica_and_its_copy_both_write_on_and_no_write_is_lost()
    {
        var original = await OpenAsync("office");
        await original.EditAsync(tx =>
        {
            (tx.Add<Person>(1).Email, tx.Add<Person>(2).Stock) = ("ann", 7);
            tx.Add<Place>("Hill");
        });
        await original.EditPersonAsync(1, ann => ann.Stock += 100);
        await _scene.CloseAsync(original);
        Copy("office", "copy");
        original = await OpenAsync("office");
        var (copy, third) = (await OpenAsync("copy"), await OpenAsync("third"));
        Assert.NotEqual(original.Id, copy.Id);
        Assert.Single(original.Incarnations);
        Assert.Equal([original.Id, copy.Id], copy.Incarnations.Select(incarnation => incarnation.Replica));

        foreach (var (replica, name, amount) in new[] { (original, "original", 1), (copy, "copy", 10) })
        {
            await replica.EditPersonAsync(1, ann => ann.Stock += amount);
            await replica.EditPersonAsync(1, ann => (ann.Email, ann.Stock) = (name, ann.Stock + amount));
            await replica.EditPersonAsync(2, bob => bob.Tags.Add(name));
            await replica.EditAsync(tx => tx.Add<Person>(amount + 10).Email = name);
        }

        await original.SyncAsync(copy);
        await copy.SyncAsync(third);
        await third.SyncAsync(original);
        foreach (var replica in new[] { original, copy, third })
        {
            var ann = (await replica.GetAsync<Person>(1))!;
            Assert.Equal((122, 2), (ann.Stock, (await replica.GetAsync<Person>(2))!.Tags.Count));
            Assert.Contains(ann.Email, new[] { "original", "copy" });
            Assert.Equal(("original", "copy"), ((await replica.GetAsync<Person>(11))!.Email, (await replica.GetAsync<Person>(20))!.Email));
            Assert.Equal("Email", Assert.Single(await replica.ConflictsAsync().ToListAsync()).Field!.Name);
        }

        await AssertEqualAsync(original, copy, third);
    }

    [Fact]
    public async Task A_conflict_between_a_replica_and_its_copy_is_settled_by_the_next_write()
    {
        await PrepareAsync("office");
        Copy("office", "copy");
        var (original, copy) = (await OpenAsync("office"), await OpenAsync("copy"));
        await original.EditPersonAsync(1, ann => ann.Email = "here");
        await copy.EditPersonAsync(1, ann => ann.Email = "there");
        await original.SyncAsync(copy);
        await copy.EditPersonAsync(1, ann => ann.Email = "settled");
        await copy.SyncAsync(original);
        Assert.Equal("settled", (await original.GetAsync<Person>(1))!.Email);
        Assert.Empty(await original.ConflictsAsync().ToListAsync());
        await AssertEqualAsync(original, copy);
    }

    [Fact]
    public async Task Trap_3_a_replica_that_was_put_back_to_a_backup_gets_back_what_it_had_sent()
    {
        await PrepareAsync("office");
        Copy("office", "backup");
        var (office, other) = (await OpenAsync("office"), await OpenAsync("other"));
        var former = office.Id;
        await office.EditPersonAsync(1, ann => (ann.Email, ann.Stock) = ("sent", ann.Stock + 20));
        await office.EditAsync(tx => tx.Add<Person>(2));
        await office.SyncAsync(other);
        await _scene.CloseAsync(office);

        Directory.Delete(_scene.FolderOf("office"), recursive: true);
        Copy("backup", "office");
        office = await OpenAsync("office");
        Assert.NotEqual(former, office.Id);
        // Under its old id these would take the very dots that the other side has seen, and be ignored there.
        await office.EditPersonAsync(1, ann => (ann.Age, ann.Stock) = (44, ann.Stock + 300));
        await office.EditAsync(tx => tx.Add<Person>(3));
        await office.SyncAsync(other);
        foreach (var replica in new[] { office, other })
        {
            var ann = (await replica.GetAsync<Person>(1))!;
            Assert.Equal(("sent", 44, 325), (ann.Email, ann.Age, ann.Stock));
            Assert.Equal(3, (await replica.CountAsync())["Person"]);
        }

        await AssertEqualAsync(office, other);
    }

    [Fact]
    public async Task A_replica_that_was_put_back_again_and_again_counts_every_increment_once()
    {
        await PrepareAsync("office");
        var other = await OpenAsync("other");
        Copy("office", "backup");
        for (var round = 1; round <= 5; round++)
        {
            Directory.Delete(_scene.FolderOf("office"), recursive: true);
            Copy("backup", "office");
            var office = await OpenAsync("office");
            await office.EditPersonAsync(1, ann => ann.Stock += 10);
            if (round % 2 == 0) await office.SyncAsync(other);
            await office.EditPersonAsync(1, ann => ann.Stock -= 3);
            await office.SyncAsync(other);
            Assert.Equal(5 + round * 7, (await office.GetAsync<Person>(1))!.Stock);
            Assert.Equal(other.VectorOf(), office.VectorOf());
            await _scene.CloseAsync(office);
        }

        Assert.Equal(1 + 5, other.VectorOf().Entries.Count);
        await AssertEqualAsync(other, await OpenAsync("office"));
    }

    [Fact]
    public async Task Deletions_of_a_copy_hold_against_what_its_original_had_written_before()
    {
        await PrepareAsync("office");
        Copy("office", "copy");
        var (original, copy) = (await OpenAsync("office"), await OpenAsync("copy"));
        await copy.EditPersonAsync(1, ann => ann.Delete());
        await original.SyncAsync(copy);
        Assert.Null(await original.GetAsync<Person>(1));
        await AssertEqualAsync(original, copy);
    }

    [Fact]
    public async Task A_copied_folder_shows_its_data_without_making_the_database_anew()
    {
        await PrepareAsync("office", kuzu: true);
        Copy("office", "copy");
        var copy = await OpenAsync("copy", kuzu: true);
        Assert.Equal(2, copy.Incarnations.Count);
        Assert.Empty(copy.Rebuilds);
        await copy.EditPersonAsync(1, ann => ann.Stock += 1);
        await copy.ProjectedAsync();
        Assert.Equal(["6"], await copy.RowsAsync("MATCH (p:Person) RETURN p.Stock"));
        Assert.True((await copy.VerifyAsync()).IsClean);
        await _scene.CloseAsync(copy);
        copy = await OpenAsync("copy", kuzu: true);
        Assert.Empty(copy.Rebuilds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restored_store_that_reached_the_revision_of_a_newer_database_has_it_made_anew(bool captures)
    {
        await PrepareAsync("office", kuzu: true);
        Directory.CreateDirectory(_scene.FolderOf("backup"));
        File.Copy(Path.Combine(_scene.FolderOf("office"), "replica.db"), Path.Combine(_scene.FolderOf("backup"), "replica.db"));
        var office = await OpenAsync("office", kuzu: true);
        await office.EditPersonAsync(1, ann => ann.Email = "lost");
        await office.ProjectedAsync();
        await _scene.CloseAsync(office);

        Copy("backup", "office");
        office = await OpenAsync("office");
        await office.EditPersonAsync(1, ann => ann.Age = 44);
        await _scene.CloseAsync(office);
        // Without a seal it counts as written to by others, and what differs would be taken for that.
        if (captures) File.Delete(Path.Combine(_scene.FolderOf("office"), "graph.kuzu.seal"));
        office = await OpenAsync("office", kuzu: true, captures: captures);
        Assert.Contains("copied or restored", Assert.Single(office.Rebuilds).Reason, StringComparison.Ordinal);
        Assert.Equal(["ann|44"], await office.RowsAsync("MATCH (p:Person) RETURN p.Email, p.Age"));
        Assert.True((await office.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Statements_over_all_nodes_leave_whose_truth_the_database_shows()
    {
        await PrepareAsync("office", kuzu: true);
        Copy("office", "copy");
        var copy = await OpenAsync("copy", kuzu: true, captures: true);
        await copy.CaptureAsync("MATCH (n) DETACH DELETE n");
        Assert.Equal(0, (await copy.CountAsync())["Person"]);
        await _scene.CloseAsync(copy);
        copy = await OpenAsync("copy", kuzu: true, captures: true);
        Assert.Empty(copy.Rebuilds);
    }

    [Fact]
    public async Task A_schema_that_has_grown_leaves_whose_truth_the_database_shows()
    {
        await PrepareAsync("office", kuzu: true);
        Copy("office", "copy");
        var copy = await OpenAsync("copy", kuzu: true);
        await copy.EditPersonAsync(1, ann => ann.Age = 44);
        await copy.ProjectedAsync();
        await _scene.CloseAsync(copy);
        var more = new EntityType("City", "City", EntityType.MainLane, new("name", ValueKind.Text, "name"), null, null);
        copy = await _scene.OpenAsync("copy", kuzu: true, schema: new("test", 2, [.. TestSchema.Instance.Types, more]));
        Assert.Empty(copy.Rebuilds);
        Assert.Equal(["44"], await copy.RowsAsync("MATCH (p:Person) RETURN p.Age"));
    }

    [Fact]
    public async Task The_database_of_another_replica_is_made_anew_though_the_revisions_agree()
    {
        await PrepareAsync("office", kuzu: true);
        await PrepareAsync("shop", kuzu: true);
        foreach (var file in Directory.GetFiles(_scene.FolderOf("shop"), "graph.kuzu*")) File.Copy(file, Path.Combine(_scene.FolderOf("office"), Path.GetFileName(file)), overwrite: true);
        var office = await OpenAsync("office", kuzu: true);
        Assert.Contains("doesn't share", Assert.Single(office.Rebuilds).Reason, StringComparison.Ordinal);
    }

    private async Task<GraphReplica> OpenAsync(string name, bool kuzu = false, bool captures = false)
    {
        var replica = await _scene.OpenAsync(name, kuzu, captures: captures);
        _names[replica] = name;
        return replica;
    }

    private async Task PrepareAsync(string name, bool kuzu = false)
    {
        var replica = await OpenAsync(name, kuzu);
        await replica.EditAsync(tx => (tx.Add<Person>(1).Email, tx.Add<Place>("Hill").Height) = ("ann", 3));
        await replica.EditPersonAsync(1, ann => ann.Stock += 5);
        await replica.ProjectedAsync();
        await _scene.CloseAsync(replica);
    }

    private void Copy(string from, string to)
    {
        Directory.CreateDirectory(_scene.FolderOf(to));
        foreach (var file in Directory.GetFiles(_scene.FolderOf(from))) File.Copy(file, Path.Combine(_scene.FolderOf(to), Path.GetFileName(file)), overwrite: true);
    }

    /// <summary>Asserts that replicas hold the same: every vector, and every byte of every entity. Closes them.</summary>
    private async Task AssertEqualAsync(params GraphReplica[] replicas)
    {
        var rows = new List<List<string>>();
        foreach (var replica in replicas)
        {
            Assert.Equal(replicas[0].VectorOf(), replica.VectorOf());
            await _scene.CloseAsync(replica);
            rows.Add(await RowsAsync(Path.Combine(_scene.FolderOf(_names[replica]), "replica.db")));
        }

        Assert.NotEmpty(rows[0]);
        Assert.All(rows, others => Assert.Equal(rows[0], others));
    }

    private static async Task<List<string>> RowsAsync(string path)
    {
        await using var store = new SqliteStore(path);
        await store.OpenAsync(new("look", ReplicaId.Random(), null));
        return [.. (await store.ScanAsync(default, 1000)).Select(entity => $"{entity.Id} {Convert.ToHexString(entity.State.Span)}")];
    }
}
