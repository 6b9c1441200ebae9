using Crdt.Entities;
using Crdt.Sqlite;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Conflicts;
using Crdt.Sync.Storage;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;
using Crdt.Uniqueness;

namespace Crdt.Tests.Sync.Uniqueness;

/// <summary>Whatever happens, the index says of every value what the rows say.</summary>
public sealed class ClaimIndexTests : IAsyncDisposable
{
    private const int Replicas = 3, Members = 6, Values = 4, Steps = 120;
    private readonly Scene _scene = new();
    private readonly List<(GraphReplica Replica, IReplicaStore Store)> _all = [];
    private readonly HashSet<UniqueClaim> _seen = [];

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    [InlineData(true, 4)]
    [InlineData(true, 5)]
    [InlineData(true, 6)]
    [InlineData(true, 7)]
    [InlineData(true, 8)]
    public async Task Every_history_keeps_it_in_step_with_the_rows(bool isInMemory, int seed)
    {
        var dice = new Random(seed);
        for (var i = 0; i < Replicas; i++) await OpenAsync($"replica {i}", isInMemory);
        var (shared, refused) = (0, 0);
        for (var step = 0; step < Steps; step++)
        {
            _scene.Time.Advance(TimeSpan.FromMilliseconds(dice.Next(3)));
            var (replica, _) = _all[dice.Next(Replicas)];
            try
            {
                await StepAsync(replica, dice);
            }
            catch (UniqueValueTakenException)
            {
                refused++;
            }

            foreach (var one in _all) shared += await RequireInStepAsync(one.Store);
        }

        for (var round = 0; round < 2; round++)
        {
            foreach (var (other, _) in _all.Skip(1)) await _all[0].Replica.SyncAsync(other);
        }

        var lists = await Task.WhenAll(_all.Select(one => one.Replica.SharedAsync()));
        Assert.All(lists, list => Assert.Equal(lists[0], list));
        Assert.True(shared > 0 && refused > 0, $"Values were shared {shared} and refused {refused} times.");
    }

    private async Task OpenAsync(string name, bool isInMemory)
    {
        IReplicaStore? store = null;
        var replica = await _scene.OpenClubAsync(name, configure: options => options.Store = () => store = isInMemory ? new InMemoryStore(new InMemoryDisk()) : new SqliteStore(Path.Combine(_scene.Folder, name)));
        _all.Add((replica, store!));
    }

    private async Task StepAsync(GraphReplica replica, Random dice)
    {
        var (member, value) = (dice.Next(Members), dice.Next(Values + 1) is var drawn && drawn == 0 ? null : $"value {drawn}");
        switch (dice.Next(8))
        {
            case 0 or 1:
                var others = _all.FindAll(one => one.Replica != replica);
                await others[dice.Next(others.Count)].Replica.SyncAsync(replica);
                break;
            case 2:
                await replica.CutLogAsync(keep: dice.Next(3));
                break;
            case 3 when await replica.GetNodeAsync("Member", member) is not null:
                await replica.DeleteAsync(member);
                break;
            case 4 when await replica.ListSharedAsync() is [var conflict, ..]:
                await replica.Conflicts.SettleAsync(conflict, dice.Next(2) == 0 ? Settlement.Accept : Settlement.Restore);
                break;
            default:
                if (await replica.GetNodeAsync("Member", member) is null) await replica.AddAsync(member, value);
                else await replica.SetAsync(member, value);
                break;
        }
    }

    /// <returns>How many values are shared.</returns>
    private async Task<int> RequireInStepAsync(IReplicaStore store)
    {
        var type = MemberSchema.Instance.TypeOf("Member");
        var expected = new SortedDictionary<UniqueClaim, List<EntityId>>();
        foreach (var row in await store.ScanAsync(default, 1000))
        {
            foreach (var claim in UniqueClaims.ClaimsOf(type, row.State.Span)) (expected.TryGetValue(claim, out var claimants) ? claimants : expected[claim] = []).Add(row.Id);
        }

        _seen.UnionWith(expected.Keys);
        UniqueClaim[] all = [.. _seen];
        var found = await store.ReadClaimantsAsync(all);
        for (var i = 0; i < all.Length; i++) Assert.Equal(expected.GetValueOrDefault(all[i]) ?? [], found[i]);
        var shared = await store.ReadSharedClaimsAsync();
        Assert.Equal(expected.Where(claim => claim.Value.Count > 1).Select(claim => claim.Key), shared.Select(claim => claim.Claim));
        Assert.All(shared, claim => Assert.Equal(expected[claim.Claim], claim.Claimants));
        return shared.Count;
    }
}
