using Crdt.Kuzu;
using Crdt.Schema;
using Crdt.Sqlite;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>Entities of types that only the schema knows, in transactions, sessions and the graph database.</summary>
public sealed class DynamicTests : IAsyncDisposable
{
    private static readonly EntityType User = new(
        "User", "User", EntityType.MainLane, new KeySchema("id", ValueKind.Text, "id"), null, null,
        new FieldSchema("name", FieldKind.Register, ValueKind.Text, Nullable: true, "name"),
        new FieldSchema("status", FieldKind.Register, ValueKind.Text, Nullable: true, "status"),
        new FieldSchema("stock", FieldKind.Counter, ValueKind.Int64, Nullable: false, "stock"),
        new FieldSchema("tags", FieldKind.Set, ValueKind.Text, Nullable: false, "tags"));

    private static readonly EntityType Follows = new("FOLLOWS", "FOLLOWS", EntityType.MainLane, null, User, User);

    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_graph_without_classes_is_written_synced_and_queried()
    {
        var (office, laptop) = (await OpenAsync("office"), await OpenAsync("laptop"));
        await office.EditAsync(transaction =>
        {
            var alice = transaction.AddNode("User", "user_1", ("name", "Alice"), ("stock", 10), ("tags", new[] { "a", "b" }));
            var bob = transaction.AddNode("User", "user_2", ("name", "Bob"));
            transaction.AddRelationship("FOLLOWS", alice.Id, bob.Id);
        });
        await office.SyncAsync(laptop);
        await office.EditAsync(async transaction => (await transaction.GetNodeAsync("User", "user_1"))!.Increment("stock", -5));
        await laptop.EditAsync(async transaction =>
        {
            var alice = (await transaction.GetNodeAsync("User", "user_1"))!;
            alice.Increment("stock", -3);
            alice["status"] = "active";
        });
        await office.SyncAsync(laptop);
        const string query = "MATCH (a:User)-[:FOLLOWS]->(b:User) RETURN a.name, a.status, a.stock, b.name";
        Assert.Equal(["Alice|active|2|Bob"], await office.RowsAsync(query));
        Assert.Equal(["Alice|active|2|Bob"], await laptop.RowsAsync(query));
        var read = (await laptop.GetNodeAsync("User", "user_1"))!;
        Assert.Equal(2L, read["stock"]);
        Assert.Equal(new object[] { "a", "b" }, read["tags"]);
        Assert.Null(await laptop.GetNodeAsync("User", "user_3"));
    }

    [Fact]
    public async Task A_value_that_does_not_fit_leaves_nothing_behind()
    {
        var office = await OpenAsync("office");
        await office.EditAsync(transaction =>
        {
            var error = Assert.Throws<ArgumentException>(() => transaction.AddNode("User", "user_1", ("name", "Alice"), ("stock", "many")));
            Assert.Contains("'stock'", error.Message, StringComparison.Ordinal);
            transaction.AddNode("User", "user_1", ("name", "Alice"));
        });
        Assert.Equal(["Alice"], await office.RowsAsync("MATCH (u:User) RETURN u.name"));
    }

    [Fact]
    public async Task An_unknown_type_is_refused_with_those_that_there_are()
    {
        var office = await OpenAsync("office");
        await using var transaction = await office.BeginAsync();
        Assert.Contains("FOLLOWS", Assert.Throws<ArgumentException>(() => transaction.AddNode("Robot", "r")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_transaction_has_one_object_for_one_entity()
    {
        var office = await _scene.OpenAsync("office");
        await office.EditAsync(transaction => transaction.AddNode("Person", 1, ("Email", "ann@x.org")));
        await using var transaction = await office.BeginAsync();
        var ann = await transaction.GetNodeAsync("Person", 1);
        Assert.Same(ann, await transaction.GetNodeAsync("Person", 1));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await transaction.GetAsync<Person>(1));
        Assert.Contains("in hand", error.Message, StringComparison.Ordinal);
        Assert.Equal("ann@x.org", (await office.GetAsync<Person>(1))!.Email);
    }

    [Fact]
    public async Task A_creation_that_is_refused_does_not_bring_back_what_was_deleted()
    {
        var office = await _scene.OpenAsync("office");
        await office.EditAsync(transaction => transaction.Add<Person>(1));
        await office.EditAsync(async transaction =>
        {
            (await transaction.GetAsync<Person>(1))!.Delete();
            Assert.Throws<InvalidOperationException>(() => transaction.AddNode("Person", 1));
        });
        Assert.Null(await office.GetAsync<Person>(1));
    }

    [Fact]
    public async Task A_replica_opens_with_the_types_that_its_store_knows()
    {
        var office = await OpenAsync("office");
        await office.EditAsync(transaction => transaction.AddNode("User", "user_1", ("name", "Alice"), ("tags", new[] { "a" })));
        await _scene.CloseAsync(office);
        await using var again = await GraphReplica.OpenAsync("office", options =>
        {
            options.Folder = _scene.FolderOf("office");
            options.Time = _scene.Time;
            options.UseSqlite().UseKuzu();
        });
        Assert.Equal("users version 1", $"{again.Schema}");
        Assert.Equal(["User", "FOLLOWS"], again.Schema.Types.Select(type => type.Name));
        await again.EditAsync(transaction => transaction.AddNode("User", "user_2", ("name", "Bob")));
        Assert.Equal(["Alice|[\"a\"]", "Bob|[]"], await again.RowsAsync("MATCH (u:User) RETURN u.name, u.tags ORDER BY u.id"));
        Assert.Equal("Alice", (await again.GetNodeAsync("User", "user_1"))!["name"]);
    }

    [Fact]
    public async Task A_new_store_knows_no_types_and_stays_new()
    {
        var folder = _scene.FolderOf("office");
        var error = await Assert.ThrowsAsync<StoreException>(() => GraphReplica.OpenAsync("office", options =>
        {
            options.Folder = folder;
            options.UseSqlite();
        }));
        Assert.Contains("knows no schema yet", error.Message, StringComparison.Ordinal);
        await using var office = await GraphReplica.OpenAsync("office", new GraphSchema("users", 1, User), options => options.UseSqlite(Path.Combine(folder, "replica.db")));
        Assert.Equal("User", Assert.Single(office.Schema.Types).Name);
    }

    private Task<GraphReplica> OpenAsync(string name) => _scene.OpenAsync(name, kuzu: true, new GraphSchema("users", 1, User, Follows));
}
