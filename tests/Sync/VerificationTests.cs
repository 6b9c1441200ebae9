using Crdt.Sync;
using Crdt.Sync.Projecting;
using Crdt.Sync.Verification;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>What the graph database shows can be held against the truth, and made anew from it.</summary>
public sealed class VerificationTests : IAsyncDisposable
{
    private readonly Scene _scene = new();
    private ExchangeableProjection? _database;

    private ExchangeableProjection Database => _database ??= new(_scene.FolderOf("office"));

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_database_that_shows_the_truth_is_clean_in_every_type_and_column()
    {
        var office = await OpenAsync();
        await office.EditAsync(tx =>
        {
            var kit = tx.Add<Kit>(1);
            (kit.Day, kit.Sizes, kit.Best, kit.First, kit.Views, kit.Active) = (DayOfWeek.Friday, [3, 1, 2], 7, new(2020, 1, 2), 5, true);
            kit.Phones.Set("it's a \\ phone");
            kit.Steps.Add("one");
            tx.Add<Kit>(2);
            tx.Add<Person>(77).Email = "zero\0inside";
            tx.Add<Place>(""); // Its identity is the least that a type has.
        });
        var report = await office.VerifyAsync();
        Assert.True(report.IsClean, string.Join("\n", report.Differences));
        Assert.Equal(10, report.Rows);
        Assert.Empty(report.Differences);
    }

    [Fact]
    public async Task An_empty_replica_is_clean() => Assert.Equal(0, (await (await _scene.OpenAsync("office", kuzu: true)).VerifyAsync()).Rows);

