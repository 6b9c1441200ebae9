using Crdt.Entities;
using Crdt.Sqlite;
using Crdt.Storage;
using static Crdt.Tests.Sqlite.TestGraph;

namespace Crdt.Tests.Sqlite;

/// <summary>Random histories against a sorted dictionary, with commits that fail, settling all the time, and reopening.</summary>
public sealed class ModelTests : IDisposable
{
    private static readonly StoreLimits Limits = new(new SettlingLimits(30, 60));
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_store_holds_what_a_dictionary_would(int seed)
    {
        var random = new Random(seed);
        var model = new SortedDictionary<EntityId, string>();
        var store = await _folder.OpenAsync(Limits);
        for (var (revision, step) = (0L, 0); step < 300; step++)
        {
            var writes = Writes(random, model, step);
            if (random.Next(4) == 0) await store.ReadAsync([.. writes.Select(write => write.Id)]);
            if (random.Next(6) == 0) await FailAsync(store, Commit(revision + 1, writes));
            await store.CommitAsync(Commit(++revision, writes));
            Apply(model, writes);
            if (random.Next(20) == 0)
            {
                await store.DisposeAsync();
                store = await _folder.OpenAsync(Limits);
            }

            if (random.Next(5) == 0) await CompareAsync(store, model, random);
        }

        await CompareAsync(store, model, random);
        await store.DisposeAsync();
    }

    // The last write can't fit, so all those before it have been made when the disk turns out to be full.
    private static async Task FailAsync(SqliteStore store, StoreCommit commit)
    {
        store.LimitPages(1);
        var large = Put(Payment(long.MaxValue, long.MaxValue, long.MaxValue), new string('x', 900_000));
        await Assert.ThrowsAsync<StoreException>(async () => await store.CommitAsync(commit with { Entities = [.. commit.Entities, large] }));
        store.LimitPages(1_000_000);
    }

    private static EntityWrite[] Writes(Random random, SortedDictionary<EntityId, string> model, int step)
    {
        var ids = Enumerable.Range(0, random.Next(1, 20)).Select(_ => Id(random)).Distinct();
        return [.. ids.Select(id => random.Next(3) == 0 ? Drop(id, model.ContainsKey(id)) : Put(id, $"{step} {new string('.', random.Next(300))}", model.ContainsKey(id)))];
    }

    private static EntityId Id(Random random) => random.Next(3) switch
    {
        0 => Node(random.Next(40)),
        1 => Edge(random.Next(15), random.Next(15)),
        _ => Payment(random.Next(5), random.Next(5), random.Next(10)),
    };

    private static void Apply(SortedDictionary<EntityId, string> model, EntityWrite[] writes)
    {
        foreach (var write in writes)
        {
            if (write.State.IsEmpty) model.Remove(write.Id);
            else model[write.Id] = write.State.AsText();
        }
    }

    private static async Task CompareAsync(SqliteStore store, SortedDictionary<EntityId, string> model, Random random)
    {
        var found = new List<StoredEntity>();
        for (IReadOnlyList<StoredEntity> page; (page = await store.ScanAsync(found.Count == 0 ? default : found[^1].Id, random.Next(1, 50))).Count > 0;) found.AddRange(page);
        Assert.Equal(model.Select(pair => (pair.Key, pair.Value)), found.Select(entity => (entity.Id, entity.State.AsText())));
        var ids = Enumerable.Range(0, 60).Select(_ => Id(random)).ToArray();
        Assert.Equal(ids.Select(id => model.GetValueOrDefault(id, "")), (await store.ReadAsync(ids)).Select(state => state.AsText()));
        EntityId[] nodes = [Node(random.Next(15)), Node(random.Next(15))];
        var incident = model.Keys.Where(id => id.IsRelationship && (nodes.Contains(id.Source) || nodes.Contains(id.Target)));
        Assert.Equal(incident, (await store.ReadIncidentAsync(nodes)).Order());
        foreach (var type in incident.Select(id => id.TypeId).Distinct())
        {
            var outgoing = model.Keys.Where(id => id.IsRelationship && id.TypeId == type && nodes.Contains(id.Source)).ToList();
            Assert.Equal(outgoing, (await store.ReadOutgoingAsync(nodes, type)).Order());
        }

        var counts = model.Keys.GroupBy(id => id.TypeId).ToDictionary(group => group.Key, group => group.LongCount());
        Assert.Equal(counts, await store.CountAsync());
    }
}
