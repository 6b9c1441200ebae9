using Crdt.Entities;
using Crdt.Kuzu.Binding;
using Crdt.Schema;
using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>Direct writes that are large, odd, or beside what the database doesn't show: none is lost, and nothing else is committed with them.</summary>
public sealed class CaptureEdgeTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private string Database => Path.Combine(_scene.FolderOf("office"), "graph.kuzu");

    private IEnumerable<string> SetAside => Directory.EnumerateFiles(_scene.FolderOf("office"), "graph.kuzu.set-aside-*");

    [Fact]
    public async Task A_node_that_is_created_again_brings_back_the_relationships_that_were_hidden_with_it()
    {
        var office = await FillAsync();
        await office.EditAsync(async tx => (await tx.GetAsync<Person>(2))!.Delete());
        await _scene.CloseAsync(office);
        Write("CREATE (:Person {Id: 2, Age: 2, Stock: 0, Tags: '[]'})");
        office = await OpenAsync();
        Assert.Equal("1 inserted, 0 updated, 0 deleted, 0 refused", office.Captured!.ToString());
        Assert.Equal(["1|2", "1|3"], await office.RowsAsync("MATCH (a:Person)-[:KNOWS]->(b:Person) RETURN a.Id, b.Id ORDER BY b.Id"));
        Assert.True((await office.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Many_large_rows_are_captured_in_transactions_that_fit()
    {
        await _scene.CloseAsync(await FillAsync());
        Write($"UNWIND range(100, 599) AS i CREATE (:Person {{Id: i, Email: '{new string('x', 20_000)}', Age: 1, Stock: 0, Tags: '[]'}})");
        var office = await OpenAsync();
        Assert.Equal("500 inserted, 0 updated, 0 deleted, 0 refused", office.Captured!.ToString());
        Assert.Equal(20_000, (await office.GetAsync<Person>(599))!.Email!.Length);
    }

    [Fact]
    public async Task A_row_that_is_larger_than_an_entity_can_be_is_refused()
    {
        var fields = Enumerable.Range(1, 5).Select(i => new FieldSchema($"t{i}", FieldKind.Register, ValueKind.Text, Nullable: true, $"t{i}")).ToArray();
        var schema = new GraphSchema("large", 1, new EntityType("User", "User", EntityType.MainLane, new("id", ValueKind.Int64, "id"), null, null, fields));
        await _scene.CloseAsync(await _scene.OpenAsync("office", captures: true, schema: schema));
        var text = new string('x', 250_000);
        Write("CREATE (:User {id: 1, t1: 'small'})", $"CREATE (:User {{id: 2, {string.Join(", ", fields.Select(field => $"{field.Name}: '{text}'"))}}})");
        var office = await _scene.OpenAsync("office", captures: true, schema: schema);
        Assert.Equal("1 inserted, 0 updated, 0 deleted, 1 refused", office.Captured!.ToString());
        Assert.Single(SetAside);
    }

    [Fact]
    public async Task Json_with_half_a_character_is_refused()
    {
        await _scene.CloseAsync(await FillAsync());
        Write("MATCH (p:Person) WHERE p.Id = 1 SET p.Tags = '[\"\\\\ud800\"]', p.Age = 5");
        var office = await OpenAsync();
        Assert.Equal("0 inserted, 1 updated, 0 deleted, 1 refused", office.Captured!.ToString());
        Assert.Equal(5, (await office.GetAsync<Person>(1))!.Age);
    }

    [Fact]
    public async Task A_row_whose_key_is_none_for_the_library_is_refused()
    {
        await _scene.CloseAsync(await FillAsync());
        Write("CREATE (:Person {Id: -9223372036854775807 - 1, Age: 5})");
        var office = await OpenAsync();
        Assert.Equal("0 inserted, 0 updated, 0 deleted, 1 refused", office.Captured!.ToString());
        Assert.Single(SetAside);
        Assert.True((await office.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task What_is_refused_of_a_collection_is_not_committed_in_part()
    {
        var office = await _scene.OpenAsync("office", captures: true);
        await office.EditAsync(tx =>
        {
            var kit = tx.Add<Kit>(1);
            foreach (var step in new[] { "a", "b", "c" }) kit.Steps.Add(step);
            kit.Votes.Add("milk", 1);
        });
        var report = await office.CaptureAsync("MATCH (k:Kit) WHERE k.Id = 1 SET k.Steps = '[\"x\",null]', k.Votes = '{\"tea\":5,\"milk\":null}'");
        Assert.Equal(2, report.Refused);
        var held = (await office.GetAsync<Kit>(1))!;
        Assert.Equal(["a", "b", "c"], held.Steps);
        Assert.Equal(["milk"], held.Votes.Keys);
    }

    [Fact]
    public async Task Members_of_a_record_that_were_not_touched_keep_what_their_columns_do_not_show()
    {
        var when = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(7);
        var record = ValueSchema.Record(new ValueMember("Place", ValueKind.Text), new ValueMember("Moment", ValueKind.DateTimeOffset));
        var field = new FieldSchema("visit", FieldKind.Register, record, Nullable: false, "visit");
        var schema = new GraphSchema("records", 1, new EntityType("User", "User", EntityType.MainLane, new("id", ValueKind.Int64, "id"), null, null, field));
        var office = await _scene.OpenAsync("office", captures: true, schema: schema);
        await office.EditAsync(tx => tx.AddNode("User", 1, ("visit", new Dictionary<string, object?> { ["Place"] = "Rome", ["Moment"] = when })));
        await office.CaptureAsync("MATCH (u:User) WHERE u.id = 1 WITH u, u.visit.Moment AS w SET u.visit = {Place: 'Oslo', Moment: w}");
        var visit = (IReadOnlyDictionary<string, object?>)(await office.GetNodeAsync("User", 1))!["visit"]!;
        Assert.Equal("Oslo", visit["Place"]);
        Assert.True(when.EqualsExact((DateTimeOffset)visit["Moment"]!), $"{visit["Moment"]:O} should be {when:O}.");
    }

    [Fact]
    public async Task A_transaction_that_was_begun_and_not_ended_stops_nothing()
    {
        var office = await FillAsync();
        await Record.ExceptionAsync(() => office.CaptureAsync("BEGIN TRANSACTION; MATCH (p:Person) WHERE p.Id = 1 SET p.Age = 50;"));
        await office.EditAsync(async tx => (await tx.GetAsync<Person>(2))!.Age = 7);
        await office.ProjectedAsync();
        Assert.True((await office.VerifyAsync()).IsClean);
    }

    /// <summary>What says how far the database is lies in it too.</summary>
    [Theory]
    [InlineData("MATCH (n) DETACH DELETE n", "4 deleted")]
    [InlineData("MATCH (w) WHERE w.watermark >= 0 DELETE w", "0 deleted")]
    public async Task Statements_over_all_nodes_leave_a_database_that_knows_what_it_shows(string statement, string expected)
    {
        var office = await FillAsync();
        Assert.Contains(expected, (await office.CaptureAsync(statement)).ToString(), StringComparison.Ordinal);
        await office.EditAsync(tx => tx.Add<Person>(9));
        await office.ProjectedAsync();
        await _scene.CloseAsync(office);
        office = await OpenAsync();
        Assert.Empty(office.Rebuilds);
        Assert.Empty(SetAside);
        Assert.True((await office.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Two_replicas_that_both_capture_come_to_show_the_same()
    {
        var office = await FillAsync();
        var laptop = await _scene.OpenAsync("laptop", captures: true);
        await laptop.SyncAsync(office);
        await Task.WhenAll(
            office.CaptureAsync("MATCH (p:Person) WHERE p.Id = 1 SET p.Stock = 7, p.Tags = '[\"a\",\"c\"]'; CREATE (:Person {Id: 8, Age: 1, Stock: 3, Tags: '[\"x\"]'}); MATCH (p:Person) WHERE p.Id = 3 DETACH DELETE p;"),
            laptop.CaptureAsync("MATCH (p:Person) WHERE p.Id = 1 SET p.Stock = 15, p.Tags = '[\"b\"]'; CREATE (:Person {Id: 8, Age: 1, Stock: 4, Tags: '[\"y\"]'}); MATCH (a:Person)-[k:KNOWS]->(b:Person) WHERE b.Id = 3 SET k.Since = date('2020-01-01');"));
        await office.SyncAsync(laptop);
        Assert.Equal(await office.DumpAsync(), await laptop.DumpAsync());
        Assert.Equal(12, (await office.GetAsync<Person>(1))!.Stock);
        Assert.Equal(["c"], (await office.GetAsync<Person>(1))!.Tags);
        foreach (var replica in new[] { office, laptop }) Assert.True((await replica.VerifyAsync()).IsClean);
    }

    private async Task<GraphReplica> FillAsync()
    {
        var office = await OpenAsync();
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

    private Task<GraphReplica> OpenAsync() => _scene.OpenAsync("office", captures: true);

    private void Write(params string[] statements)
    {
        using var database = KuzuDatabase.Open(Database);
        using var connection = database.Connect();
        foreach (var statement in statements) connection.Execute(statement);
    }
}
