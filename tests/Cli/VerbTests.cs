using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Cli;

/// <summary>Verbs that need one replica alone.</summary>
public sealed class VerbTests : IAsyncDisposable
{
    private readonly Tool _tool = new();

    public ValueTask DisposeAsync() => _tool.DisposeAsync();

    [Fact]
    public async Task What_others_wrote_into_the_database_is_captured()
    {
        await InitAsync();
        using (var database = KuzuDatabase.Open(Path.Combine(_tool.Folder, "shop", "graph.kuzu")))
        using (var connection = database.Connect()) connection.Execute("CREATE (:Item {id: 7, name: 'lamp'})");
        var report = await _tool.JsonAsync(0, "capture", "-r", "shop");
        Assert.Equal((1, 0), (report["inserted"]!.GetValue<int>(), report["refused"]!.GetValue<int>()));
        Assert.Equal(1, (await _tool.JsonAsync(0, "status", "-r", "shop"))["entities"]!["Item"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_graph_database_is_verified_and_made_anew_and_the_log_is_listed()
    {
        await InitAsync();
        await _tool.JsonAsync(0, "cypher", "-w", "CREATE (:Item {id: 1}), (:Item {id: 2})", "-r", "shop");
        Assert.Equal(2, (await _tool.JsonAsync(0, "verify", "-r", "shop"))["rows"]!.GetValue<int>());
        await _tool.JsonAsync(0, "rebuild", "-r", "shop");
        Assert.Equal(0, (await _tool.JsonAsync(0, "verify", "-r", "shop"))["missing"]!.GetValue<int>());
        var commits = (await _tool.JsonAsync(0, "log", "-r", "shop"))["commits"]!.AsArray();
        Assert.Equal("2 Item", Assert.Single(commits)!["changes"]![0]!.GetValue<string>());
        Assert.Empty((await _tool.JsonAsync(0, "transactions", "list", "-r", "shop"))["inDoubt"]!.AsArray());
    }

    [Fact]
    public async Task A_dry_run_of_an_adoption_changes_nothing()
    {
        _tool.CreateDatabase("city.kuzu", "CREATE NODE TABLE `a place` (id SERIAL PRIMARY KEY, at TIMESTAMP_NS)");
        var plan = await _tool.JsonAsync(0, "adopt", "city.kuzu", "--dry-run");
        Assert.NotEmpty(plan["notes"]!.AsArray());
        Assert.False(Directory.Exists(Path.Combine(_tool.Folder, "city.kuzu.replica")));
        await _tool.JsonAsync(0, "adopt", "city.kuzu");
        Assert.Equal("city", (await _tool.JsonAsync(0, "status", "-r", "city.kuzu.replica"))["graph"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(3, "There is no replica in 'nowhere'", "status", "-r", "nowhere")]
    [InlineData(3, "There is no database 'nothing.kuzu'", "adopt", "nothing.kuzu")]
    [InlineData(2, "is no address of a hub", "sync", "nonsense")]
    [InlineData(3, "There is no replica in '.'", "sync", "ws://127.0.0.1:1")]
    [InlineData(2, "needs --certificate", "serve", "shop", "--url", "https://127.0.0.1:0")]
    [InlineData(2, "beyond this machine without TLS", "serve", "shop", "--url", "http://0.0.0.0:0")]
    [InlineData(2, "is for this machine alone", "serve", "shop", "--url", "http://0.0.0.0:0", "--plain-text", "--anonymous")]
    [InlineData(4, "Nothing answers at 127.0.0.1:1", "sync", "ws://127.0.0.1:1", "shop")]
    [InlineData(2, "begins with wss://|use wss://", "sync", "ws://192.0.2.1:1", "shop")]
    [InlineData(1, "would write", "cypher", "CREATE (:Item {id: 1})", "-r", "shop")]
    [InlineData(2, "r, w, rw, wt, rwt or none", "enroll", "x", "--access", "main:q", "-r", "shop")]
    [InlineData(2, "No replica 'x' is let in here", "revoke", "x", "-r", "shop")]
    [InlineData(2, "There is no conflict '12'", "conflicts", "settle", "12", "accept", "-r", "shop")]
    [InlineData(3, "There is a replica in 'shop' already", "init", "shop", "-r", "shop")]
    public async Task What_can_not_be_done_is_told_with_what_to_do(int code, string message, params string[] arguments)
    {
        await InitAsync();
        var result = await _tool.RunAsync(arguments);
        Assert.True(result.Code == code, result.ToString());
        Assert.Contains(message.Split('|'), part => result.Errors.Contains(part, StringComparison.Ordinal));
        var failure = await _tool.JsonAsync(code, arguments);
        Assert.Equal(code, failure["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        await InitAsync();
        await _tool.JsonAsync(0, "init", "shop", "-r", "other");
        var address = new Uri(await _tool.ServeAsync("shop"));
        var result = await _tool.RunAsync("serve", "other", "--url", $"http://127.0.0.1:{address.Port}");
        Assert.Equal(1, result.Code);
        Assert.Contains("choose another port", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_that_is_open_elsewhere_is_told_and_a_wrong_token_is_refused()
    {
        await InitAsync();
        await _tool.JsonAsync(0, "init", "shop", "-r", "other");
        var address = await _tool.ServeAsync("shop");
        Assert.Equal(3, (await _tool.RunAsync("status", "-r", "shop")).Code);
        var refused = await _tool.JsonAsync(5, "sync", address, "-r", "other");
        Assert.Equal("Unauthorized", refused["error"]!.GetValue<string>());
        Assert.Equal(5, (await _tool.RunAsync("sync", address, "-r", "other", "--code", "AAAAA-AAAAA-AAAAA-AAAAA")).Code);
    }

    [Theory]
    [InlineData(2, "--nonsense")]
    [InlineData(2, "sync")]
    [InlineData(0, "--help")]
    public async Task A_wrong_command_line_ends_with_2(int code, string argument) => Assert.Equal(code, (await _tool.RunAsync(argument)).Code);

    private async Task InitAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_tool.Folder, "tables.cypher"), "CREATE NODE TABLE Item (id INT64 PRIMARY KEY, name STRING)");
        await _tool.JsonAsync(0, "init", "shop", "-r", "shop", "--tables", "tables.cypher");
    }
}
