using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Sync.Frames;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Sessions;

/// <summary>Sessions that compare states of which few differ: as many as syndromes can find, and some more.</summary>
public sealed class FewDifferencesTests : IAsyncDisposable
{
    private const int People = 60;

    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("added")]
    [InlineData("changed")]
    [InlineData("deleted")]
    [InlineData("changed on both sides")]
    public async Task Both_sides_end_equal(string kind)
    {
        var (office, laptop) = await PairAsync();
        for (var count = 1; count <= 40; count++)
        {
            await EditAsync(kind, office, laptop, count, round: count);
            await office.CutLogAsync(keep: 0);
            var result = await laptop.SyncAsync(office);
            Assert.Equal(SyncMode.Reconciled, result.Mode);
            Assert.Equal(kind == "deleted" ? 0 : count, result.Received.Entities);
            await AssertEqualAsync(office, laptop);
            if (kind == "deleted") await RestoreAsync(office, laptop, count);
        }
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(31, true)]
    [InlineData(200, false)]
    public async Task Syndromes_go_where_few_entities_differ_and_cells_where_many_do(int count, bool isFew)
    {
        var (office, laptop) = await PairAsync();
        await EditAsync("added", office, laptop, count, round: 1);
        await office.CutLogAsync(keep: 0);
        var types = new System.Collections.Concurrent.ConcurrentBag<FrameType>();
        var (here, there) = InMemoryTransport.CreatePair();
        await Task.WhenAll(laptop.SyncAsync(Watched(here)), office.SyncAsync(Watched(there)));
        Assert.Equal(isFew, types.Contains(FrameType.Syndromes));
        Assert.Equal(!isFew, types.Contains(FrameType.Cells));
        await AssertEqualAsync(office, laptop);

        HookedTransport Watched(InMemoryTransport inner) => new(inner, (_, frame) =>
        {
            types.Add((FrameType)frame.Span[0]);
            return Task.CompletedTask;
        });
    }

    private static Task EditAsync(string kind, GraphReplica office, GraphReplica laptop, int count, int round) => kind switch
    {
        "added" => office.EditAsync(tx => AddAll(tx, 1_000 * round, count)),
        "changed" => ChangeAsync(office, count, person => person.Age = round),
        "deleted" => ChangeAsync(office, count, person => person.Delete()),
        _ => Task.WhenAll(ChangeAsync(office, count, person => person.Age = round), ChangeAsync(laptop, count, person => person.Stock += round)),
    };

    private static Task ChangeAsync(GraphReplica replica, int count, Action<Person> change) => replica.EditAsync(async tx =>
    {
        for (var id = 1; id <= count; id++) change((await tx.GetAsync<Person>(id))!);
    });

    private static async Task RestoreAsync(GraphReplica office, GraphReplica laptop, int count)
    {
        await office.EditAsync(tx => AddAll(tx, 1, count));
        await laptop.SyncAsync(office);
    }

    private static void AddAll(Crdt.Sync.Transactions.GraphTransaction tx, int from, int count)
    {
        for (var id = from; id < from + count; id++) tx.Add<Person>(id).Email = $"{id}@x.org";
    }

    private async Task<(GraphReplica Office, GraphReplica Laptop)> PairAsync()
    {
        var (office, laptop) = (await _scene.OpenAsync("office"), await _scene.OpenAsync("laptop"));
        await office.EditAsync(tx => AddAll(tx, 1, People));
        await laptop.SyncAsync(office);
        return (office, laptop);
    }

    private static async Task AssertEqualAsync(GraphReplica left, GraphReplica right)
    {
        Assert.Equal(left.VectorOf(), right.VectorOf());
        var (here, there) = (await left.GetMerkleTreeAsync(), await right.GetMerkleTreeAsync());
        Assert.Equal((here.Root, here.Count), (there.Root, there.Count));
    }
}
