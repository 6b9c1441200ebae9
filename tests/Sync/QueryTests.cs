using Crdt.Projection;
using Crdt.Queries;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>Queries of a replica: what they wait for, how long they run, and how many statements they have.</summary>
public sealed partial class QueryTests : IAsyncDisposable
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
    public async Task Rows_are_read_into_a_type()
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        await office.EditAsync(tx =>
        {
            var ann = tx.Add<Person>(1);
            ann.Email = "ann@x.org";
            ann.Stock += 5;
            ann.Tags.Add("new");
            tx.Connect<Knows>(ann, tx.Add<Person>(2)).Since = new(2026, 11, 22);
        });
        var rows = await office.QueryAsync<Friendship>("MATCH (p:Person)-[k:KNOWS]->(q:Person) RETURN p.Id, p.Email, p.Stock, p.Tags, q AS friend, k.Since").ToListAsync();
        var row = Assert.Single(rows);
        Assert.Equal((1, "ann@x.org", (short)5, new DateOnly(2026, 11, 22)), (row.Id, row.Email, row.Stock, row.Since));
        Assert.Equal(["new"], row.Tags);
        Assert.Equal(new(2, null), row.Friend);
    }

    [Fact]
    public async Task Fields_of_every_kind_are_read_as_they_are_shown()
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        await office.EditAsync(tx =>
        {
            tx.Add<Kit>(1);
            var kit = tx.Add<Kit>(2);
            (kit.Day, kit.Sizes, kit.Spot, kit.Best, kit.First, kit.Views, kit.Active) = (DayOfWeek.Friday, [1, -2], new("Main", null), 7, new(2026, 11, 22), 3, true);
            kit.Phones.Set("1; 2");
            kit.Labels["a"] = "\"";
            kit.Votes.Add("tea", -2);
            kit.Steps.Add("first");
            kit.Steps.Add("second");
        });
        var rows = await office.QueryAsync<KitRow>("MATCH (k:Kit) RETURN k.* ORDER BY k.Id").ToListAsync();
        Assert.Equal((DayOfWeek.Sunday, null, 0, null, 0, false, true), (rows[0].Day, rows[0].Spot, rows[0].Best, rows[0].First, rows[0].Views, rows[0].Active, rows[0].Visible));
        Assert.Equal((0, 0, 0, 0, 0), (rows[0].Sizes.Count, rows[0].Phones.Count, rows[0].Labels.Count, rows[0].Votes.Count, rows[0].Steps.Count));
        var row = rows[1];
        Assert.Equal((DayOfWeek.Friday, new("Main", null), 7, new(2026, 11, 22), 3, true, true), (row.Day, row.Spot, row.Best, row.First, row.Views, row.Active, row.Visible));
        Assert.Equal([1, -2], row.Sizes);
        Assert.Equal(["1; 2"], row.Phones);
        Assert.Equal(["first", "second"], row.Steps);
        Assert.Equal(("\"", -2), (row.Labels["a"], row.Votes["tea"]));
    }

    [Fact]
    public async Task A_type_that_does_not_fit_says_so()
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        var error = await Assert.ThrowsAsync<QueryResultException>(async () => await office.QueryAsync<Friend>("MATCH (p:Person) RETURN p.Id").ToListAsync());
        Assert.Contains("'Friend.Email', only 'p.Id'", error.Message);
        await office.EditAsync(tx => tx.Add<Person>(-7));
        error = await Assert.ThrowsAsync<QueryResultException>(async () => await office.QueryAsync<Friend>("MATCH (p:Person) RETURN p.Id, p.Email").ToListAsync());
        Assert.Contains("The column 'p.Id', whose value is -7,", error.Message);
        await Assert.ThrowsAsync<ArgumentException>(async () => await office.QueryAsync<Friend>("RETURN 1; RETURN 2").ToListAsync());
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

    [QueryResult]
    internal sealed partial record Friendship(long Id, string? Email, short Stock, IReadOnlyList<string> Tags, Friend Friend, DateOnly? Since);

    [QueryResult]
    internal sealed partial record KitRow(
        DayOfWeek Day, IReadOnlyList<int> Sizes, SpotRow? Spot, HashSet<string> Phones, int Best, DateOnly? First, long Views, bool Active, bool Visible,
        IReadOnlyDictionary<string, string> Labels, Dictionary<string, long> Votes, List<string> Steps);

    [QueryResult]
    internal sealed partial record SpotRow(string Street, int? Number);

    [QueryResult]
    internal sealed partial record Friend(ulong Id, string? Email);
}
