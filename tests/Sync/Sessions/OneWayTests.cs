using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Sessions;

/// <summary>Replicas that compare states although one of them has all that the other has.</summary>
public sealed class OneWayTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    /// <summary>Whichever of them leads the search, which depends on their ids.</summary>
    [Fact]
    public async Task A_side_that_has_all_that_the_other_has_is_sent_nothing()
    {
        var (office, laptop) = (await _scene.OpenAsync("office"), await _scene.OpenAsync("laptop"));
        await AddAsync(office, 1, 200);
        await laptop.SyncAsync(office);
        foreach (var (ahead, behind, first) in new[] { (office, laptop, 10), (laptop, office, 20) })
        {
            await ahead.EditPersonAsync(first, person => person.Age = 99);
            await ahead.EditPersonAsync(first + 1, person => person.Delete());
            await AddAsync(ahead, 1_000 + first, 3);
            await ahead.CutLogAsync(keep: 0);
            var result = await behind.SyncAsync(ahead);
            Assert.Equal(SyncMode.Reconciled, result.Mode);
            Assert.Equal((4, 0), (result.Received.Entities, result.Sent.Entities));
            Assert.Equal(ahead.VectorOf(), behind.VectorOf());
            Assert.Equal((await ahead.GetMerkleTreeAsync()).Root, (await behind.GetMerkleTreeAsync()).Root);
            Assert.Equal(99, (await behind.GetAsync<Person>(first))!.Age);
            Assert.Null(await behind.GetAsync<Person>(first + 1));
        }
    }

    private static Task AddAsync(GraphReplica replica, int first, int count) => replica.EditAsync(tx =>
    {
        for (var id = first; id < first + count; id++) tx.Add<Person>(id).Email = $"{id}@x.org";
    });
}
