using Crdt.Entities;
using Crdt.Sync;
using Crdt.Sync.Commit;
using Crdt.Sync.Distributed;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Distributed;

/// <summary>Promises and decisions outlive the process.</summary>
public sealed class RestartTests : IAsyncDisposable
{
    private static readonly EntityId One = EntityId.Node(Person.EntityType, 1);
    private readonly Meeting _meeting = new();

    public ValueTask DisposeAsync() => _meeting.DisposeAsync();

    [Fact]
    public async Task A_participant_keeps_its_promise_over_a_restart_and_asks_for_the_outcome()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        await using var transaction = await ann.BeginDistributedAsync();
        transaction.Set(One, "Age", 50);
        await transaction.PrepareAsync([bob.Id]);
        await _meeting.DisconnectAsync(ann, bob);
        await _meeting.Scene.CloseAsync(bob);
        var result = await transaction.CommitAsync();
        Assert.Equal(ParticipantStatus.Pending, result.Participants[bob.Id]);

        bob = await _meeting.OpenAsync("bob");
        Assert.Equal([One], Assert.Single(bob.InDoubt).Entities);
        await Assert.ThrowsAsync<EntityReservedException>(() => bob.EditPersonAsync(1, person => person.Age = 1));
        await _meeting.ConnectAsync(ann, bob);
        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0);
        Assert.Equal(50, (await bob.GetAsync<Person>(1))!.Age);
        Assert.Equal((await ann.GetMerkleTreeAsync()).Root, (await bob.GetMerkleTreeAsync()).Root);
    }

    [Fact]
    public async Task A_coordinator_that_went_away_before_it_decided_has_aborted()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        var transaction = await ann.BeginDistributedAsync();
        transaction.Set(One, "Age", 50);
        await transaction.PrepareAsync([bob.Id]);
        Assert.Single(bob.InDoubt);
        await _meeting.DisconnectAsync(ann, bob);
        await _meeting.Scene.CloseAsync(ann);

        ann = await _meeting.OpenAsync("ann");
        await _meeting.ConnectAsync(ann, bob);
        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0);
        Assert.NotEqual(50, (await bob.GetAsync<Person>(1))!.Age);
        Assert.Empty(ann.InDoubt);
    }

    [Fact]
    public async Task A_coordinator_that_went_away_after_it_decided_goes_on_telling()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        var transaction = await ann.BeginDistributedAsync();
        transaction.Set(One, "Age", 50);
        await transaction.PrepareAsync([bob.Id]);
        await _meeting.DisconnectAsync(ann, bob);
        Assert.True((await transaction.CommitAsync()).IsCommitted);
        await _meeting.Scene.CloseAsync(ann);

        ann = await _meeting.OpenAsync("ann");
        Assert.Equal(50, (await ann.GetAsync<Person>(1))!.Age);
        await _meeting.ConnectAsync(ann, bob);
        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0);
        Assert.Equal(50, (await bob.GetAsync<Person>(1))!.Age);
    }

    [Fact]
    public async Task An_operator_settles_what_nobody_answers_and_hears_if_it_was_otherwise()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        await using var transaction = await ann.BeginDistributedAsync();
        transaction.Set(One, "Age", 50);
        await transaction.PrepareAsync([bob.Id]);
        await _meeting.DisconnectAsync(ann, bob);
        Assert.True((await transaction.CommitAsync()).IsCommitted);
        var told = new List<CommitOutcome>();
        bob.OutcomeContradicted += (_, outcome) => told.Add(outcome);

        var doubtful = Assert.Single(bob.InDoubt);
        await bob.SettleAsync(doubtful.Id, CommitOutcome.Abort);
        Assert.Empty(bob.InDoubt);
        await bob.EditPersonAsync(1, person => person.Age = 1);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await bob.SettleAsync(doubtful.Id, CommitOutcome.Abort));
        await _meeting.ConnectAsync(ann, bob);
        await Meeting.EventuallyAsync(() => told.Count > 0);
        Assert.Equal([CommitOutcome.Commit], told);
        // The outcome holds, and what was written meanwhile is a concurrent write like any other.
        await bob.SyncAsync(ann);
        Assert.Equal((await ann.GetMerkleTreeAsync()).Root, (await bob.GetMerkleTreeAsync()).Root);
        Assert.Single(await bob.Conflicts.ListAsync().ToListAsync());
    }

    [Fact]
    public async Task A_participant_that_never_comes_back_is_dismissed()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        await using var transaction = await ann.BeginDistributedAsync();
        transaction.Set(One, "Age", 50);
        await transaction.PrepareAsync([bob.Id]);
        await _meeting.DisconnectAsync(ann, bob);
        await transaction.CommitAsync();
        Assert.Equal([transaction.Id], ann.Untold.Keys);
        Assert.Equal([bob.Id], ann.Untold[transaction.Id]);
        await ann.DismissAsync(transaction.Id, bob.Id);
        Assert.Empty(ann.Untold);
    }

    [Fact]
    public async Task Whoever_waits_for_the_end_is_told_when_the_replica_is_closed()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        var isAsked = new TaskCompletionSource();
        bob.CheckProposal = async (_, closing) =>
        {
            isAsked.SetResult();
            await Task.Delay(Timeout.Infinite, closing);
            return null;
        };
        var transaction = await ann.BeginDistributedAsync();
        transaction.Set(One, "Age", 50);
        var preparing = transaction.PrepareAsync([bob.Id]);
        await isAsked.Task;
        await _meeting.Scene.CloseAsync(ann);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => preparing);
        await transaction.DisposeAsync();
        await _meeting.Scene.CloseAsync(bob); // Which cancels the check.
    }
}
