using System.Diagnostics;
using Crdt.Projection;
using Crdt.Tests.Kuzu.Projection;

namespace Crdt.Tests.Kuzu.Queries;

/// <summary>A query that takes too long is stopped, by its limit or by whoever asked, and what follows goes on as ever.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private const string Endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 1000000) AS b WITH a * b AS x WHERE x % 3 = 0 RETURN sum(x)";

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    private Shown _shown = null!;

    public async ValueTask InitializeAsync()
    {
        _shown = await Shown.OpenAsync(Town.Schema);
        await _shown.Projection.ApplyAsync(Projection.Entities.Batch(1, [Town.PersonOf(1, "Ann")]));
    }

    public ValueTask DisposeAsync() => _shown.DisposeAsync();

    [Theory]
    [InlineData(Endless, "The query")]
    [InlineData("RETURN 1; " + Endless + "; RETURN 2", "Statement 2 of the query")]
    public async Task A_statement_longer_than_its_limit_is_stopped(string query, string named)
    {
        var watch = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<ProjectionException>(() => ReadAsync(query, Short));
        Assert.True(error.IsTimeout);
        Assert.StartsWith($"{named} was stopped, since it ran longer than 0.1 s.", error.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, Short, TimeSpan.FromSeconds(20));
        await RequireGoingOnAsync();
    }

    [Fact]
    public async Task The_shortest_limit_is_one_too()
    {
        Assert.True((await Assert.ThrowsAsync<ProjectionException>(() => ReadAsync(Endless, TimeSpan.FromTicks(1)))).IsTimeout);
        await RequireGoingOnAsync();
    }

    [Fact]
    public async Task A_limit_that_is_not_reached_changes_nothing()
    {
        Assert.Equal(1L, Assert.Single(await ReadAsync("MATCH (p:Person) RETURN p.Id", TimeSpan.MaxValue)));
        Assert.Equal(1L, Assert.Single(await ReadAsync("MATCH (p:Person) RETURN p.Id", TimeSpan.FromMinutes(1))));
    }

    [Fact]
    public async Task A_failure_within_the_limit_is_no_timeout() =>
        Assert.False((await Assert.ThrowsAsync<ProjectionException>(() => ReadAsync("MATCH (x:Nowhere) RETURN x", Short))).IsTimeout);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    public async Task Cancelling_stops_a_statement_whenever_it_comes(int milliseconds)
    {
        using var cancellation = new CancellationTokenSource(milliseconds);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(Endless, null, cancellation.Token));
        await RequireGoingOnAsync();
    }

    [Fact]
    public async Task Cancelling_stops_a_statement_beside_a_limit()
    {
        using var cancellation = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(Endless, TimeSpan.FromMinutes(5), cancellation.Token));
    }

    [Fact]
    public async Task Cancelling_stops_between_rows()
    {
        using var cancellation = new CancellationTokenSource();
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var result in _shown.Projection.QueryAsync("UNWIND range(1, 1000) AS a RETURN a", cancellationToken: cancellation.Token))
            {
                foreach (var _ in result.Rows)
                {
                    if (++seen == 3) await cancellation.CancelAsync();
                }
            }
        });
        Assert.Equal(3, seen);
        await RequireGoingOnAsync();
    }

    [Fact]
    public async Task A_query_that_is_given_up_leaves_nothing_open()
    {
        await foreach (var result in _shown.Projection.QueryAsync("UNWIND range(1, 1000) AS a RETURN a; RETURN 2", timeout: Short))
        {
            Assert.Equal(1L, result.Rows.First()[0]);
            break;
        }

        await RequireGoingOnAsync();
    }

    /// <summary>Reads and writes, and closes and opens the database, which an open query would keep from happening.</summary>
    private async Task RequireGoingOnAsync()
    {
        Assert.Equal(1L, Assert.Single(await ReadAsync("MATCH (p:Person) RETURN p.Id", TimeSpan.FromMinutes(1))));
        await _shown.Projection.ApplyAsync(Projection.Entities.Batch(2, [Town.PersonOf(2, "Bob")]));
        Assert.Equal(2, await _shown.ReopenAsync(Town.Schema));
        Assert.Equal(2L, await _shown.ValueAsync("MATCH (p:Person) RETURN count(*)"));
    }

    private async Task<List<object?>> ReadAsync(string query, TimeSpan? timeout, CancellationToken cancellationToken = default)
    {
        var values = new List<object?>();
        await foreach (var result in _shown.Projection.QueryAsync(query, null, timeout, cancellationToken)) values.AddRange(result.Rows.Select(row => row[0]));
        return values;
    }
}
