using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync;
using Crdt.Sync.Commit;
using Crdt.Tests.Sync.Distributed;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Uniqueness;

/// <summary>While peers stand ready, a value is reserved at all of them before it is committed.</summary>
public sealed class ReservationTests : IAsyncDisposable
{
    private readonly Meeting _meeting = new();

    public ValueTask DisposeAsync() => _meeting.DisposeAsync();

    [Fact]
    public async Task A_value_that_only_a_peer_knows_of_is_refused()
    {
        var (ann, bob) = (await OpenAsync("ann"), await OpenAsync("bob"));
        await bob.AddAsync(2, "same");
        await _meeting.ConnectAsync(ann, bob);
        var refused = await Club.RefusedAsync(() => ann.EditAsync(tx => tx.AddNode("Member", 1, ("Email", "same"), ("Number", 5))));
        Assert.Equal(("Email", "same", null), (refused.Field, refused.Value, refused.Owner));
        Assert.Contains("Member 2, at a peer, has 'same' as its Email. Nothing was committed", refused.Message, StringComparison.Ordinal);
        Assert.Null(await ann.GetNodeAsync("Member", 1));
        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0);
        await ann.AddAsync(1, "another"); // Nothing stays reserved.
    }

    [Fact]
    public async Task What_is_agreed_to_is_one_event_that_the_peers_have_at_once()
    {
        var (ann, bob) = await OpenReadyAsync();
        await using (var transaction = await ann.BeginAsync())
        {
            transaction.AddNode("Member", 1, ("Email", "one"), ("Name", "Ann"));
            transaction.AddNode("Member", 2, ("Email", "two"));
            transaction.AddNode("Guest", 3); // In a lane of its own, and without a value that is unique.
            Assert.Equal(2, (await transaction.CommitAsync()).Count);
        }

        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0 && ann.Untold.Count == 0);
        Assert.Equal("Ann", (await bob.GetNodeAsync("Member", 1))!["Name"]);
        Assert.Equal("two", await bob.EmailAsync(2));
        await Club.RefusedAsync(() => bob.AddAsync(4, "one"));
        await ann.SyncAsync(bob);
        Assert.NotNull(await bob.GetNodeAsync("Guest", 3));
        Assert.Equal(await ann.RootAsync(), await bob.RootAsync());
    }

    /// <summary>Each begins again after a pause of its own, until one has it and the other is told so.</summary>
    [Fact]
    public async Task Of_two_that_claim_one_value_at_once_one_at_most_gets_it()
    {
        var (ann, bob) = await OpenReadyAsync();
        for (var round = 0; round < 10; round++)
        {
            var value = $"value {round}";
            var results = await Task.WhenAll(TryAddAsync(ann, 2 * round, value), TryAddAsync(bob, (2 * round) + 1, value));
            Assert.Contains(true, results);
            Assert.Contains(false, results);
        }

        await ann.SyncAsync(bob);
        Assert.Equal(10, (await ann.CountAsync())["Member"]);
        Assert.Empty(await ann.SharedAsync());
        Assert.Empty(ann.InDoubt.Concat(bob.InDoubt));
    }

    [Fact]
    public async Task A_value_that_passes_from_one_node_to_another_is_no_obstacle_at_a_peer()
    {
        var (ann, bob) = await OpenReadyAsync();
        await ann.AddAsync(1, "one");
        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0);
        await ann.EditAsync(async tx =>
        {
            (await tx.GetNodeAsync("Member", 1))!["Email"] = null;
            tx.AddNode("Member", 2, ("Email", "one"));
        });
        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0);
        Assert.Equal((null, "one"), (await bob.EmailAsync(1), await bob.EmailAsync(2)));
    }

    [Fact]
    public async Task Without_peers_and_offline_it_is_committed_at_once_and_shared_values_are_found_later()
    {
        var (ann, bob) = await OpenReadyAsync();
        await ann.GoOfflineAsync();
        await bob.GoOfflineAsync();
        await ann.AddAsync(1, "same");
        await bob.AddAsync(2, "same");
        await ann.SyncAsync(bob);
        Assert.Single(await ann.SharedAsync());
        Assert.Equal(await ann.SharedAsync(), await bob.SharedAsync());
    }

    /// <summary>Its way stays open and nothing comes back, as where a peer hangs. The commit goes on without it.</summary>
    [Fact]
    public async Task A_peer_that_does_not_answer_holds_nobody_up_for_longer_than_the_wait()
    {
        var options = Meeting.Hasty with { ClaimWait = TimeSpan.FromMilliseconds(300) };
        var (ann, bob) = (await OpenAsync("ann", options: options), await OpenAsync("bob"));
        await _meeting.ConnectAsync(ann, bob);
        var free = new TaskCompletionSource();
        bob.CheckProposal = async (_, _) =>
        {
            await free.Task;
            return null;
        };
        await using var blocking = await ann.BeginDistributedAsync();
        blocking.AddNode("Member", 7, ("Name", "Slow"));
        var asked = blocking.PrepareAsync([bob.Id]); // Bob's one check at a time is busy with this.
        await ann.AddAsync(1, "one");
        Assert.Equal("one", await ann.EmailAsync(1));
        free.SetResult();
        await asked;
        await blocking.AbortAsync();
        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0);
    }

    [Fact]
    public async Task Distributed_transactions_are_held_to_it_as_well()
    {
        var (ann, bob) = await OpenReadyAsync();
        await ann.AddAsync(1, "one");
        Assert.StartsWith("Taken: Member 1 has 'one' as its Email", await Meeting.RefusalAsync(ann, bob, transaction => transaction.AddNode("Member", 2, ("Email", "one"))), StringComparison.Ordinal);
        await using var first = await ann.BeginDistributedAsync();
        first.AddNode("Member", 2, ("Email", "two"));
        Assert.All(await first.PrepareAsync([bob.Id]), vote => Assert.True(vote.IsCommit));
        await using var second = await bob.BeginDistributedAsync();
        second.AddNode("Member", 3, ("Email", "two"));
        Assert.Equal(RefusalReason.Reserved, (await second.PrepareAsync([ann.Id])).First(vote => !vote.IsCommit).Refusal!.Reason);
        Assert.True((await first.CommitAsync()).IsCommitted);
        await Club.RefusedAsync(() => bob.AddAsync(3, "two"));
    }

    [Fact]
    public async Task A_local_commit_of_a_value_that_is_reserved_waits_a_little_and_then_says_for_whom()
    {
        var (ann, bob) = await OpenReadyAsync();
        await using var first = await ann.BeginDistributedAsync();
        first.AddNode("Member", 2, ("Email", "two"));
        await first.PrepareAsync([bob.Id]);
        Assert.Equal(first.Id, (await Assert.ThrowsAsync<EntityReservedException>(() => bob.AddAsync(3, "two"))).Holder);
        await bob.GoOfflineAsync();
        Assert.Equal(first.Id, (await Assert.ThrowsAsync<EntityReservedException>(() => bob.AddAsync(3, "two"))).Holder);
        await first.AbortAsync();
        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0);
        await bob.AddAsync(3, "two");
    }

    [Fact]
    public async Task Unique_values_of_two_lanes_are_refused_while_peers_stand_ready()
    {
        var (ann, _) = await OpenReadyAsync();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ann.EditAsync(tx =>
        {
            tx.AddNode("Member", 1, ("Email", "one"));
            tx.AddNode("Guest", 1, ("Code", "one"));
        }));
        Assert.Contains("unique values in the lanes guests and main", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await ann.CountAsync())["Member"]);
    }

    private Task<GraphReplica> OpenAsync(string name, CommitOptions? options = null) => _meeting.OpenAsync(name, MemberSchema.Instance, options);

    private async Task<(GraphReplica Ann, GraphReplica Bob)> OpenReadyAsync()
    {
        var (ann, bob) = (await OpenAsync("ann"), await OpenAsync("bob"));
        await _meeting.ConnectAsync(ann, bob);
        return (ann, bob);
    }

    private static async Task<bool> TryAddAsync(GraphReplica replica, long member, string email)
    {
        try
        {
            await replica.AddAsync(member, email);
            return true;
        }
        catch (UniqueValueTakenException)
        {
            return false;
        }
    }
}