    [Fact]
    public async Task Rows_that_are_missing_extra_or_hold_other_values_are_named()
    {
        var office = await OpenAsync();
        await Database.ChangeAsync(
            "MATCH (p:Person) WHERE p.Id = 3 DELETE p",
            "CREATE (:Person {Id: 44, Email: 'x', Age: 0, Stock: 0, Tags: '[]'})",
            "MATCH (p:Person) WHERE p.Id = 1 SET p.Age = 31, p.Tags = '[]'",
            "MATCH (:Person)-[k:KNOWS]->(:Person) SET k.Since = NULL",
            "MATCH (a:Person), (b:Person) WHERE a.Id = 2 AND b.Id = 1 CREATE (a)-[:KNOWS]->(b)",
            "MATCH (:Person)-[l:LIVES_IN]->(:Place) DELETE l");
        var report = await office.VerifyAsync();
        Assert.Equal((2, 2, 2), (report.Missing, report.Extra, report.Different));
        Assert.Equal(
            [
                "Different: KNOWS 1 → 2: Since is NULL, not 2020-05-01",
                "Different: Person 1: Tags is '[]', not '[\"a\",\"b\"]'; Age is 31, not 30",
                "Extra: KNOWS 2 → 1",
                "Extra: Person 44",
                "Missing: LIVES_IN 1 → Oslo (2020)",
                "Missing: Person 3",
            ],
            report.Differences.Select(difference => difference.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_relationship_that_is_there_twice_is_extra_once()
    {
        var office = await OpenAsync();
        await Database.ChangeAsync("MATCH (a:Person)-[k:KNOWS]->(b:Person) WITH a, b, k.Since AS since CREATE (a)-[:KNOWS {Since: since}]->(b)");
        var report = await office.VerifyAsync();
        Assert.Equal((0, 1, 0), (report.Missing, report.Extra, report.Different));
    }

    [Fact]
    public async Task The_first_hundred_differences_are_named_and_all_are_counted()
    {
        var office = await OpenAsync();
        await office.EditAsync(tx =>
        {
            for (var id = 1_000; id < 4_000; id++) tx.Add<Person>(id);
        });
        await office.ProjectedAsync();
        await Database.ChangeAsync("MATCH (p:Person) WHERE p.Id >= 1000 SET p.Stock = 7", "MATCH (p:Person) WHERE p.Id >= 3990 DELETE p");
        var report = await office.VerifyAsync();
        Assert.Equal((10, 0, 2_990), (report.Missing, report.Extra, report.Different));
        Assert.Equal(VerificationReport.MaxDifferences, report.Differences.Count);
    }

    [Fact]
    public async Task A_rebuild_mends_what_differs_and_tells_how_far_it_is()
    {
        var office = await OpenAsync();
        await Database.ChangeAsync("MATCH (p:Person) DETACH DELETE p");
        var progress = new Steps();
        await office.RebuildAsync(progress);
        Assert.Equal(new RebuildProgress(6, 6), progress.All[^1]);
        Assert.True((await office.VerifyAsync()).IsClean);
        Assert.Equal(3L, (await office.RowsAsync("MATCH (p:Person) RETURN count(*)")).Select(long.Parse).Single());
        Assert.Equal("it was asked for", office.Rebuilds[^1].Reason);
    }

    [Fact]
    public async Task A_rebuild_waits_for_a_query_that_is_being_read()
    {
        var office = await OpenAsync();
        var query = office.QueryAsync("MATCH (p:Person) RETURN p.Id").GetAsyncEnumerator();
        Assert.True(await query.MoveNextAsync());
        var rebuild = office.RebuildAsync();
        Assert.True(await query.MoveNextAsync());
        Assert.Empty(office.Rebuilds);
        await query.DisposeAsync();
        await rebuild;
        Assert.Single(office.Rebuilds);
        Assert.True((await office.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Verifying_goes_on_beside_commits_queries_and_rebuilds()
    {
        var office = await OpenAsync();
        await office.EditAsync(tx =>
        {
            for (var id = 1_000; id < 5_000; id++) tx.Add<Person>(id);
        });
        using var stop = new CancellationTokenSource();
        var edits = EditForeverAsync(office, stop.Token);
        for (var round = 0; round < 5; round++)
        {
            var report = await office.VerifyAsync();
            Assert.True(report.IsClean, string.Join("\n", report.Differences));
            await office.RowsAsync("MATCH (p:Person) RETURN count(*)");
            if (round == 2) await office.RebuildAsync();
        }

        await stop.CancelAsync();
        Assert.True(await edits > 0);
        Assert.True((await office.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Without_a_graph_database_there_is_nothing_to_verify()
    {
        var office = await _scene.OpenAsync("office");
        Assert.Contains("UseKuzu()", (await Assert.ThrowsAsync<InvalidOperationException>(() => office.VerifyAsync())).Message);
        Assert.Contains("UseKuzu()", (await Assert.ThrowsAsync<InvalidOperationException>(() => office.RebuildAsync())).Message);
        Assert.Empty(office.Rebuilds);
    }

    private static async Task<int> EditForeverAsync(GraphReplica office, CancellationToken stop)
    {
        for (var i = 0; ; i++)
        {
            if (stop.IsCancellationRequested) return i;
            await office.EditAsync(async tx =>
            {
                tx.Add<Person>(10_000 + i);
                (await tx.GetAsync<Person>(1_000 + (i % 100)))!.Age++;
                (await tx.GetAsync<Person>(2_000 + i))?.Delete();
            });
        }
    }

    private async Task<GraphReplica> OpenAsync()
    {
        var office = await _scene.OpenAsync("office", projection: () => Database);
        await office.EditAsync(tx =>
        {
            var ann = tx.Add<Person>(1);
            (ann.Email, ann.Age) = ("ann@x.org", 30);
            ann.Tags.Add("a");
            ann.Tags.Add("b");
            tx.Connect<Knows>(ann, tx.Add<Person>(2)).Since = new(2020, 5, 1);
            tx.Connect<LivesIn>(ann, tx.Add<Place>("Oslo"), 2020);
            tx.Add<Person>(3);
        });
        await office.ProjectedAsync();
        return office;
    }

    private sealed class Steps : IProgress<RebuildProgress>
    {
        public List<RebuildProgress> All { get; } = [];

        public void Report(RebuildProgress value) => All.Add(value);
    }
}
