using Crdt.Kuzu.Binding;
using Crdt.Schema;
using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>Captures and migrations that end early, and processes that are killed: no direct write is lost by it.</summary>
public sealed class CaptureInterruptionTests : IAsyncDisposable
{
    private static readonly FieldSchema Name = new("name", FieldKind.Register, ValueKind.Text, Nullable: true, "name");
    private static readonly FieldSchema Age = new("age", FieldKind.Register, ValueKind.Int32, Nullable: true, "age");

    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private string Database => Path.Combine(_scene.FolderOf("office"), "graph.kuzu");

    private IEnumerable<string> SetAside => Directory.EnumerateFiles(_scene.FolderOf("office"), "graph.kuzu.set-aside-*");

    [Fact]
    public async Task What_was_written_before_a_capture_was_cancelled_is_not_overwritten()
    {
        using var stop = new CancellationTokenSource();
        var database = new CancellingProjection(_scene.FolderOf("office"), stop);
        var office = await _scene.OpenAsync("office", captures: true, projection: () => database);
        await office.EditAsync(tx => (tx.Add<Person>(1).Age, tx.Add<Person>(2).Age) = (30, 40));
        await office.ProjectedAsync();
        await Record.ExceptionAsync(() => office.CaptureAsync("MATCH (p:Person) WHERE p.Id = 1 SET p.Age = 31; CREATE (:Person {Id: 3, Age: 3, Stock: 0, Tags: '[]'})", null, stop.Token));
        await office.EditAsync(async tx => (await tx.GetAsync<Person>(1))!.Email = "one@example.org");
        await Record.ExceptionAsync(async () => await office.ProjectedAsync());
        await office.CaptureAsync();
        Assert.Equal(31, (await office.GetAsync<Person>(1))!.Age);
        Assert.Equal(3, (await office.GetAsync<Person>(3))!.Age);
        Assert.True((await office.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task A_migration_that_was_interrupted_is_not_taken_for_direct_writes()
    {
        var (older, newer) = (Schema(1, User(Name)), Schema(2, User(Name, Age)));
        var office = await _scene.OpenAsync("office", captures: true, schema: older);
        await office.EditAsync(tx => tx.AddNode("User", 1, ("name", "Ann")));
        await office.ProjectedAsync();
        var laptop = await _scene.OpenAsync("laptop", schema: newer);
        await laptop.SyncAsync(office);
        await laptop.EditAsync(async tx => (await tx.GetNodeAsync("User", 1))!["age"] = 55);
        await laptop.SyncAsync(office);
        await _scene.CloseAsync(office);
        var ending = new ExchangeableProjection(_scene.FolderOf("office"), captures: true) { EndsBeforeBatch = true };
        await Assert.ThrowsAsync<OperationCanceledException>(() => _scene.OpenAsync("office", schema: newer, captures: true, projection: () => ending));
        Write("MATCH (u:User) WHERE u.id = 1 SET u.name = 'Eve'");
        office = await _scene.OpenAsync("office", schema: newer, captures: true);
        Assert.Equal(55, (await office.GetNodeAsync("User", 1))!["age"]);
        Assert.True((await office.VerifyAsync()).IsClean);
    }

    /// <summary>It is not captured, for it can't be told from what was not shown yet; but somebody may want it back.</summary>
    [Fact]
    public async Task What_was_written_after_the_process_was_killed_is_kept_in_a_database_that_is_set_aside()
    {
        var office = await FillAsync();
        await _scene.CloseAsync(office);
        File.WriteAllText(Database + ".seal", "open");
        Write("MATCH (p:Person) WHERE p.Id = 1 SET p.Age = 31", "CREATE (:Person {Id: 7, Age: 7, Stock: 0, Tags: '[]'})");
        office = await _scene.OpenAsync("office", captures: true);
        Assert.Single(office.Rebuilds);
        using var database = KuzuDatabase.Open(Assert.Single(SetAside));
        using var connection = database.Connect();
        using var rows = connection.Query("MATCH (p:Person) WHERE p.Id = 7 RETURN p.Age");
        Assert.True(rows.Read());
    }

    [Fact]
    public async Task What_is_refused_is_kept_though_the_capture_ended_before_the_database_was_set_aside()
    {
        await _scene.CloseAsync(await FillAsync());
        Write("MATCH (p:Person) WHERE p.Id = 1 SET p.Age = 31, p.Tags = 'no json'");
        using var stop = new CancellationTokenSource();
        var ending = new CancellingProjection(_scene.FolderOf("office"), stop, onReset: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _scene.OpenAsync("office", captures: true, projection: () => ending));
        var office = await _scene.OpenAsync("office", captures: true);
        Assert.Equal(31, (await office.GetAsync<Person>(1))!.Age);
        using var database = KuzuDatabase.Open(Assert.Single(SetAside));
        using var connection = database.Connect();
        using var rows = connection.Query("MATCH (p:Person) WHERE p.Tags = 'no json' RETURN p.Age");
        Assert.True(rows.Read());
    }

    [Fact]
    public async Task A_replica_closes_though_its_database_can_not_be_brought_in_step()
    {
        var ending = new ExchangeableProjection(_scene.FolderOf("office"), captures: true);
        var office = await _scene.OpenAsync("office", captures: true, projection: () => ending);
        ending.EndsBeforeBatch = true;
        await office.EditAsync(tx => tx.Add<Person>(1).Age = 30);
        await _scene.CloseAsync(office);
        office = await _scene.OpenAsync("office", captures: true);
        Assert.Equal(["30"], await office.RowsAsync("MATCH (p:Person) RETURN p.Age"));
    }

    private static GraphSchema Schema(int version, params EntityType[] types) => new("interruption", version, types);

    private static EntityType User(params FieldSchema[] fields) => new("User", "User", EntityType.MainLane, new("id", ValueKind.Int64, "id"), null, null, fields);

    private async Task<GraphReplica> FillAsync()
    {
        var office = await _scene.OpenAsync("office", captures: true);
        await office.EditAsync(tx => (tx.Add<Person>(1).Age, tx.Add<Person>(2).Age) = (30, 40));
        await office.ProjectedAsync();
        return office;
    }

    private void Write(params string[] statements)
    {
        using var database = KuzuDatabase.Open(Database);
        using var connection = database.Connect();
        foreach (var statement in statements) connection.Execute(statement);
    }
}
