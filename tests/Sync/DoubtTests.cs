using Crdt.Kuzu.Binding;
using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>On any doubt about the graph database it is made anew when it is opened, and the reason can be read.</summary>
public sealed class DoubtTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private string Database => Path.Combine(_scene.FolderOf("office"), "graph.kuzu");

    private string Seal => Database + ".seal";

    [Fact]
    public async Task A_database_that_was_closed_is_trusted_and_so_is_one_without_a_seal()
    {
        await FillAsync();
        await _scene.CloseAsync(await OpenCleanAsync(rebuilds: 0));
        Assert.StartsWith("closed ", await File.ReadAllTextAsync(Seal), StringComparison.Ordinal);
        File.Delete(Seal);
        await OpenCleanAsync(rebuilds: 0);
        Assert.Empty(SetAside);
        Assert.Equal("open", await File.ReadAllTextAsync(Seal));
    }

    [Theory]
    [InlineData("MATCH (p:Person) WHERE p.Id = 3 DELETE p", "the table 'Person' has 3 rows, and the truth shows 4")]
    [InlineData("CREATE (:Person {Id: 44, Email: 'x', Age: 0, Stock: 0, Tags: []})", "the table 'Person' has 5 rows, and the truth shows 4")]
    [InlineData("MATCH (p:Person) WHERE p.Id = 1 SET p.Age = 31", "Different: Person 1: Age is 31, not 30")]
    [InlineData("MATCH (:Person)-[k:KNOWS]->(:Person) DELETE k", "Missing: KNOWS 1 → 2")]
    [InlineData("MATCH (a:Person)-[k:KNOWS]->(b:Person) DELETE k CREATE (b)-[:KNOWS]->(a)", "Extra: KNOWS 2 → 1")]
    public async Task Rows_that_differ_lead_to_a_rebuild_that_says_so(string change, string reason)
    {
        await FillAsync();
        Change(change);
        var office = await OpenCleanAsync(rebuilds: 1);
        Assert.Contains(reason, office.Rebuilds[0].Reason);
    }

    /// <summary>As damage to lists of neighbours leaves it: relationships may be fewer than the truth has, so their number says nothing.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(120)]
    [InlineData(310)]
    public async Task A_run_of_relationships_that_is_gone_leads_to_a_rebuild(int first)
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        await office.EditAsync(tx =>
        {
            var people = Enumerable.Range(1, 400).Select(id => tx.Add<Person>(id)).ToList();
            foreach (var (one, next) in people.Zip(people.Skip(1))) tx.Connect<Knows>(one, next);
        });
        await office.ProjectedAsync();
        await _scene.CloseAsync(office);
        Change($"MATCH (p:Person)-[k:KNOWS]->(:Person) WHERE p.Id >= {first} AND p.Id < {first + 85} DELETE k");
        Assert.Contains("Missing: KNOWS", (await OpenCleanAsync(rebuilds: 1)).Rebuilds[0].Reason);
    }

    [Fact]
    public async Task A_key_that_has_no_row_is_no_reason_for_doubt()
    {
        await FillAsync();
        var office = await OpenCleanAsync(rebuilds: 0);
        await office.EditAsync(tx => tx.Connect<LivesIn>(tx.Add<Person>(9), tx.Add<Place>("zero\0inside"), 1));
        await office.ProjectedAsync();
        await _scene.CloseAsync(office);
        await OpenCleanAsync(rebuilds: 0);
    }

    [Fact]
    public async Task A_database_that_refuses_what_it_missed_is_made_anew()
    {
        await FillAsync();
        var alone = await _scene.OpenAsync("office");
        await alone.EditAsync(tx => tx.Add<Person>(9));
        await _scene.CloseAsync(alone);
        Change("CREATE (:Person {Id: 9, Email: 'x', Age: 0, Stock: 0, Tags: []})");
        Assert.Contains("duplicated primary key", (await OpenCleanAsync(rebuilds: 1)).Rebuilds[0].Reason);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(9_000)]
    [InlineData(-1)]
    public async Task A_byte_that_changed_since_the_database_was_closed_is_found_before_the_engine_reads_it(int position)
    {
        await FillAsync();
        var bytes = await File.ReadAllBytesAsync(Database);
        bytes[position < 0 ? ^1 : position] ^= 0x10;
        await File.WriteAllBytesAsync(Database, bytes);
        var reason = (await OpenCleanAsync(rebuilds: 1)).Rebuilds[0].Reason;
        Assert.StartsWith("the file is not as it was left when it was closed; it was set aside as 'graph.kuzu.set-aside-", reason, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Assert.Single(SetAside)));
    }

    [Fact]
    public async Task A_log_that_appears_beside_a_closed_database_is_not_read()
    {
        await FillAsync();
        await File.WriteAllBytesAsync(Database + ".wal", [1, 2, 3]);
        Assert.Contains("not as it was left", (await OpenCleanAsync(rebuilds: 1)).Rebuilds[0].Reason);
        Assert.Contains(SetAside, file => file.EndsWith(".wal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_at_whose_opening_a_process_died_is_not_opened_again()
    {
        await FillAsync();
        await File.WriteAllTextAsync(Seal, "opening");
        Assert.Contains("a process ended while it was opening the file", (await OpenCleanAsync(rebuilds: 1)).Rebuilds[0].Reason);
        Assert.Single(SetAside);
    }

    [Fact]
    public async Task A_seal_that_cannot_be_read_is_a_doubt()
    {
        await FillAsync();
        await File.WriteAllTextAsync(Seal, "nonsense");
        Assert.Contains("seal", (await OpenCleanAsync(rebuilds: 1)).Rebuilds[0].Reason);
    }

    private IReadOnlyList<string> SetAside => Directory.GetFiles(_scene.FolderOf("office"), "graph.kuzu.set-aside-*");

    private async Task<GraphReplica> OpenCleanAsync(int rebuilds)
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        Assert.True(office.Rebuilds.Count == rebuilds, string.Join("\n", office.Rebuilds.Select(rebuild => rebuild.Reason).Prepend($"{office.Rebuilds.Count} rebuilds:")));
        var report = await office.VerifyAsync();
        Assert.True(report.IsClean, string.Join("\n", report.Differences));
        return office;
    }

    private async Task FillAsync()
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        await office.EditAsync(tx =>
        {
            var ann = tx.Add<Person>(1);
            (ann.Email, ann.Age) = ("ann@x.org", 30);
            tx.Connect<Knows>(ann, tx.Add<Person>(2)).Since = new(2020, 5, 1);
            tx.Connect<LivesIn>(ann, tx.Add<Place>("Oslo"), 2020);
            tx.Add<Person>(3);
            tx.Add<Person>(4);
        });
        await office.ProjectedAsync();
        await _scene.CloseAsync(office);
    }

    /// <summary>Changes the closed database as if it had come to that by itself.</summary>
    private void Change(string statement)
    {
        using (var database = KuzuDatabase.Open(Database))
        using (var connection = database.Connect())
            connection.Execute(statement);
        File.Delete(Seal);
    }
}
