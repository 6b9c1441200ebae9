using Crdt.Kuzu;
using Crdt.Kuzu.Binding;
using Crdt.Projection;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>The graph database is a picture of the truth: whatever happens to it, it can be made again.</summary>
public sealed class ProjectionTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    private string GraphFile => Path.Combine(_scene.FolderOf("office"), "graph.kuzu");

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_deleted_database_comes_back_from_the_store()
    {
        var before = await ClosedOfficeAsync();
        File.Delete(GraphFile);
        Assert.Equal(before, await (await _scene.OpenAsync("office", kuzu: true)).DumpAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5_000)]
    public async Task A_truncated_database_is_set_aside_and_made_anew(int size)
    {
        var before = await ClosedOfficeAsync();
        using (var file = File.OpenWrite(GraphFile)) file.SetLength(size);
        Assert.Equal(before, await (await _scene.OpenAsync("office", kuzu: true)).DumpAsync());
    }

    [Fact]
    public async Task What_is_no_database_is_set_aside_and_kept()
    {
        var before = await ClosedOfficeAsync();
        await File.WriteAllTextAsync(GraphFile, "Somebody's letter, not a database at all. It has to survive.");
        var office = await _scene.OpenAsync("office", kuzu: true);
        Assert.Equal(before, await office.DumpAsync());
        var aside = Directory.GetFiles(_scene.FolderOf("office"), "graph.kuzu.set-aside-*");
        Assert.Single(aside, file => File.ReadAllText(file).StartsWith("Somebody's letter", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_of_another_storage_version_is_set_aside_and_made_anew()
    {
        var before = await ClosedOfficeAsync();
        using (var file = File.OpenWrite(GraphFile))
        {
            file.Position = 4; // The magic word KUZU, then the version.
            file.Write([1, 0, 0, 0, 0, 0, 0, 0]);
        }

        Assert.Equal(before, await (await _scene.OpenAsync("office", kuzu: true)).DumpAsync());
        Assert.NotEmpty(Directory.GetFiles(_scene.FolderOf("office"), "graph.kuzu.set-aside-*"));
    }

    [Fact]
    public async Task Trap_8_a_database_that_a_crash_left_behind_the_truth_catches_up()
    {
        await ClosedOfficeAsync();
        var old = await File.ReadAllBytesAsync(GraphFile);
        var office = await _scene.OpenAsync("office", kuzu: true);
        await office.EditPersonAsync(1, ann => ann.Age = 99);
        await office.EditAsync(tx => tx.Add<Person>(7));
        var expected = await office.DumpAsync();
        await _scene.CloseAsync(office);
        await File.WriteAllBytesAsync(GraphFile, old);
        Assert.Equal(expected, await (await _scene.OpenAsync("office", kuzu: true)).DumpAsync());
    }

    [Fact]
    public async Task Trap_8_commits_that_the_database_missed_are_shown_from_its_watermark_on()
    {
        await ClosedOfficeAsync();
        var office = await _scene.OpenAsync("office");
        await office.EditAsync(async tx =>
        {
            (await tx.GetAsync<Person>(1))!.Delete();
            tx.Add<Person>(8).Email = "eve@x.org";
        });
        await _scene.CloseAsync(office);
        office = await _scene.OpenAsync("office", kuzu: true);
        Assert.Empty(office.Rebuilds); // It goes on from its watermark.
        Assert.Equal(["Person|2|null|0|0|[]", "Person|8|eve@x.org|0|0|[]"], await office.DumpAsync());
    }

    [Fact]
    public async Task A_database_in_use_is_a_clear_error_and_is_left_alone()
    {
        var before = await ClosedOfficeAsync();
        using (KuzuDatabase.Open(GraphFile))
        {
            var error = await Assert.ThrowsAsync<ProjectionException>(() => _scene.OpenAsync("office", kuzu: true));
            Assert.Contains("close it there first", error.Message);
            Assert.Empty(Directory.GetFiles(_scene.FolderOf("office"), "graph.kuzu.set-aside-*"));
        }

        Assert.Equal(before, await (await _scene.OpenAsync("office", kuzu: true)).DumpAsync());
        Assert.Empty(Directory.GetFiles(_scene.FolderOf("office"), "graph.kuzu.set-aside-*"));
    }

    [Fact]
    public async Task Queries_can_only_read()
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        await Assert.ThrowsAsync<ProjectionException>(() => office.RowsAsync("CREATE (:Person {Id: 1})"));
        await Assert.ThrowsAsync<ProjectionException>(() => office.RowsAsync("MATCH (p:Nobody RETURN p"));
        Assert.Empty(await office.DumpAsync());
    }

    [Fact]
    public async Task Queries_take_parameters()
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        await office.EditAsync(tx => tx.Add<Person>(1).Email = "a'); DROP TABLE Person; //");
        var parameters = new Dictionary<string, object?> { ["email"] = "a'); DROP TABLE Person; //" };
        var found = new List<object?>();
        await foreach (var row in office.QueryAsync("MATCH (p:Person) WHERE p.Email = $email RETURN p.Id AS id", parameters)) found.Add(row["id"]);
        Assert.Equal([1L], found);
    }

    [Fact]
    public async Task What_Kuzu_cannot_hold_is_shown_as_null_and_stays_in_the_truth()
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        await office.EditAsync(tx => tx.Add<Person>(1).Email = "zero\0inside");
        Assert.Equal("Person|1|null|0|0|[]", Assert.Single(await office.DumpAsync()));
        Assert.Equal("zero\0inside", (await office.GetAsync<Person>(1))!.Email);
    }

    [Fact]
    public async Task A_database_that_refuses_a_batch_stops_no_commit_and_gets_it_later()
    {
        var broken = new BrokenProjection();
        await using var office = await GraphReplica.OpenAsync("office", TestSchema.Instance, options =>
        {
            options.Folder = _scene.FolderOf("office");
            options.MaxProjectionLag = 0;
            options.UseSqlite().Projection = () => broken;
        });
        for (var i = 0; i < 3; i++) await office.EditAsync(tx => tx.Add<Person>(i));
        Assert.Equal(3, (await office.CountAsync())["Person"]);
        await Assert.ThrowsAsync<ProjectionException>(async () => await office.ProjectedAsync());
        broken.IsMended = true;
        await office.ProjectedAsync();
        Assert.Equal(3, broken.Applied.Sum(batch => batch.CreatedNodes.Count));
        Assert.Equal(3, broken.Applied[^1].Watermark);
        Assert.Equal(0, broken.Resets);
    }

    [Fact]
    public async Task A_batch_that_is_too_large_for_one_transaction_leads_to_a_rebuild()
    {
        var small = new BrokenProjection { IsMended = true, IsTooSmall = true };
        await using var office = await GraphReplica.OpenAsync("office", TestSchema.Instance, options =>
        {
            options.Folder = _scene.FolderOf("office");
            options.UseSqlite().Projection = () => small;
        });
        await office.EditAsync(tx => tx.Connect<Knows>(tx.Add<Person>(1), tx.Add<Person>(2)));
        await office.ProjectedAsync();
        var rebuilt = Assert.Single(small.Applied);
        Assert.Equal((2, 1, 1L), (rebuilt.CreatedNodes.Count, rebuilt.CreatedRelationships.Count, rebuilt.Watermark));
    }

    [Fact]
    public async Task A_rebuild_that_was_interrupted_is_begun_again()
    {
        var small = new BrokenProjection { IsMended = true, IsTooSmall = true, FailingResets = 2 };
        await using var office = await GraphReplica.OpenAsync("office", TestSchema.Instance, options =>
        {
            options.Folder = _scene.FolderOf("office");
            options.UseSqlite().Projection = () => small;
        });
        await office.EditAsync(tx => tx.Add<Person>(1));
        while (small.FailingResets > 0) await Record.ExceptionAsync(async () => await office.ProjectedAsync());
        await office.EditPersonAsync(1, ann => ann.Age = 5);
        await office.ProjectedAsync();
        Assert.Single(small.Applied[0].CreatedNodes);
        Assert.Equal(2, small.Applied[^1].Watermark);
    }

    /// <summary>An office with a few entities, closed; gives what its database showed.</summary>
    private async Task<List<string>> ClosedOfficeAsync()
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        await office.EditAsync(tx =>
        {
            var ann = tx.Add<Person>(1);
            ann.Email = "ann@x.org";
            ann.Tags.Add("a");
            tx.Connect<Knows>(ann, tx.Add<Person>(2)).Since = new(2020, 5, 1);
        });
        var dump = await office.DumpAsync();
        await _scene.CloseAsync(office);
        return dump;
    }
}
