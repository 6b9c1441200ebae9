using Crdt.Sync;
using Crdt.Sync.Conflicts;
using Crdt.Sync.Sessions;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>Replicas that were edited apart, and meet.</summary>
public sealed class AgreementTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task An_empty_replica_takes_everything()
    {
        var (office, laptop) = await PairAsync();
        var result = await laptop.SyncAsync(office);
        Assert.Equal(SyncMode.Full, result.Mode);
        Assert.Equal(["Person|1|ann@x.org|30|10|[\"a\",\"b\"]", "Person|2|bob@x.org|40|0|[]", "KNOWS|1|2|2020-05-01"], await laptop.DumpAsync());
        Assert.Equal(await office.DumpAsync(), await laptop.DumpAsync());
    }

    [Fact]
    public async Task Edits_on_both_sides_merge_by_the_rule_of_each_field()
    {
        var (office, laptop) = await SyncedPairAsync();
        await office.EditPersonAsync(1, ann =>
        {
            ann.Email = "office@x.org";
            ann.Stock -= 5;
            ann.Tags.Remove("a");
            ann.Tags.Add("office");
        });
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.EditPersonAsync(1, ann =>
        {
            ann.Email = "laptop@x.org";
            ann.Stock -= 3;
            ann.Tags.Add("a");
            ann.Tags.Add("laptop");
        });

        var result = await laptop.SyncAsync(office);

        Assert.Equal(SyncMode.Incremental, result.Mode);
        Assert.Equal((1, 1), (result.Sent.Events, result.Received.Events));
        Assert.Equal("Person|1|laptop@x.org|30|2|[\"a\",\"b\",\"laptop\",\"office\"]", (await laptop.DumpAsync())[0]);
        Assert.Equal(await office.DumpAsync(), await laptop.DumpAsync());
        foreach (var replica in new[] { office, laptop })
        {
            var conflict = Assert.Single(await ConflictsAsync(replica));
            Assert.Equal((ConflictKind.ConcurrentUpdate, "Email", 2), (conflict.Kind, conflict.Field?.Name, conflict.Writes));
        }
    }

    [Fact]
    public async Task A_later_write_settles_a_conflict_everywhere()
    {
        var (office, laptop) = await SyncedPairAsync();
        await office.EditPersonAsync(1, ann => ann.Email = "office@x.org");
        await laptop.EditPersonAsync(1, ann => ann.Email = "laptop@x.org");
        await laptop.SyncAsync(office);
        await laptop.EditPersonAsync(1, ann => ann.Email = "settled@x.org");
        await laptop.SyncAsync(office);
        Assert.Equal("Person|1|settled@x.org|30|10|[\"a\",\"b\"]", (await office.DumpAsync())[0]);
        Assert.Empty(await ConflictsAsync(office));
        Assert.Empty(await ConflictsAsync(laptop));
    }

    [Fact]
    public async Task What_was_deleted_stays_deleted_and_leaves_nothing_behind()
    {
        var (office, laptop) = await SyncedPairAsync();
        await office.EditPersonAsync(2, bob => bob.Delete());
        await laptop.SyncAsync(office);
        await laptop.SyncAsync(office);
        Assert.Equal(["Person|1|ann@x.org|30|10|[\"a\",\"b\"]"], await laptop.DumpAsync());
        Assert.Equal(await office.DumpAsync(), await laptop.DumpAsync());
        Assert.Equal(1, (await laptop.CountAsync())["Person"]);
        Assert.Empty(await ConflictsAsync(laptop));
    }

    [Fact]
    public async Task Deleted_here_and_changed_there_is_a_conflict_that_delete_wins()
    {
        var (office, laptop) = await SyncedPairAsync();
        await office.EditPersonAsync(2, bob => bob.Delete());
        await laptop.EditPersonAsync(2, bob => bob.Age = 41);
        await laptop.SyncAsync(office);
        Assert.Equal(["Person|1|ann@x.org|30|10|[\"a\",\"b\"]"], await laptop.DumpAsync());
        Assert.Equal(await office.DumpAsync(), await laptop.DumpAsync());
        Assert.Equal(ConflictKind.DeletedAndUpdated, Assert.Single(await ConflictsAsync(office)).Kind);
        Assert.Equal(ConflictKind.DeletedAndUpdated, Assert.Single(await ConflictsAsync(laptop)).Kind);
    }

    [Fact]
    public async Task Deleted_here_and_connected_there_is_hidden_until_the_node_is_back()
    {
        var (office, laptop) = await SyncedPairAsync();
        await office.EditPersonAsync(2, bob => bob.Delete());
        await laptop.EditAsync(tx => tx.Connect<Knows>(Person.IdOf(2), Person.IdOf(1)).Since = new(2026, 1, 1));
        await laptop.SyncAsync(office);
        Assert.Equal(["Person|1|ann@x.org|30|10|[\"a\",\"b\"]"], await laptop.DumpAsync());
        Assert.Equal(await office.DumpAsync(), await laptop.DumpAsync());

        await office.EditAsync(tx => tx.Add<Person>(2).Email = "new@x.org");
        await laptop.SyncAsync(office);
        Assert.Equal(["Person|1|ann@x.org|30|10|[\"a\",\"b\"]", "Person|2|new@x.org|0|0|[]", "KNOWS|1|2|2020-05-01", "KNOWS|2|1|2026-01-01"], await laptop.DumpAsync());
        Assert.Equal(await office.DumpAsync(), await laptop.DumpAsync());
    }

    [Fact]
    public async Task A_relationship_that_was_deleted_and_made_again_is_there_once()
    {
        var (office, laptop) = await SyncedPairAsync();
        await office.EditAsync(async tx => (await tx.GetAsync<Knows>(Person.IdOf(1), Person.IdOf(2)))!.Delete());
        await office.EditAsync(tx => tx.Connect<Knows>(Person.IdOf(1), Person.IdOf(2)).Since = new(2026, 2, 2));
        await laptop.SyncAsync(office);
        Assert.Equal("KNOWS|1|2|2026-02-02", (await laptop.DumpAsync())[^1]);
        Assert.Equal(await office.DumpAsync(), await laptop.DumpAsync());
    }

    [Fact]
    public async Task Both_create_the_same_node_and_it_becomes_one()
    {
        var (office, laptop) = await SyncedPairAsync();
        await office.EditAsync(tx => tx.Add<Person>(3).Stock = 4);
        await laptop.EditAsync(tx => tx.Add<Person>(3).Stock = 6);
        await laptop.SyncAsync(office);
        Assert.Equal("Person|3|null|0|10|[]", (await laptop.DumpAsync())[2]);
        Assert.Equal(await office.DumpAsync(), await laptop.DumpAsync());
    }

    [Fact]
    public async Task Events_travel_through_a_third_replica()
    {
        var (office, laptop) = await SyncedPairAsync();
        var phone = await _scene.OpenAsync("phone", kuzu: true);
        await phone.SyncAsync(laptop);
        await office.EditPersonAsync(1, ann => ann.Age = 31);
        await phone.EditPersonAsync(2, bob => bob.Age = 41);
        await laptop.SyncAsync(office);
        await laptop.SyncAsync(phone);
        await laptop.SyncAsync(office);
        Assert.Equal(await office.DumpAsync(), await phone.DumpAsync());
        Assert.Equal(await laptop.DumpAsync(), await phone.DumpAsync());
        Assert.Equal(SyncMode.Equal, (await office.SyncAsync(phone)).Mode);
    }

    [Fact]
    public async Task Lanes_are_atomic_each_and_a_relationship_shows_when_its_ends_have_come()
    {
        var (office, laptop) = await SyncedPairAsync();
        await office.EditAsync(tx =>
        {
            tx.Add<Place>("Bern").Height = 540.5;
            tx.Connect<LivesIn>(Person.IdOf(1), Place.IdOf("Bern"), 2020);
            tx.Connect<LivesIn>(Person.IdOf(1), Place.IdOf("Bern"), 2024);
        });
        await laptop.SyncAsync(office);
        Assert.Equal(["Place|Bern|540.5", "LIVES_IN|1|Bern|2020", "LIVES_IN|1|Bern|2024"], (await laptop.DumpAsync()).Where(row => row.Contains("Bern")));
        Assert.Equal(office.VectorOf("places"), laptop.VectorOf("places"));
        Assert.NotEmpty(laptop.VectorOf("places").Entries);
    }

    private static async Task<List<Conflict>> ConflictsAsync(GraphReplica replica)
    {
        var conflicts = new List<Conflict>();
        await foreach (var conflict in replica.ConflictsAsync()) conflicts.Add(conflict);
        return conflicts;
    }

    private async Task<(GraphReplica Office, GraphReplica Laptop)> PairAsync()
    {
        var office = await _scene.OpenAsync("office", kuzu: true);
        await office.EditAsync(tx =>
        {
            var ann = tx.Add<Person>(1);
            (ann.Email, ann.Age, ann.Stock) = ("ann@x.org", 30, 10);
            ann.Tags.UnionWith(["a", "b"]);
            var bob = tx.Add<Person>(2);
            (bob.Email, bob.Age) = ("bob@x.org", 40);
            tx.Connect<Knows>(ann, bob).Since = new(2020, 5, 1);
        });
        return (office, await _scene.OpenAsync("laptop", kuzu: true));
    }

    private async Task<(GraphReplica Office, GraphReplica Laptop)> SyncedPairAsync()
    {
        var (office, laptop) = await PairAsync();
        await laptop.SyncAsync(office);
        return (office, laptop);
    }
}
