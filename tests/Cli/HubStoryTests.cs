using System.Text.Json.Nodes;

namespace Crdt.Tests.Cli;

/// <summary>What the tool is for: databases on several machines that come to agree, without C#.</summary>
public sealed class HubStoryTests : IAsyncDisposable
{
    private const string Tables = "CREATE NODE TABLE Customer (id INT64 PRIMARY KEY, name STRING, city STRING)";
    private readonly Tool _tool = new();

    public ValueTask DisposeAsync() => _tool.DisposeAsync();

    [Fact]
    public async Task Two_existing_databases_are_brought_into_agreement_with_three_commands()
    {
        _tool.CreateDatabase("office.kuzu", Tables, "CREATE (:Customer {id: 1, name: 'Ann', city: 'Oslo'}), (:Customer {id: 2, name: 'Bo'})");
        _tool.CreateDatabase("shop.kuzu", Tables, "CREATE (:Customer {id: 1, name: 'Ann', city: 'Rome'}), (:Customer {id: 3, name: 'Cy'})");
        File.Move(Path.Combine(_tool.Folder, "office.kuzu"), Path.Combine(Directory.CreateDirectory(Path.Combine(_tool.Folder, "office")).FullName, "shop.kuzu"));

        var address = await _tool.ServeAsync("office/shop.kuzu");
        var code = (await _tool.JsonAsync(0, "enroll", "laptop", "-r", "office/shop.kuzu.replica"))["code"]!.GetValue<string>();
        var synced = await _tool.JsonAsync(0, "sync", address, "shop.kuzu", "--code", code);

        Assert.Equal(1, synced["conflicts"]!.GetValue<int>());
        var rows = (await _tool.JsonAsync(0, "cypher", "MATCH (c:Customer) RETURN c.id, c.name ORDER BY c.id", "-r", "shop.kuzu.replica"))["results"]![0]!["rows"]!;
        Assert.Equal("""[["1","Ann"],["2","Bo"],["3","Cy"]]""", rows.ToJsonString());
        var conflict = (await _tool.JsonAsync(6, "conflicts", "list", "-r", "shop.kuzu.replica"))["conflicts"]![0]!;
        Assert.Equal(("Customer", "1", "city"), (conflict["type"]!.GetValue<string>(), conflict["entity"]!.GetValue<string>(), conflict["field"]!.GetValue<string>()));
        Assert.Equal("Equal", (await _tool.JsonAsync(0, "sync", address, "shop.kuzu"))["mode"]!.GetValue<string>());
    }

    [Fact]
    public async Task Replicas_that_know_nothing_learn_the_tables_and_all_is_shown_alike()
    {
        await File.WriteAllTextAsync(Path.Combine(_tool.Folder, "shop.cypher"), Tables);
        foreach (var replica in new[] { "hub", "south" }) await _tool.JsonAsync(0, "init", "shop", "-r", replica);
        await _tool.JsonAsync(0, "init", "shop", "-r", "north", "--tables", "shop.cypher");
        var address = await _tool.ServeAsync("hub");
        foreach (var replica in new[] { "north", "south" }) await _tool.JsonAsync(0, "sync", address, "-r", replica, "--code", await CodeAsync(replica));

        await _tool.JsonAsync(0, "cypher", "--write", "CREATE (:Customer {id: 1, city: 'Oslo'})", "-r", "north");
        await _tool.JsonAsync(0, "cypher", "--write", "CREATE (:Customer {id: 1, city: 'Rome'})", "-r", "south");
        Assert.False((await _tool.JsonAsync(6, "diff", "south", "-r", "north"))["identical"]!.GetValue<bool>());
        foreach (var replica in new[] { "north", "south", "north" }) await _tool.JsonAsync(0, "sync", address, "-r", replica);
        Assert.True((await _tool.JsonAsync(0, "diff", "south", "-r", "north"))["identical"]!.GetValue<bool>());

        var id = (await _tool.JsonAsync(6, "conflicts", "list", "-r", "north"))["conflicts"]![0]!["id"]!.GetValue<string>();
        var writes = (await _tool.JsonAsync(0, "conflicts", "show", id[..6], "-r", "south"))["writes"]!.AsArray();
        var oslo = Enumerable.Range(0, writes.Count).Single(n => writes[n]!["value"]!.GetValue<string>() == "Oslo") + 1;
        await _tool.JsonAsync(0, "conflicts", "settle", id, $"{oslo}", "-r", "south");
        foreach (var replica in new[] { "south", "north" }) await _tool.JsonAsync(0, "sync", address, "-r", replica);
        Assert.Empty((await _tool.JsonAsync(0, "conflicts", "list", "-r", "north"))["conflicts"]!.AsArray());
        Assert.Equal("Oslo", (await _tool.JsonAsync(0, "cypher", "MATCH (c:Customer) RETURN c.city", "-r", "north"))["results"]![0]!["rows"]![0]![0]!.GetValue<string>());
    }

    /// <summary>Nobody has to remember to capture before anything else: taken for damage, the edits would be set aside.</summary>
    [Fact]
    public async Task What_another_program_wrote_into_the_database_travels_with_the_next_sync()
    {
        await File.WriteAllTextAsync(Path.Combine(_tool.Folder, "shop.cypher"), Tables);
        foreach (var replica in new[] { "hub", "north" }) await _tool.JsonAsync(0, "init", "shop", "-r", replica, "--tables", "shop.cypher");
        _tool.CreateDatabase(Path.Combine("north", "graph.kuzu"), "CREATE (:Customer {id: 5, city: 'Lima'})");
        await _tool.JsonAsync(0, "status", "-r", "north");
        var address = await _tool.ServeAsync("hub");
        await _tool.JsonAsync(0, "sync", address, "-r", "north", "--code", await CodeAsync("north"));
        await _tool.JsonAsync(0, "init", "shop", "-r", "south");
        await _tool.JsonAsync(0, "sync", address, "-r", "south", "--code", await CodeAsync("south"));
        Assert.Equal("Lima", (await _tool.JsonAsync(0, "cypher", "MATCH (c:Customer) RETURN c.city", "-r", "south"))["results"]![0]!["rows"]![0]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Who_may_only_read_and_who_was_revoked_are_told_so()
    {
        await File.WriteAllTextAsync(Path.Combine(_tool.Folder, "shop.cypher"), Tables);
        foreach (var replica in new[] { "hub", "guest" }) await _tool.JsonAsync(0, "init", "shop", "-r", replica, "--tables", "shop.cypher");
        var address = await _tool.ServeAsync("hub");
        await _tool.JsonAsync(0, "cypher", "--write", "CREATE (:Customer {id: 1, city: 'Oslo'})", "-r", "guest");
        var synced = await _tool.JsonAsync(6, "sync", address, "-r", "guest", "--code", await CodeAsync("guest", "--access", "main:r"));
        Assert.Contains("may not write", synced["lanes"]!["main"]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);

        await _tool.JsonAsync(0, "revoke", "guest", "-r", "hub");
        var refused = await _tool.JsonAsync(5, "sync", address, "-r", "guest");
        Assert.Equal("Unauthorized", refused["error"]!.GetValue<string>());
        Assert.Contains("'guest' was revoked at", refused["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotNull((await _tool.JsonAsync(0, "enroll", "-r", "hub"))["peers"]![0]!["revoked"]);
    }

    private async Task<string> CodeAsync(string peer, params string[] options) => (await _tool.JsonAsync(0, ["enroll", peer, "-r", "hub", .. options]))["code"]!.GetValue<string>();
}
