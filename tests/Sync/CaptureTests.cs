using Crdt.Kuzu.Binding;
using Crdt.Projection;
using Crdt.Sync;
using Crdt.Sync.Capturing;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>What others write into the graph database by their own Cypher becomes ordinary events.</summary>
public sealed class CaptureTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private string Database => Path.Combine(_scene.FolderOf("office"), "graph.kuzu");

    private IEnumerable<string> SetAside => Directory.EnumerateFiles(_scene.FolderOf("office"), "graph.kuzu.set-aside-*");

    [Fact]
    public async Task What_was_written_while_the_replica_was_closed_is_committed_when_it_is_opened_and_travels_on()
    {
        var office = await FillAsync();
        var laptop = await _scene.OpenAsync("laptop", kuzu: true);
        await laptop.SyncAsync(office);
        await laptop.EditPersonAsync(1, person => person.Stock += 100);
        await _scene.CloseAsync(office);
        Write(
            "MATCH (p:Person) WHERE p.Id = 1 SET p.Age = 31, p.Email = NULL, p.Stock = p.Stock - 3, p.Tags = '[\"b\",\"c\"]'",
            "CREATE (:Person {Id: 7, Email: 'seven@example.org', Age: 70, Stock: 5, Tags: '[\"new\"]'})",
            "MATCH (p:Person) WHERE p.Id = 3 DETACH DELETE p",
            "MATCH (a:Person)-[k:KNOWS]->(b:Person) WHERE a.Id = 1 AND b.Id = 2 DELETE k",
            "MATCH (a:Person), (b:Person) WHERE a.Id = 7 AND b.Id = 1 CREATE (a)-[:KNOWS {Since: date('2020-02-29')}]->(b)");
        office = await OpenAsync(new(Inserted: 2, Updated: 1, Deleted: 2, Refused: 0, []));
        Assert.Equal(["1|null|31|7|[\"b\",\"c\"]", "2|null|0|0|[]", "4|null|0|0|[]", "7|seven@example.org|70|5|[\"new\"]"], await PeopleAsync(office));
        await office.SyncAsync(laptop);
        Assert.Equal(await office.DumpAsync(), await laptop.DumpAsync());
        Assert.Equal(107, (await laptop.GetAsync<Person>(1))!.Stock);
        Assert.Equal(["KNOWS|7|1|2020-02-29"], await laptop.RowsAsync("MATCH (a:Person)-[k:KNOWS]->(b:Person) RETURN 'KNOWS', a.Id, b.Id, k.Since"));
        foreach (var replica in new[] { office, laptop }) Assert.True((await replica.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task A_database_that_was_left_alone_is_not_read_again()
    {
        await _scene.CloseAsync(await FillAsync());
        Assert.Null((await OpenAsync(null)).Captured);
    }

    [Fact]
    public async Task A_capture_is_committed_once()
    {
        await _scene.CloseAsync(await FillAsync());
        Write("MATCH (p:Person) WHERE p.Id = 1 SET p.Stock = 11");
        var office = await OpenAsync(new(0, 1, 0, 0, []));
        Assert.True((await office.CaptureAsync()).IsEmpty);
        await _scene.CloseAsync(office);
        Assert.Equal(11, (await (await OpenAsync(null)).GetAsync<Person>(1))!.Stock);
    }

    [Fact]
    public async Task A_statement_can_be_run_and_captured_while_the_replica_is_open()
    {
        var office = await FillAsync();
        var report = await office.CaptureAsync("MATCH (p:Person) WHERE p.Id > $least SET p.Age = 9", new Dictionary<string, object?> { ["least"] = 1L });
        Assert.Equal("0 inserted, 3 updated, 0 deleted, 0 refused", report.ToString());
        Assert.Equal(9, (await office.GetAsync<Person>(4))!.Age);
        Assert.True((await office.VerifyAsync()).IsClean);
        Assert.Equal("0 inserted, 1 updated, 0 deleted, 0 refused", (await office.CaptureAsync("MATCH (p:Person) WHERE p.Id = 2 SET p.Age = 1; MATCH (p:Person) WHERE p.Id = 2 SET p.Age = 2;")).ToString());
    }

    [Fact]
    public async Task Of_statements_of_which_one_fails_those_before_it_are_captured()
    {
        var office = await FillAsync();
        var error = await Assert.ThrowsAsync<ProjectionException>(() => office.CaptureAsync("MATCH (p:Person) WHERE p.Id = 1 SET p.Age = 50; MATCH (p:Person) SET p.Nothing = 1"));
        Assert.Contains("Nothing", error.Message, StringComparison.Ordinal);
        Assert.Equal(50, (await office.GetAsync<Person>(1))!.Age);
        Assert.True((await office.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task A_node_that_was_deleted_and_created_again_loses_the_relationships_that_are_gone()
    {
        await _scene.CloseAsync(await FillAsync());
        Write("MATCH (p:Person) WHERE p.Id = 1 DETACH DELETE p", "CREATE (:Person {Id: 1, Age: 1, Stock: 0, Tags: '[]'})");
        var office = await OpenAsync(new(0, 1, 2, 0, []));
        Assert.Equal(["1|null|1|0|[]", "2|null|0|0|[]", "3|null|0|0|[]", "4|null|0|0|[]"], await PeopleAsync(office));
        Assert.Empty(await office.RowsAsync("MATCH (:Person)-[k:KNOWS]->(:Person) RETURN k.Since"));
    }

    [Fact]
    public async Task A_relationship_that_was_hidden_comes_back_once_with_its_end()
    {
        var office = await FillAsync();
        await office.EditAsync(async tx => (await tx.GetAsync<Person>(2))!.Delete());
        await _scene.CloseAsync(office);
        Write(
            "CREATE (:Person {Id: 2, Age: 2, Stock: 0, Tags: '[]'})",
            "MATCH (a:Person), (b:Person) WHERE a.Id = 1 AND b.Id = 2 CREATE (a)-[:KNOWS {Since: date('2021-01-01')}]->(b)");
        office = await OpenAsync(null, any: true);
        Assert.Equal(["1|2|2021-01-01", "1|3|null"], await office.RowsAsync("MATCH (a:Person)-[k:KNOWS]->(b:Person) RETURN a.Id, b.Id, k.Since ORDER BY b.Id"));
    }

    [Fact]
    public async Task What_the_fields_can_not_hold_is_refused_by_name_and_kept_in_a_database_that_is_set_aside()
    {
        await _scene.CloseAsync(await FillAsync());
        Write(
            "MATCH (p:Person) WHERE p.Id = 1 SET p.Age = NULL, p.Tags = 'no json', p.Email = 'kept'",
            "MATCH (a:Person), (b:Person) WHERE a.Id = 1 AND b.Id = 2 CREATE (a)-[:KNOWS {Since: date('1999-01-01')}]->(b)",
            "MATCH (p:Person) WHERE p.Id = 2 SET p.Stock = NULL");
        var office = await OpenAsync(null, any: true);
        Assert.Equal(
            ["Person 1: Age is NULL", "Person 1: Tags is 'no json'", "Person 2: Stock is NULL", "KNOWS 1 → 2"],
            office.Captured!.Refusals.Select(refusal => refusal.ToString().Split(": ") is var parts && refusal.Column is null ? parts[0] : $"{parts[0]}: {parts[1]}").Order(StringComparer.Ordinal).OrderBy(line => line[0] == 'K'));
        Assert.Equal("kept", (await office.GetAsync<Person>(1))!.Email);
        Assert.Equal(30, (await office.GetAsync<Person>(1))!.Age);
        Assert.True((await office.VerifyAsync()).IsClean);
        Assert.Single(office.Rebuilds);
        using var database = KuzuDatabase.Open(Assert.Single(SetAside));
        using var connection = database.Connect();
        using var rows = connection.Query("MATCH (p:Person) WHERE p.Id = 1 RETURN p.Tags");
        Assert.True(rows.Read());
        Assert.Equal("no json", rows.GetString(0));
    }

    /// <summary>The store knows then what the database has and doesn't say it has.</summary>
    [Fact]
    public async Task A_capture_that_ended_between_its_commits_and_the_batch_that_follows_is_taken_up_again()
    {
        await _scene.CloseAsync(await FillAsync());
        Write(
            "CREATE (:Person {Id: 7, Age: 70, Stock: 5, Tags: '[]'})",
            "MATCH (p:Person) WHERE p.Id = 3 DETACH DELETE p",
            "MATCH (a:Person), (b:Person) WHERE a.Id = 7 AND b.Id = 1 CREATE (a)-[:KNOWS]->(b)");
        var ending = new ExchangeableProjection(_scene.FolderOf("office"), captures: true) { EndsBeforeBatch = true };
        await Assert.ThrowsAsync<OperationCanceledException>(() => _scene.OpenAsync("office", captures: true, projection: () => ending));
        var office = await OpenAsync(new(0, 0, 0, 0, []));
        Assert.Empty(office.Rebuilds);
        Assert.Equal(["1|2", "7|1"], await office.RowsAsync("MATCH (a:Person)-[:KNOWS]->(b:Person) RETURN a.Id, b.Id ORDER BY a.Id"));
        Assert.Equal(5, (await office.GetAsync<Person>(7))!.Stock);
        Assert.True((await office.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task A_table_that_was_dropped_leads_to_a_rebuild_that_keeps_the_rest()
    {
        await _scene.CloseAsync(await FillAsync());
        Write("DROP TABLE KNOWS", "MATCH (p:Person) WHERE p.Id = 1 SET p.Age = 77");
        var office = await OpenAsync(null);
        Assert.Contains("set aside", Assert.Single(office.Rebuilds).Reason, StringComparison.Ordinal);
        Assert.Equal(2, (await office.RowsAsync("MATCH (:Person)-[k:KNOWS]->(:Person) RETURN 1")).Count);
        Assert.Single(SetAside);
    }

    [Fact]
    public async Task Without_the_option_direct_writes_are_no_changes()
    {
        await _scene.CloseAsync(await FillAsync());
        Write("MATCH (p:Person) WHERE p.Id = 1 SET p.Age = 31");
        var office = await _scene.OpenAsync("office", kuzu: true);
        Assert.Equal(30, (await office.GetAsync<Person>(1))!.Age);
        Assert.Single(office.Rebuilds);
        Assert.Contains("CapturesDirectWrites", (await Assert.ThrowsAsync<InvalidOperationException>(() => office.CaptureAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_option_what_an_interrupted_capture_has_left_is_set_aside()
    {
        await _scene.CloseAsync(await FillAsync());
        Write("MATCH (p:Person) WHERE p.Id = 1 SET p.Age = 31");
        await File.WriteAllTextAsync(Database + ".seal", "written");
        var office = await _scene.OpenAsync("office", kuzu: true);
        Assert.Contains("isn't captured", Assert.Single(office.Rebuilds).Reason, StringComparison.Ordinal);
        Assert.Equal(30, (await office.GetAsync<Person>(1))!.Age);
        Assert.Single(SetAside);
    }

    /// <summary>Every kind of field takes the difference that merges with what others do meanwhile.</summary>
    [Fact]
    public async Task Every_kind_of_field_can_be_captured()
    {
        var office = await _scene.OpenAsync("office", captures: true);
        var laptop = await _scene.OpenAsync("laptop", kuzu: true);
        await office.EditAsync(tx => Fill(tx.Add<Kit>(1)));
        await laptop.SyncAsync(office);
        await laptop.EditAsync(async tx => Meanwhile((await tx.GetAsync<Kit>(1))!));
        await _scene.CloseAsync(office);
        Write(
            "MATCH (k:Kit) WHERE k.Id = 1 SET k.Day = 'Friday', k.Sizes = '[4,5]', k.Spot = {Street: 'Side', Number: 9}, k.Phones = '[\"+9\"]', k.Best = 8, "
            + "k.First = date('2025-01-01'), k.Views = 7, k.Active = false, k.Visible = true, k.Labels = '{\"a\":\"1\",\"c\":\"3\"}', k.Votes = '{\"tea\":5}', k.Steps = '[\"one\",\"1.5\",\"two\"]'");
        office = await OpenAsync(new(0, 1, 0, 0, []));
        await office.SyncAsync(laptop);
        foreach (var replica in new[] { office, laptop })
        {
            var kit = (await replica.GetAsync<Kit>(1))!;
            Assert.Equal((DayOfWeek.Friday, new Spot("Side", 9), 8, new DateOnly(2025, 1, 1), 17L), (kit.Day, kit.Spot, kit.Best, kit.First!.Value, kit.Views));
            Assert.Equal([4, 5], kit.Sizes);
            Assert.Equal(["+9"], kit.Phones);
            Assert.Equal((true, false), (kit.Active, kit.Visible)); // What the other wrote wins on either flag.
            Assert.Equal(["a=1", "c=3", "d=4"], kit.Labels.Select(label => $"{label.Key}={label.Value}").Order());
            Assert.Equal((15, 0), (kit.Votes["tea"], kit.Votes["milk"]));
            Assert.Equal(["one", "1.5", "two", "late"], kit.Steps);
            Assert.True((await replica.VerifyAsync()).IsClean);
        }
    }

    private static void Fill(Kit kit)
    {
        (kit.Day, kit.Sizes, kit.Spot, kit.Best, kit.First, kit.Active, kit.Visible) = (DayOfWeek.Monday, [1, 2], new("Main", null), 5, new(2026, 1, 1), true, false);
        kit.Phones.Set("+1");
        kit.Views += 2;
        (kit.Labels["a"], kit.Labels["b"]) = ("1", "2");
        kit.Votes.Add("tea", 2);
        kit.Votes.Add("milk", 1);
        kit.Steps.Add("one");
        kit.Steps.Add("two");
    }

    private static void Meanwhile(Kit kit)
    {
        (kit.Active, kit.Visible) = (true, false);
        kit.Views += 10;
        kit.Labels["d"] = "4";
        kit.Votes.Add("tea", 10);
        kit.Steps.Add("late");
    }

    private async Task<GraphReplica> FillAsync()
    {
        var office = await _scene.OpenAsync("office", captures: true);
        await office.EditAsync(tx =>
        {
            var people = new[] { 1, 2, 3, 4 }.Select(id => tx.Add<Person>(id)).ToList();
            (people[0].Age, people[0].Email, people[0].Stock) = (30, "one@example.org", 10);
            people[0].Tags.UnionWith(["a", "b"]);
            tx.Connect<Knows>(people[0], people[1]);
            tx.Connect<Knows>(people[0], people[2]);
        });
        await office.ProjectedAsync();
        return office;
    }

    private async Task<GraphReplica> OpenAsync(CaptureReport? captured, bool any = false)
    {
        var office = await _scene.OpenAsync("office", captures: true);
        if (!any) Assert.Equal(captured?.ToString(), office.Captured?.ToString());
        return office;
    }

    private static Task<List<string>> PeopleAsync(GraphReplica replica) =>
        replica.RowsAsync("MATCH (p:Person) RETURN p.Id, p.Email, p.Age, p.Stock, p.Tags ORDER BY p.Id");

    private void Write(params string[] statements)
    {
        using var database = KuzuDatabase.Open(Database);
        using var connection = database.Connect();
        foreach (var statement in statements) connection.Execute(statement);
    }
}
