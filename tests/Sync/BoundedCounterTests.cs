using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync;
using Crdt.Sync.Conflicts;
using Crdt.Tests.Sync.Scenes;
using Crdt.Types.Counters;

namespace Crdt.Tests.Sync;

/// <summary>Rights to count down, in transactions, sessions, conflicts and what is captured: nobody gets below the bound, by whatever door.</summary>
public sealed class BoundedCounterTests : IAsyncDisposable
{
    private static readonly EntityType Flight = new(
        "Flight", "Flight", EntityType.MainLane, new KeySchema("id", ValueKind.Int64, "id"), null, null,
        new FieldSchema("seats", FieldKind.BoundedCounter, ValueKind.Int64, Nullable: false, "seats"),
        new FieldSchema("views", FieldKind.Counter, ValueKind.Int64, Nullable: false, "views"));

    private static readonly GraphSchema Schema = new("flights", 1, Flight);
    private static readonly EntityId One = EntityId.Node(Flight, 1L);

    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Rights_travel_and_are_used_where_they_are()
    {
        var (office, laptop) = await ApartAsync();
        await office.EditAsync(async tx => (await tx.GetEntityAsync(One))!.Give("seats", laptop.Id, 6));
        await Assert.ThrowsAsync<InsufficientRightsException>(() => TakeAsync(laptop, 1));
        await office.SyncAsync(laptop);
        await TakeAsync(laptop, 6);
        await TakeAsync(office, 4);
        var error = await Assert.ThrowsAsync<InsufficientRightsException>(() => TakeAsync(office, 1));
        Assert.Equal((0L, 6L), (error.Here, error.InAll));
        await office.SyncAsync(laptop);
        foreach (var replica in new[] { office, laptop })
        {
            Assert.Equal(0L, (await replica.GetEntityAsync(One))!["seats"]);
            Assert.Equal(["0"], await replica.RowsAsync("MATCH (f:Flight) RETURN f.seats"));
        }
    }

