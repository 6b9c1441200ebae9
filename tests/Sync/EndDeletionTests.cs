using Crdt.Entities;
using Crdt.Sync;
using Crdt.Sync.Events;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>What becomes of relationships when a node that they connect is deleted, by the rule of their type.</summary>
public sealed class EndDeletionTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("FOLLOWS", 1, "1→2")]
    [InlineData("TOWS", 1, "")]
    [InlineData("HAILS", 2, "")]
    [InlineData("GUARDS", 1, "1→2")]
    [InlineData("CALLS", 1, "1→2")]
    public async Task What_was_seen_connected_comes_back_with_the_node_unless_it_cascades(string type, int events, string shown)
    {
        var (office, laptop) = await PairAsync();
        await office.EditAsync(tx => Connect(tx, type, 1, 2));
        await RequireAsync(type, "1→2", office, laptop);
        Assert.Equal(events, (await SinkAsync(laptop, 2)).Count);
        await RequireAsync(type, "", office, laptop);
        Assert.Equal(shown.Length == 0 ? 0 : 1, (await office.CountAsync())[type]);
        await office.EditAsync(tx => tx.AddNode("Ship", 2));
        await RequireAsync(type, shown, office, laptop);
    }

    [Theory]
    [InlineData("FOLLOWS", "")]
    [InlineData("TOWS", "")]
    [InlineData("GUARDS", "1→2")]
    [InlineData("CALLS", "1→2")]
    public async Task What_is_connected_while_the_node_is_deleted_elsewhere_is_hidden_unless_it_restores(string type, string shown)
    {
        var (office, laptop) = await PairAsync();
        await SinkAsync(laptop, 2);
        await office.EditAsync(tx => Connect(tx, type, 1, 2));
        await RequireAsync(type, shown, office, laptop);
        Assert.Equal(shown.Length > 0, await laptop.GetNodeAsync("Ship", 2) is { } ship && (string?)ship["Name"] == "ship 2");
        if (shown.Length > 0) return;
        await laptop.EditAsync(tx => tx.AddNode("Ship", 2));
        await RequireAsync(type, "1→2", office, laptop);
    }

    [Fact]
    public async Task A_transaction_cascades_to_what_it_has_in_hand_and_keeps_what_it_creates_again()
    {
        var (office, laptop) = await PairAsync();
        await office.EditAsync(tx => Connect(tx, "TOWS", 2, 3));
        await office.EditAsync(async tx =>
        {
            Connect(tx, "TOWS", 1, 2);
            Connect(tx, "TOWS", 3, 3);
            Connect(tx, "TOWS", 3, 1);
            (await tx.GetNodeAsync("Ship", 2))!.State.Delete();
            (await tx.GetNodeAsync("Ship", 1))!.State.Delete();
            tx.AddNode("Ship", 1);
        });
        await RequireAsync("TOWS", "3→1 3→3", office, laptop);
        Assert.Equal(2, (await laptop.CountAsync())["TOWS"]);
    }

    [Fact]
    public async Task A_node_that_the_transaction_deletes_is_not_restored_by_it()
    {
        var (office, laptop) = await PairAsync();
        await office.EditAsync(async tx =>
        {
            (await tx.GetNodeAsync("Ship", 2))!.State.Delete();
            Connect(tx, "GUARDS", 1, 2);
            Connect(tx, "GUARDS", 1, 9);
        });
        await RequireAsync("GUARDS", "", office, laptop);
        Assert.Equal(2, (await laptop.CountAsync())["Ship"]);
    }

    [Fact]
    public async Task A_node_that_others_delete_in_the_graph_database_cascades()
    {
        var office = await _scene.OpenAsync("office", schema: FleetSchema.Instance, captures: true);
        await office.EditAsync(tx =>
        {
            foreach (var id in new[] { 1, 2 }) tx.AddNode("Ship", id);
            Connect(tx, "TOWS", 1, 2);
            Connect(tx, "HAILS", 2, 1);
        });
        Assert.Equal(1, (await office.CaptureAsync("MATCH (s:Ship) WHERE s.Id = 2 DETACH DELETE s")).Deleted);
        var counts = await office.CountAsync();
        Assert.Equal((1L, 0L, 0L), (counts["Ship"], counts["TOWS"], counts["HAILS"]));
        Assert.Equal([], (await office.VerifyAsync()).Differences);
    }

    private static EntityId Ship(long id) => EntityId.Node(FleetSchema.Instance.TypeOf("Ship"), id);

    private static void Connect(Crdt.Sync.Transactions.GraphTransaction transaction, string type, long source, long target) =>
        transaction.AddRelationship(type, Ship(source), Ship(target));

    private static async Task<IReadOnlyList<GraphEvent>> SinkAsync(GraphReplica replica, long id)
    {
        await using var transaction = await replica.BeginAsync();
        (await transaction.GetNodeAsync("Ship", id))!.State.Delete();
        return await transaction.CommitAsync();
    }

    private async Task<(GraphReplica Office, GraphReplica Laptop)> PairAsync()
    {
        var office = await _scene.OpenAsync("office", kuzu: true, FleetSchema.Instance);
        var laptop = await _scene.OpenAsync("laptop", kuzu: true, FleetSchema.Instance);
        await office.EditAsync(tx =>
        {
            foreach (var id in new[] { 1, 2, 3 }) tx.AddNode("Ship", id, ("Name", $"ship {id}"));
        });
        await laptop.SyncAsync(office);
        return (office, laptop);
    }

    private static async Task RequireAsync(string type, string shown, GraphReplica office, GraphReplica laptop)
    {
        await laptop.SyncAsync(office);
        foreach (var replica in new[] { office, laptop })
        {
            var rows = await replica.RowsAsync($"MATCH (a:Ship)-[r:{type}]->(b:Ship) RETURN a.Id, b.Id ORDER BY a.Id, b.Id");
            Assert.Equal(shown, string.Join(" ", rows.Select(row => row.Replace('|', '→'))));
            Assert.Equal([], (await replica.VerifyAsync()).Differences);
        }
    }
}
