using Crdt.Clocks;
using Crdt.Sync;
using Crdt.Sync.Transactions;
using Crdt.Tests.Sync.Faults;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>A graph database that is only kept now and then goes on from what was kept.</summary>
public sealed class KeptProjectionTests : IAsyncDisposable
{
    private const int People = 12;
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    /// <summary>Whatever is kept when, and whenever it all ends: the batches fit what was kept, and lead to what a graph database shows that is made anew.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task It_gets_exactly_what_has_changed_since_it_was_kept(int seed)
    {
        var dice = new Random(seed);
        var laptop = await _scene.OpenAsync("laptop");
        var shelf = new Shelf();
        for (var life = 0; life < 12; life++)
        {
            var graph = new KeptProjection(shelf);
            var office = await _scene.OpenAsync("office", projection: () => graph);
            Assert.Empty(office.Rebuilds);
            for (var step = dice.Next(12); step > 0; step--) await StepAsync(office, laptop, graph, dice);
            await office.ProjectedAsync();
            Assert.Empty(office.Rebuilds);
            await _scene.CloseAsync(office);
            Assert.Equal(await MadeAnewAsync(), graph.Rows);
            shelf = graph.Shelf;
        }
    }

    [Fact]
    public async Task What_cannot_be_kept_lets_the_store_forget_and_is_made_anew()
    {
        for (var life = 1; life <= 2; life++)
        {
            var graph = new KeptProjection { CanBeKept = false };
            var office = await _scene.OpenAsync("office", projection: () => graph);
            Assert.Equal(life - 1, office.Rebuilds.Count);
            await office.EditAsync(tx => tx.Add<Person>(life));
            await office.ProjectedAsync();
            Assert.Equal(life, graph.Rows.Count);
            await _scene.CloseAsync(office);
        }
    }

    [Fact]
    public async Task What_was_kept_of_a_later_truth_is_made_anew()
    {
        var graph = new KeptProjection(new() { Watermark = 9 });
        var office = await _scene.OpenAsync("office", projection: () => graph);
        Assert.Contains("which the truth doesn't have", Assert.Single(office.Rebuilds).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_store_is_told_to_forget_only_when_more_was_kept()
    {
        var disk = new MemoryDisk();
        var plan = new FaultPlan(disk);
        var graph = new KeptProjection();
        await using var office = await GraphReplica.OpenAsync("office", TestSchema.Instance, options =>
        {
            options.SignsEvents = false;
            options.Store = () => new FaultyStore(disk, ReplicaId.Random(), plan);
            options.Projection = () => graph;
        });
        for (var id = 1; id <= 6; id++)
        {
            await office.EditAsync(tx => tx.Add<Person>(id));
            await office.ProjectedAsync();
            if (id == 3) graph.Keep();
        }

        Assert.Equal(1, plan.Writes.Count(write => write == "ForgetChanges"));
    }

    private static async Task StepAsync(GraphReplica office, GraphReplica laptop, KeptProjection graph, Random dice)
    {
        switch (dice.Next(6))
        {
            case 0:
                await office.ProjectedAsync();
                break;
            case 1:
                await office.ProjectedAsync();
                graph.Keep();
                break;
            case 2:
                await EditAsync(laptop, dice);
                await office.SyncAsync(laptop);
                break;
            default:
                await EditAsync(office, dice);
                break;
        }
    }

    private static Task EditAsync(GraphReplica replica, Random dice) => replica.EditAsync(async tx =>
    {
        for (var i = dice.Next(4); i >= 0; i--)
        {
            var id = dice.Next(People);
            var person = await tx.GetAsync<Person>(id);
            if (person is null) tx.Add<Person>(id).Age = dice.Next(100);
            else if (dice.Next(3) == 0) person.Delete();
            else if (dice.Next(2) == 0) person.Age = dice.Next(100);
            else await MeetAsync(tx, person, dice.Next(People));
        }
    });

    private static async Task MeetAsync(GraphTransaction tx, Person person, long id)
    {
        if (await tx.GetAsync<Person>(id) is not { } other) return;
        if (await tx.GetAsync<Knows>(Person.IdOf(person.Id), Person.IdOf(id)) is { } known) known.Delete();
        else tx.Connect<Knows>(person, other);
    }

    /// <summary>What a graph database shows that knows nothing, and takes nothing from the one whose turn it is.</summary>
    private async Task<IReadOnlyList<string>> MadeAnewAsync()
    {
        var graph = new KeptProjection();
        await _scene.CloseAsync(await _scene.OpenAsync("office", projection: () => graph));
        return graph.Rows;
    }
}