    [Fact]
    public async Task A_counter_that_nobody_has_written_shows_its_bound()
    {
        var schema = new GraphSchema("flights", 1, new EntityType("Flight", "Flight", EntityType.MainLane, Flight.Key, null, null, Flight.Fields.Single(field => field.Name == "seats") with { Min = 7 }));
        var office = await _scene.OpenAsync("office", kuzu: true, schema: schema);
        await office.EditAsync(tx => tx.AddNode("Flight", 1));
        Assert.Equal(["7"], await office.RowsAsync("MATCH (f:Flight) RETURN f.seats"));
        Assert.Equal(7L, (await office.GetEntityAsync(One))!["seats"]);
        await office.EditAsync(tx => Assert.Contains("7 at least", Assert.Throws<ArgumentException>(() => tx.AddNode("Flight", 2, ("seats", 6))).Message, StringComparison.Ordinal));
        Assert.Contains("from 7", Schema.ConflictWith(schema)!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deletion_and_what_is_used_meanwhile_are_no_conflict_and_nothing_comes_back()
    {
        var (office, laptop) = await ApartAsync();
        await office.EditAsync(async tx => (await tx.GetEntityAsync(One))!.Give("seats", laptop.Id, 6));
        await office.SyncAsync(laptop);
        await office.EditAsync(async tx => (await tx.GetEntityAsync(One))!.State.Delete());
        await TakeAsync(laptop, 6);
        await office.SyncAsync(laptop);
        foreach (var replica in new[] { office, laptop })
        {
            Assert.Null(await replica.GetEntityAsync(One));
            Assert.Empty(await replica.RowsAsync("MATCH (f:Flight) RETURN f.seats"));
            Assert.Empty(await replica.ConflictsAsync().ToListAsync());
        }

        // Without having read what is left: what the transaction adds comes on top, and takes nothing's place.
        await office.EditAsync(tx => tx.AddNode("Flight", 1, ("seats", 3)));
        await office.SyncAsync(laptop);
        foreach (var replica in new[] { office, laptop }) Assert.Equal(["7"], await replica.RowsAsync("MATCH (f:Flight) RETURN f.seats"));
        await TakeAsync(office, 7);
        await Assert.ThrowsAsync<InsufficientRightsException>(() => TakeAsync(laptop, 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Settling_a_conflict_of_a_deletion_keeps_the_counter(bool accept)
    {
        var (office, laptop) = await ApartAsync();
        await office.EditAsync(async tx => (await tx.GetEntityAsync(One))!.State.Delete());
        await laptop.EditAsync(async tx => (await tx.GetEntityAsync(One))!.Increment("views"));
        await office.SyncAsync(laptop);
        var conflict = await office.Conflicts.ListAsync().SingleAsync();
        Assert.Equal(["views"], conflict.Hidden.Keys);
        await office.Conflicts.SettleAsync(conflict, accept ? Settlement.Accept : Settlement.Restore);
        await office.SyncAsync(laptop);
        Assert.Empty(await laptop.ConflictsAsync().ToListAsync());
        if (accept) await laptop.EditAsync(tx => tx.AddNode("Flight", 1));
        Assert.Equal((10L, accept ? 0L : 1L), ((await laptop.GetEntityAsync(One))!["seats"], (await laptop.GetEntityAsync(One))!["views"]));
        Assert.Equal(10, (await laptop.GetEntityAsync(One))!.RightsOf("seats").Of(office.Id));
    }

    [Fact]
    public async Task Cypher_takes_away_no_more_than_the_rights_here()
    {
        var (office, laptop) = await ApartAsync(captures: true);
        await laptop.EditAsync(async tx => (await tx.GetEntityAsync(One))!.Increment("seats", 5));
        await laptop.SyncAsync(office);
        var report = await office.CaptureAsync("MATCH (f:Flight) SET f.seats = f.seats - 11");
        var refusal = Assert.Single(report.Refusals);
        Assert.Equal(("seats", "4"), (refusal.Column, refusal.Found));
        Assert.Contains("the right to take 10 away from 'seats', and 11 were asked for; all replicas together have 15", refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(["15"], await office.RowsAsync("MATCH (f:Flight) RETURN f.seats"));
        Assert.True((await office.CaptureAsync("MATCH (f:Flight) SET f.seats = f.seats - 10")).Refused == 0);
        Assert.Equal(5L, (await office.GetEntityAsync(One))!["seats"]);
    }

    [Fact]
    public async Task Cypher_that_creates_a_deleted_entity_again_finds_the_counter_that_it_had()
    {
        var (office, _) = await ApartAsync(captures: true);
        Assert.Equal(1, (await office.CaptureAsync("MATCH (f:Flight) DELETE f")).Deleted);
        Assert.Equal("1 inserted, 0 updated, 0 deleted, 0 refused", (await office.CaptureAsync("CREATE (:Flight {id: 1, seats: 4})")).ToString());
        Assert.Equal((4L, 4L), ((await office.GetEntityAsync(One))!["seats"], (await office.GetEntityAsync(One))!.RightsOf("seats").Of(office.Id)));
        Assert.True((await office.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Rights_can_be_read_from_a_stored_row_and_given_without_a_class()
    {
        var (office, laptop) = await ApartAsync();
        await office.EditAsync(async tx => (await tx.GetEntityAsync(One))!.Give("seats", laptop.Id, 3));
        var rights = EscrowRights.Read(RowOf((await office.GetEntityAsync(One))!.State), Flight.Fields.Single(field => field.Name == "seats"));
        Assert.Equal((10, 7, 3), (rights.InAll, rights.Of(office.Id), rights.Of(laptop.Id)));
        Assert.Equal(2, rights.Holders.Count);
    }

    private static byte[] RowOf(EntityState state)
    {
        var writer = new WireWriter(64);
        state.WriteState(ref writer, context: null);
        return writer.Finish();
    }

    private static Task TakeAsync(GraphReplica replica, long amount) => replica.EditAsync(async tx => (await tx.GetEntityAsync(One))!.Increment("seats", -amount));

    private async Task<(GraphReplica Office, GraphReplica Laptop)> ApartAsync(bool captures = false)
    {
        var office = await _scene.OpenAsync("office", kuzu: true, schema: Schema, captures: captures);
        var laptop = await _scene.OpenAsync("laptop", kuzu: true, schema: Schema);
        await office.EditAsync(tx => tx.AddNode("Flight", 1, ("seats", 10)));
        await office.SyncAsync(laptop);
        return (office, laptop);
    }
}
