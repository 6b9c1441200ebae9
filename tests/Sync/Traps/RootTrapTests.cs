using Crdt.Sync;
using Crdt.Sync.Reconciling;
using Crdt.Sync.Sessions;
using Crdt.Sync.Storage;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Traps;

/// <summary>Roots say what the entities are, neither more nor less; otherwise replicas that are equal would compare each other for ever (calimero#2356).</summary>
public sealed class RootTrapTests : IAsyncDisposable
{
    private readonly Scene _scene = new();
    private readonly Dictionary<GraphReplica, InMemoryDisk> _disks = [];

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trap_15_a_root_is_that_of_the_entities_after_every_commit_and_every_merge(bool isCut)
    {
        var (office, laptop) = (await OpenAsync("office"), await OpenAsync("laptop"));
        foreach (var replica in new[] { office, laptop }) await replica.RootAsync(); // From here on it is kept in step.
        await FillAsync(office);
        await AssertRootAsync(office);
        for (var round = 0; round < 3; round++)
        {
            var id = round + 1;
            await laptop.SyncAsync(office);
            await AssertRootAsync(laptop);
            await office.EditPersonAsync(id, person => person.Email = "office");
            await laptop.EditPersonAsync(id, person => person.Email = "laptop");
            await laptop.EditPersonAsync(10 + id, person => person.Delete());
            foreach (var replica in new[] { office, laptop })
            {
                await AssertRootAsync(replica);
                if (isCut) await replica.CutLogAsync(keep: 0);
            }
        }

        await laptop.SyncAsync(office);
        foreach (var replica in new[] { office, laptop }) await AssertRootAsync(replica);
        Assert.Equal(SyncMode.Equal, (await laptop.SyncAsync(office)).Mode);
    }

    [Fact]
    public async Task Trap_15_equal_data_has_equal_roots_whatever_the_history()
    {
        var office = await OpenAsync("office");
        var (byEvents, byStates, byFile, byDetour) = (await OpenAsync("events"), await OpenAsync("states"), await OpenAsync("file"), await OpenAsync("detour"));
        foreach (var replica in new[] { byStates, byDetour }) await replica.EditAsync(tx => tx.Add<Person>(1).Email = replica.Name);
        await FillAsync(office, first: 2);
        await byEvents.SyncAsync(office);
        await office.SyncAsync(byDetour);
        await office.EditPersonAsync(3, person => person.Delete());
        await byEvents.SyncAsync(office);
        await office.CutLogAsync(keep: 0);
        Assert.Equal(SyncMode.Reconciled, (await byStates.SyncAsync(office)).Mode);
        foreach (var replica in new[] { byEvents, byDetour }) await replica.SyncAsync(office);
        using var snapshot = new MemoryStream();
        await office.ExportAsync(snapshot);
        snapshot.Position = 0;
        await byFile.ImportAsync(snapshot);

        var restarted = await RestartAsync(byStates);
        var all = new[] { office, byEvents, restarted, byFile, byDetour };
        foreach (var replica in all)
        {
            Assert.Equal(office.VectorOf(), replica.VectorOf());
            Assert.Equal(await office.RootAsync(), await replica.RootAsync());
            Assert.Equal(SyncMode.Equal, (await replica.SyncAsync(all[0] == replica ? byEvents : office)).Mode);
        }
    }

    private static Task FillAsync(GraphReplica replica, int first = 1) => replica.EditAsync(tx =>
    {
        for (var id = first; id <= 30; id++)
        {
            var person = tx.Add<Person>(id);
            person.Email = "x";
            person.Tags.Add("a");
        }
    });

    private async Task AssertRootAsync(GraphReplica replica)
    {
        await using var store = new InMemoryStore(_disks[replica].Copy());
        var state = await store.OpenAsync(new("look", default, null));
        // What was noted is of no other revision than the store's, so all entities are read.
        var anew = await ReplicaDigests.OpenAsync(store, state.Revision + 1, new(TestSchema.Instance, default), default);
        Assert.Equal(anew.SetOf("main").Root, await replica.RootAsync());
    }

    private async Task<GraphReplica> OpenAsync(string name, InMemoryDisk? disk = null)
    {
        disk ??= new();
        var replica = await _scene.OpenAsync(name, configure: options => options.UseMemory(disk));
        _disks.Add(replica, disk);
        return replica;
    }

    private async Task<GraphReplica> RestartAsync(GraphReplica replica)
    {
        await _scene.CloseAsync(replica);
        return await OpenAsync(replica.Name, _disks[replica]);
    }
}
