using Crdt.Projection;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>Queries of a replica: what they wait for, how long they run, and how many statements they have.</summary>
public sealed class QueryTests : IAsyncDisposable
{
    private const string Endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 1000000) AS b WITH a * b AS x WHERE x % 3 = 0 RETURN sum(x)";

    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_query_is_stopped_after_its_time_and_the_replica_goes_on()
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        await office.EditAsync(tx => tx.Add<Person>(1));
        var options = new QueryOptions { Timeout = TimeSpan.FromMilliseconds(100) };
        var error = await Assert.ThrowsAsync<ProjectionException>(async () => await office.QueryAsync(Endless, options: options).FirstAsync());
        Assert.True(error.IsTimeout);
        Assert.Contains("QueryOptions.Timeout", error.Message);
        await office.EditAsync(tx => tx.Add<Person>(2));
        Assert.Equal(2, (await office.RowsAsync("MATCH (p:Person) RETURN p.Id")).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_time_is_more_than_none(int milliseconds)
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        var options = new QueryOptions { Timeout = TimeSpan.FromMilliseconds(milliseconds) };
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await office.QueryAsync("RETURN 1", options: options).FirstAsync());
    }

    [Fact]
    public async Task A_query_that_does_not_wait_runs_while_the_graph_database_lags()
    {
        await using var office = await GraphReplica.OpenAsync("office", TestSchema.Instance, options =>
        {
            options.Folder = _scene.FolderOf("office");
            options.UseSqlite().Projection = () => new BrokenProjection();
        });
        await office.EditAsync(tx => tx.Add<Person>(1));
        await Assert.ThrowsAsync<ProjectionException>(async () => await office.QueryAsync("RETURN 1").ToListAsync());
        Assert.Empty(await office.QueryAsync("RETURN 1", options: new() { ReadYourWrites = false }).ToListAsync());
    }

    [Fact]
    public async Task Several_statements_give_several_results()
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        await office.EditAsync(tx => tx.Add<Person>(1).Email = "ann@x.org");
        var parameters = new Dictionary<string, object?> { ["id"] = 1L };
        var results = new List<string>();
        await foreach (var result in office.QueryManyAsync("MATCH (p:Person) RETURN count(*) AS n; MATCH (p:Person) WHERE p.Id = $id RETURN p.Email AS mail", parameters))
            results.Add($"{result.Columns[0]} {Assert.Single(result.Rows)[0]}");
        Assert.Equal(["n 1", "mail ann@x.org"], results);
    }

    [Fact]
    public async Task Several_statements_are_too_many_for_one_result()
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await office.QueryAsync("RETURN 1; RETURN 2").FirstAsync());
        Assert.Contains("QueryManyAsync", error.Message);
    }

    [Fact]
    public async Task Without_a_graph_database_there_are_no_queries()
    {
        var office = await _scene.OpenAsync("office");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await office.QueryAsync("RETURN 1").FirstAsync());
    }
}
