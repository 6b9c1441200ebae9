using Crdt.Sync;
using Crdt.Sync.Conflicts;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Uniqueness;

/// <summary>Replicas that gave one value to two nodes without knowing of each other.</summary>
public sealed class DuplicateTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task The_first_to_have_written_is_the_owner_everywhere_and_both_keep_the_value()
    {
        var replicas = await OpenThreeAsync();
        for (var i = 0; i < 3; i++)
        {
            _scene.Time.Advance(TimeSpan.FromSeconds(1));
            await replicas[2 - i].AddAsync(i + 1, "same");
        }

        await SyncAllAsync(replicas);
        foreach (var replica in replicas)
        {
            Assert.Equal(["2 Email=same of 1", "3 Email=same of 1"], await replica.SharedAsync());
            var conflict = (await replica.ListSharedAsync())[0];
            Assert.Equal((3, "first_claim_wins", "same"), (conflict.Writes, conflict.Resolution, await replica.EmailAsync(3)));
            await Club.RefusedAsync(() => replica.AddAsync(9, "same"));
        }
    }

    [Theory]
    [InlineData(true, null, "same")]
    [InlineData(false, "same", null)]
    public async Task It_is_settled_by_taking_the_value_from_either(bool accepts, string? later, string? first)
    {
        var (ann, bob) = await ShareAsync();
        var conflict = Assert.Single(await bob.ListSharedAsync());
        await bob.Conflicts.SettleAsync(conflict, accepts ? Settlement.Accept : Settlement.Restore);
        await ann.SyncAsync(bob);
        foreach (var replica in new[] { ann, bob })
        {
            Assert.Equal((first, later), (await replica.EmailAsync(1), await replica.EmailAsync(2)));
            Assert.Empty(await replica.SharedAsync());
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => ann.Conflicts.SettleAsync(conflict, Settlement.Accept));
    }

    [Fact]
    public async Task It_is_settled_by_any_other_write_and_by_a_deletion()
    {
        var (ann, bob) = await ShareAsync();
        await ann.SetAsync(2, "another");
        Assert.Empty(await ann.SharedAsync());
        await bob.DeleteAsync(1);
        await ann.SyncAsync(bob);
        Assert.Empty(await bob.SharedAsync());
        await ann.AddAsync(3, "same");
    }

    [Fact]
    public async Task A_field_that_needs_a_value_says_what_to_do()
    {
        var (ann, bob) = await ApartAsync();
        await ann.EditAsync(tx => tx.AddNode("Member", 1, ("Number", 7)));
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await bob.EditAsync(tx => tx.AddNode("Member", 2, ("Number", 7)));
        await ann.SyncAsync(bob);
        var conflict = Assert.Single(await ann.ListSharedAsync());
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => ann.Conflicts.SettleAsync(conflict, Settlement.Accept));
        Assert.Contains("'Member.Number' can't be without a value; write another one to either node, or delete one of them", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => ann.Conflicts.SettleAsync(conflict, Settlement.Choose(default!)));
    }

    /// <summary>The owner is a matter of the state: who writes the value anew is later than it was.</summary>
    [Fact]
    public async Task An_owner_that_writes_its_value_anew_comes_after_the_other()
    {
        var (ann, bob) = await ShareAsync();
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await ann.SetAsync(1, "same");
        await bob.SyncAsync(ann);
        Assert.Equal(["1 Email=same of 2"], await bob.SharedAsync());
    }

    [Fact]
    public async Task The_watch_tells_of_it()
    {
        var (ann, bob) = await ApartAsync();
        await ann.AddAsync(1, "same");
        await bob.AddAsync(2, "same");
        await using var watch = ann.Conflicts.WatchAsync().GetAsyncEnumerator();
        var next = watch.MoveNextAsync().AsTask();
        await ann.SyncAsync(bob);
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(ConflictKind.DuplicateValue, watch.Current.Kind);
    }

    [Fact]
    public async Task Concurrent_values_of_one_node_claim_what_it_reads_as()
    {
        var (ann, bob) = await ApartAsync();
        await ann.AddAsync(1, "start");
        await ann.SyncAsync(bob);
        await ann.SetAsync(1, "earlier");
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await bob.SetAsync(1, "later");
        await ann.SyncAsync(bob);
        await ann.AddAsync(2, "earlier");
        await Club.RefusedAsync(() => ann.AddAsync(3, "later"));
    }

    [Fact]
    public async Task Rows_that_come_as_states_or_in_a_snapshot_are_indexed_too()
    {
        var (ann, bob) = await ApartAsync();
        await ann.AddAsync(1, "same");
        await ann.CutLogAsync(keep: 0);
        await bob.AddAsync(2, "other");
        await bob.SyncAsync(ann);
        await Club.RefusedAsync(() => bob.AddAsync(3, "same"));
        using var snapshot = new MemoryStream();
        await bob.ExportAsync(snapshot);
        snapshot.Position = 0;
        var carol = await _scene.OpenClubAsync("carol");
        await carol.ImportAsync(snapshot);
        await Club.RefusedAsync(() => carol.AddAsync(3, "same"));
        await Club.RefusedAsync(() => carol.AddAsync(3, "other"));
    }

    private async Task<(GraphReplica Ann, GraphReplica Bob)> ApartAsync() => (await _scene.OpenClubAsync("ann"), await _scene.OpenClubAsync("bob"));

    private async Task<(GraphReplica Ann, GraphReplica Bob)> ShareAsync()
    {
        var (ann, bob) = await ApartAsync();
        await ann.AddAsync(1, "same");
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await bob.AddAsync(2, "same");
        await ann.SyncAsync(bob);
        return (ann, bob);
    }

    private async Task<GraphReplica[]> OpenThreeAsync() => [await _scene.OpenClubAsync("ann"), await _scene.OpenClubAsync("bob"), await _scene.OpenClubAsync("carol")];

    private static async Task SyncAllAsync(GraphReplica[] replicas)
    {
        for (var round = 0; round < 2; round++)
        {
            foreach (var replica in replicas.Skip(1)) await replicas[0].SyncAsync(replica);
        }
    }
}
