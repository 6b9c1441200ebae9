using Crdt.Kuzu;
using Crdt.Projection;
using Crdt.Tests.Kuzu.Projection;

namespace Crdt.Tests.Kuzu.Queries;

/// <summary>Several statements in one query, each with a result of its own.</summary>
public sealed class ManyResultsTests : IAsyncLifetime
{
    private const string Ids = "MATCH (p:Person) RETURN p.Id ORDER BY p.Id";

    private Shown _shown = null!;

    public async ValueTask InitializeAsync()
    {
        _shown = await Shown.OpenAsync(Town.Schema);
        await _shown.Projection.ApplyAsync(Projection.Entities.Batch(1, [Town.PersonOf(1, "Ann"), Town.PersonOf(2, "Bob"), Town.KnowsOf(1, 2, 2020)]));
    }

    public ValueTask DisposeAsync() => _shown.DisposeAsync();

    [Fact]
    public async Task Every_statement_gives_its_columns_and_rows()
    {
        var results = await ResultsAsync($"{Ids}; MATCH (p:Person {{Id: 9}}) RETURN p.Name AS name, p.Id; RETURN 'a;b'; // the end");
        Assert.Equal(["p.Id: 1 2", "name,p.Id: ", "a;b: a;b"], results);
    }

    [Fact]
    public async Task Parameters_go_to_the_statements_that_have_them()
    {
        var parameters = new Dictionary<string, object?> { ["id"] = 2L, ["text"] = "'; COMMIT; CREATE (:Person {Id: 3})" };
        var results = await ResultsAsync("MATCH (p:Person) WHERE p.Id = $id RETURN p.Name AS n; RETURN $text AS t; RETURN 1 AS one", parameters);
        Assert.Equal(["n: Bob", "t: " + parameters["text"], "one: 1"], results);
    }

    [Theory]
    [InlineData("CREATE (:Person {Id: 3})")]
    [InlineData("MATCH (p:Person) RETURN p.Id; CREATE (:Person {Id: 3})")]
    [InlineData("COMMIT; CREATE (:Person {Id: 3})")]
    [InlineData("RETURN 1; ROLLBACK; CREATE (:Person {Id: 3}); RETURN 2")]
    [InlineData("MATCH (p:Person) RETURN p.Id; MATCH (p:Person {Id: 1}) DETACH DELETE p; RETURN 1")]
    [InlineData("RETURN 1; PROFILE CREATE (:Person {Id: 3})")]
    [InlineData("RETURN 1; DROP TABLE KNOWS")]
    [InlineData("RETURN 1; CREATE NODE TABLE More(id INT64, PRIMARY KEY(id))")]
    public async Task A_statement_that_would_write_is_refused_wherever_it_stands(string query)
    {
        var before = await _shown.DumpAsync();
        var error = await Assert.ThrowsAsync<ProjectionException>(() => ResultsAsync(query));
        Assert.False(error.IsTimeout);
        Assert.Equal(before, await _shown.DumpAsync());
        Assert.Equal(1, await _shown.ReopenAsync(Town.Schema));
        Assert.Equal(before, await _shown.DumpAsync());
    }

    [Fact]
    public async Task A_statement_that_fails_is_named_and_ends_the_query()
    {
        var seen = new List<string>();
        var error = await Assert.ThrowsAsync<ProjectionException>(async () =>
        {
            await foreach (var result in _shown.Projection.QueryAsync($"{Ids}; MATCH (x:Nowhere) RETURN x; RETURN 3")) seen.Add(Text(result));
        });
        Assert.StartsWith("Statement 2 of the query failed", error.Message, StringComparison.Ordinal);
        Assert.Equal(["p.Id: 1 2"], seen);
    }

    [Fact]
    public async Task All_statements_see_one_state()
    {
        var counts = new List<string>();
        await foreach (var result in _shown.Projection.QueryAsync("MATCH (p:Person) RETURN count(*) AS n; MATCH (p:Person) RETURN count(*) AS n"))
        {
            counts.Add(Text(result));
            if (counts.Count == 1) await _shown.Projection.ApplyAsync(Projection.Entities.Batch(2, [Town.PersonOf(3, "Cid")]));
        }

        Assert.Equal(["n: 2", "n: 2"], counts);
        Assert.Equal(3L, await _shown.ValueAsync("MATCH (p:Person) RETURN count(*)"));
    }

    [Fact]
    public async Task Rows_are_read_once_and_before_the_next_result()
    {
        var results = new List<GraphResult>();
        await foreach (var result in _shown.Projection.QueryAsync($"{Ids}; {Ids}"))
        {
            results.Add(result);
            if (results.Count == 1) continue;
            Assert.Equal(2, result.Rows.Count());
            Assert.Throws<InvalidOperationException>(() => result.Rows.Count());
        }

        Assert.Equal([false, true], results.Select(result => result.IsLast));
        Assert.Contains("next result", Assert.Throws<InvalidOperationException>(() => results[0].Rows.Count()).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ; ")]
    [InlineData("RETURN 1 RETURN 2")]
    public async Task What_is_no_query_fails(string query) => await Assert.ThrowsAsync<ProjectionException>(() => ResultsAsync(query));

    [Fact]
    public async Task A_time_that_DotNet_has_not_is_named()
    {
        var error = await Assert.ThrowsAsync<ProjectionException>(() => ResultsAsync("RETURN timestamp('20000-01-01') AS late"));
        Assert.Contains("'late'", error.Message);
    }

    private async Task<List<string>> ResultsAsync(string query, IReadOnlyDictionary<string, object?>? parameters = null)
    {
        var results = new List<string>();
        await foreach (var result in _shown.Projection.QueryAsync(query, parameters)) results.Add(Text(result));
        return results;
    }

    private static string Text(GraphResult result) => $"{string.Join(',', result.Columns)}: {string.Join(' ', result.Rows.Select(row => row[0]))}";
}
