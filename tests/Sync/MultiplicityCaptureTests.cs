using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>What others write into the graph database need not keep to the multiplicities; what comes of it does.</summary>
public sealed class MultiplicityCaptureTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_row_that_is_created_beside_another_replaces_it()
    {
        var (office, laptop) = await PairAsync();
        await office.ConnectAsync("WORKS_FOR", 1, 2);
        var report = await office.CaptureAsync(Create(1, 4));
        Assert.Equal((1, 0, 0, 0L), (report.Inserted, report.Updated, report.Deleted, report.Refused));
        await RequireAsync("1→4:direct", "", office, laptop);
    }

    [Fact]
    public async Task A_row_that_is_created_for_what_is_hidden_connects_it_again()
    {
        var (office, laptop) = await PairAsync();
        await office.ConnectAsync("WORKS_FOR", 1, 2, "office");
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.ConnectAsync("WORKS_FOR", 1, 3, "laptop");
        await RequireAsync("1→3:laptop", "1→2 by 1→3", office, laptop);
        await office.CaptureAsync(Create(1, 2));
        await RequireAsync("1→2:direct", "", office, laptop);
    }

    [Fact]
    public async Task A_row_that_is_deleted_shows_what_it_hid()
    {
        var (office, laptop) = await PairAsync();
        await office.ConnectAsync("WORKS_FOR", 1, 2, "office");
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.ConnectAsync("WORKS_FOR", 1, 3, "laptop");
        await laptop.SyncAsync(office);
        await office.CaptureAsync("MATCH (a:Staff)-[r:WORKS_FOR]->(b:Staff) DELETE r");
        await RequireAsync("1→2:office", "", office, laptop);
    }

    [Fact]
    public async Task Of_two_rows_that_are_created_for_one_end_one_is_refused()
    {
        var (office, laptop) = await PairAsync();
        var report = await office.CaptureAsync(Create(1, 4) + "; " + Create(1, 5));
        Assert.Equal((1, 1L), (report.Inserted, report.Refused));
        Assert.Contains("'WORKS_FOR' is ManyOne", report.Refusals[0].Reason, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.EnumerateFiles(_scene.FolderOf("office"), "graph.kuzu.set-aside-*"));
        var shown = await office.TiesAsync("WORKS_FOR");
        Assert.True(shown is "1→4:direct" or "1→5:direct", shown);
        await RequireAsync(shown, "", office, laptop);
    }

    private static string Create(long source, long target) =>
        $"MATCH (a:Staff), (b:Staff) WHERE a.Id = {source} AND b.Id = {target} CREATE (a)-[:WORKS_FOR {{Note: 'direct'}}]->(b)";

    private async Task<(GraphReplica Office, GraphReplica Laptop)> PairAsync()
    {
        var office = await _scene.OpenAsync("office", schema: StaffSchema.Instance, captures: true);
        var laptop = await _scene.OpenAsync("laptop", kuzu: true, StaffSchema.Instance);
        await office.HireAsync(1, 2, 3, 4, 5);
        await laptop.SyncAsync(office);
        return (office, laptop);
    }

    private static async Task RequireAsync(string shown, string hidden, GraphReplica office, GraphReplica laptop)
    {
        await laptop.SyncAsync(office);
        foreach (var replica in new[] { office, laptop })
        {
            Assert.Equal(shown, await replica.TiesAsync("WORKS_FOR"));
            Assert.Equal(hidden, await replica.HiddenAsync("WORKS_FOR"));
            Assert.Equal([], (await replica.VerifyAsync()).Differences);
        }
    }
}
