using Crdt.Schema;
using Crdt.Sync;
using Crdt.Sync.Storage;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Traps;

/// <summary>Writes that others took for more, for less or for nothing when they merged them: by events and, where logs were cut, by states.</summary>
public sealed class MergeTrapTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    /// <summary>delta_crdt_ex#65</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trap_1_a_change_deletes_nothing_that_it_does_not_mention(bool isCut)
    {
        var (office, laptop) = (await OpenAsync("office"), await OpenAsync("laptop"));
        await office.EditAsync(tx =>
        {
            var ann = tx.Add<Person>(1);
            (ann.Email, ann.Age, ann.Stock) = ("ann", 30, 7);
            ann.Tags.UnionWith(["x", "y"]);
            tx.Add<Person>(2).Email = "bob";
        });
        await laptop.SyncAsync(office);
        await laptop.EditPersonAsync(1, ann => ann.Age = 31);
        await office.EditPersonAsync(1, ann => ann.Tags.Add("z"));
        if (isCut) await office.CutLogAsync(keep: 0);
        await laptop.SyncAsync(office);
        foreach (var replica in new[] { office, laptop })
        {
            var ann = (await replica.GetAsync<Person>(1))!;
            Assert.Equal(("ann", 31, 7), (ann.Email, ann.Age, ann.Stock));
            Assert.Equal(["x", "y", "z"], ann.Tags.Order());
            Assert.Equal("bob", (await replica.GetAsync<Person>(2))!.Email);
        }

        Assert.Equal(await office.RootAsync(), await laptop.RootAsync());
    }

    /// <summary>cr-sqlite#413</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trap_7_an_equal_write_is_a_write_and_reaches_a_third_replica(bool isCut)
    {
        var (office, laptop, phone) = (await OpenAsync("office"), await OpenAsync("laptop"), await OpenAsync("phone"));
        await office.EditAsync(tx =>
        {
            var ann = tx.Add<Person>(1);
            ann.Email = "same";
            ann.Tags.Add("x");
        });
        await laptop.SyncAsync(office);
        await phone.SyncAsync(office);
        await phone.EditPersonAsync(1, ann =>
        {
            ann.Email = "other";
            ann.Tags.Remove("x");
        });
        _scene.Time.Advance(TimeSpan.FromSeconds(5));
        await laptop.EditPersonAsync(1, ann =>
        {
            ann.Email = "same";
            ann.Tags.Add("x");
        });
        if (isCut) await laptop.CutLogAsync(keep: 0);
        await office.SyncAsync(laptop);
        await office.SyncAsync(phone);
        foreach (var replica in new[] { office, phone })
        {
            var ann = (await replica.GetAsync<Person>(1))!;
            Assert.Equal("same", ann.Email);
            Assert.Equal(["x"], ann.Tags);
        }
    }

    /// <summary>Dexie#2331</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trap_14_an_old_build_keeps_merges_and_passes_on_types_and_fields_that_it_does_not_know(bool isCut)
    {
        var (name, age) = (Register("name", ValueKind.Text), Register("age", ValueKind.Int32));
        var (older, newer) = (new GraphSchema("users", 1, [Type("User", name)]), new GraphSchema("users", 2, [Type("User", name, age), Type("Team", name)]));
        var (office, phone, old) = (await OpenAsync("office", newer), await OpenAsync("phone", newer), await OpenAsync("old", older));
        await old.EditAsync(tx => tx.AddNode("User", 9)); // An empty one is given states, whether logs are cut or not.
        await office.EditAsync(tx =>
        {
            tx.AddNode("User", 1, ("name", "Ann"), ("age", 30));
            tx.AddNode("Team", 5, ("name", "Red"));
        });
        if (isCut) await office.CutLogAsync(keep: 0);
        await old.SyncAsync(office);
        await office.EditAsync(async tx => (await tx.GetNodeAsync("User", 1))!["age"] = 31);
        await old.EditAsync(async tx => (await tx.GetNodeAsync("User", 1))!["name"] = "Anna");
        if (isCut) await office.CutLogAsync(keep: 0);
        await old.SyncAsync(office);
        if (isCut) await old.CutLogAsync(keep: 0);
        await phone.SyncAsync(old);
        foreach (var replica in new[] { office, phone })
        {
            var ann = (await replica.GetNodeAsync("User", 1))!;
            Assert.Equal(("Anna", 31), (ann["name"], ann["age"]));
            Assert.Equal("Red", (await replica.GetNodeAsync("Team", 5))?["name"]);
        }

        Assert.Equal(await office.RootAsync(), await old.RootAsync());
        Assert.Equal(await office.RootAsync(), await phone.RootAsync());
    }

    private static FieldSchema Register(string name, ValueKind kind) => new(name, FieldKind.Register, kind, Nullable: true, name);

    private static EntityType Type(string name, params FieldSchema[] fields) => new(name, name, EntityType.MainLane, new("id", ValueKind.Int64, "id"), null, null, fields);

    private Task<GraphReplica> OpenAsync(string name, GraphSchema? schema = null) => _scene.OpenAsync(name, schema: schema, configure: options => options.UseMemory());
}
