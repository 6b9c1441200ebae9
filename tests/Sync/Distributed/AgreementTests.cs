using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Sync;
using Crdt.Sync.Commit;
using Crdt.Sync.Distributed;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Distributed;

/// <summary>What replicas agree to, and what they refuse.</summary>
public sealed class AgreementTests : IAsyncDisposable
{
    private static readonly EntityId One = EntityId.Node(Person.EntityType, 1), Two = EntityId.Node(Person.EntityType, 2);
    private readonly Meeting _meeting = new();

    public ValueTask DisposeAsync() => _meeting.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_operation_takes_effect_at_all_participants_or_nowhere()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        await using var transaction = await ann.BeginDistributedAsync();
        var four = transaction.AddNode("Person", 4, ("Email", "four@example.org"), ("Stock", 4));
        transaction.AddRelationship("KNOWS", One, four, values: ("Since", new DateOnly(2026, 5, 4)));
        transaction.Set(One, "Age", 41);
        transaction.Set(One, "Email", null);
        transaction.Increment(Two, "Stock", -3);
        transaction.Add(Two, "Tags", "sold");
        transaction.Require(Two);
        transaction.Delete(EntityId.Node(Person.EntityType, 3));
        await transaction.PrepareAsync([bob.Id]);
        var result = await transaction.CommitAsync();

        Assert.True(result.IsCommitted);
        Assert.All(result.Participants.Values, status => Assert.Equal(ParticipantStatus.Committed, status));
        foreach (var replica in new[] { ann, bob })
        {
            Assert.Equal(("four@example.org", 4L), ((await replica.GetAsync<Person>(4))!.Email, (await replica.GetAsync<Person>(4))!.Stock));
            Assert.Equal((41, null), ((await replica.GetAsync<Person>(1))!.Age, (await replica.GetAsync<Person>(1))!.Email));
            Assert.Equal(7, (await replica.GetAsync<Person>(2))!.Stock);
            Assert.Equal(["sold"], (await replica.GetAsync<Person>(2))!.Tags);
            Assert.Null(await replica.GetAsync<Person>(3));
            Assert.NotNull(await replica.GetAsync<Knows>(EntityId.Relationship(Knows.EntityType, One, four)));
        }

        Assert.Equal((await ann.GetMerkleTreeAsync()).Root, (await bob.GetMerkleTreeAsync()).Root);
    }

    [Fact]
    public async Task What_is_not_valid_at_a_participant_is_refused_with_the_reason()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        await _meeting.DisconnectAsync(ann, bob);
        await bob.EditAsync(transaction => transaction.Add<Person>(7));
        await ann.EditAsync(transaction => transaction.Add<Person>(8));
        await _meeting.ConnectAsync(ann, bob);
        Assert.Equal("Invalid: Person 7 exists already.", await Meeting.RefusalAsync(ann, bob, transaction => transaction.AddNode("Person", 7)));
        Assert.Equal("Invalid: Person 8 does not exist here.", await Meeting.RefusalAsync(ann, bob, transaction => transaction.Set(EntityId.Node(Person.EntityType, 8), "Age", 3)));
        Assert.Equal("Invalid: Person 8, an end of the relationship, does not exist here.", await Meeting.RefusalAsync(ann, bob, transaction => transaction.AddRelationship("KNOWS", One, EntityId.Node(Person.EntityType, 8))));
        Assert.Equal("Invalid: the operations write nothing", await Meeting.RefusalAsync(ann, bob, transaction => transaction.Require(One)));
        Assert.Equal("Invalid: Person 8 does not exist here.", await Meeting.RefusalAsync(ann, bob, transaction =>
        {
            transaction.Require(EntityId.Node(Person.EntityType, 8));
            transaction.Set(One, "Age", 3);
        }));
        Assert.Empty(bob.InDoubt);
        await bob.EditPersonAsync(1, person => person.Age = 5); // Nothing stays reserved.
    }

    [Fact]
    public async Task A_place_that_takes_one_relationship_has_to_be_free()
    {
        var (ann, bob) = (await _meeting.OpenAsync("ann", StaffSchema.Instance), await _meeting.OpenAsync("bob", StaffSchema.Instance));
        EntityId Staff(long id) => EntityId.Node(StaffSchema.Instance.TypeOf("Staff"), id);
        await ann.EditAsync(transaction =>
        {
            for (var id = 1; id <= 3; id++) transaction.AddNode("Staff", id);
        });
        await bob.SyncAsync(ann);
        await bob.EditAsync(transaction => transaction.AddRelationship("MENTORS", Staff(1), Staff(2)));
        await _meeting.ConnectAsync(ann, bob);
        Assert.StartsWith("Invalid: MENTORS is OneOne, and its place is taken by MENTORS", await Meeting.RefusalAsync(ann, bob, transaction => transaction.AddRelationship("MENTORS", Staff(1), Staff(3))), StringComparison.Ordinal);
        Assert.Equal("Invalid: Two of the relationships take the place of one.", await Meeting.RefusalAsync(ann, bob, transaction =>
        {
            transaction.AddRelationship("WORKS_FOR", Staff(1), Staff(2));
            transaction.AddRelationship("WORKS_FOR", Staff(1), Staff(3));
        }));
    }

    [Fact]
    public async Task A_participant_has_checks_of_its_own()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        bob.CheckProposal = async (proposed, token) =>
        {
            Assert.Equal(ann.Id, proposed.Coordinator);
            Assert.NotNull(await bob.GetAsync<Person>(1, token)); // The replica can be read meanwhile.
            return proposed.Entities.Any(entity => entity["Stock"] is < 0L) ? "there is not so much in stock" : null;
        };
        Assert.Equal("Invalid: there is not so much in stock", await Meeting.RefusalAsync(ann, bob, transaction => transaction.Increment(One, "Stock", -11)));
        await using var modest = await ann.BeginDistributedAsync();
        modest.Increment(One, "Stock", -10);
        Assert.All(await modest.PrepareAsync([bob.Id]), vote => Assert.True(vote.IsCommit));
        Assert.True((await modest.CommitAsync()).IsCommitted);
        bob.CheckProposal = (_, _) => throw new TimeoutException("the check has failed");
        Assert.Equal("Invalid: the check has failed", await Meeting.RefusalAsync(ann, bob, transaction => transaction.Increment(One, "Stock", -1)));
    }

    [Fact]
    public async Task What_one_transaction_has_reserved_is_refused_to_others_and_free_after_its_outcome()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        await using var first = await ann.BeginDistributedAsync();
        first.Set(One, "Age", 50);
        await first.PrepareAsync([bob.Id]);
        await using var second = await bob.BeginDistributedAsync();
        second.Set(One, "Age", 60);
        var refusal = (await second.PrepareAsync([ann.Id])).First(vote => !vote.IsCommit).Refusal!;
        Assert.Equal((RefusalReason.Reserved, first.Id), (refusal.Reason, refusal.Holder));
        Assert.Equal(first.Id, (await Assert.ThrowsAsync<EntityReservedException>(() => ann.EditPersonAsync(1, person => person.Age = 1))).Holder);
        await ann.EditPersonAsync(2, person => person.Age = 2); // Everything else goes on.
        var aborted = await first.AbortAsync();
        Assert.All(aborted.Participants.Values, status => Assert.Equal(ParticipantStatus.RolledBack, status));
        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0);
        await bob.EditPersonAsync(1, person => person.Age = 1);
        Assert.Equal(1, (await bob.GetAsync<Person>(1))!.Age);
    }

    /// <summary>The decision took the numbers that the local transaction had begun to write under.</summary>
    [Fact]
    public async Task A_local_transaction_that_is_open_across_a_decision_commits_nothing_and_says_why()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        await using var local = await ann.BeginAsync();
        (await local.GetAsync<Person>(2))!.Stock += 5;
        await using var agreed = await ann.BeginDistributedAsync();
        agreed.Increment(One, "Stock", -1);
        await agreed.PrepareAsync([bob.Id]);
        Assert.True((await agreed.CommitAsync()).IsCommitted);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => local.CommitAsync().AsTask());
        Assert.Contains("has committed a distributed transaction since this one began to write", refused.Message, StringComparison.Ordinal);
        await ann.EditPersonAsync(2, person => person.Stock += 5);
        Assert.Equal((9, 15), ((await ann.GetAsync<Person>(1))!.Stock, (await ann.GetAsync<Person>(2))!.Stock));
    }

    [Fact]
    public async Task Somebody_who_is_not_there_is_named_and_nobody_is_asked()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        var stranger = ReplicaId.Random();
        await using var transaction = await ann.BeginDistributedAsync();
        transaction.Set(One, "Age", 50);
        var absent = await Assert.ThrowsAsync<ParticipantUnreachableException>(() => transaction.PrepareAsync([bob.Id, stranger]));
        Assert.Equal([stranger], absent.Participants);
        Assert.Empty(bob.InDoubt);
        await transaction.PrepareAsync([bob.Id]);
        Assert.True((await transaction.CommitAsync()).IsCommitted);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_where_it_is_written()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        await using var transaction = await ann.BeginDistributedAsync();
        Assert.Throws<ArgumentException>(() => transaction.AddNode("Nobody", 1));
        Assert.Throws<ArgumentException>(() => transaction.Set(One, "Nothing", 1));
        Assert.Throws<ArgumentException>(() => transaction.Set(One, "Age", "old"));
        Assert.Throws<ArgumentException>(() => transaction.Add(One, "Tags", null!));
        await Assert.ThrowsAsync<ArgumentException>(() => transaction.PrepareAsync([bob.Id]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());
        transaction.Set(One, "Age", 3);
        await transaction.PrepareAsync([bob.Id]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.PrepareAsync([bob.Id]));
        Assert.Throws<InvalidOperationException>(() => transaction.Set(One, "Age", 4));
        Assert.True((await transaction.CommitAsync()).IsCommitted);
        Assert.True((await transaction.AbortAsync()).IsCommitted); // Too late.
    }

    [Fact]
    public async Task What_a_participant_lacks_of_the_past_comes_with_the_commit()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        for (var i = 0; i < 20; i++) await ann.EditPersonAsync(2, person => person.Age = i); // Bob doesn't hear of it, and the commit depends on it.
        await using var transaction = await ann.BeginDistributedAsync();
        transaction.Set(One, "Age", 50);
        await transaction.PrepareAsync([bob.Id]);
        Assert.Equal(ParticipantStatus.Committed, (await transaction.CommitAsync()).Participants[bob.Id]);
        Assert.Equal((50, 19), ((await bob.GetAsync<Person>(1))!.Age, (await bob.GetAsync<Person>(2))!.Age));
    }

    [Fact]
    public async Task Cancelling_while_votes_come_in_aborts()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        using var cancel = new CancellationTokenSource();
        bob.CheckProposal = async (_, _) =>
        {
            await cancel.CancelAsync();
            return null;
        };
        await using var transaction = await ann.BeginDistributedAsync();
        transaction.Set(One, "Age", 50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transaction.PrepareAsync([bob.Id], cancel.Token));
        Assert.False((await transaction.CommitAsync()).IsCommitted);
        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0);
        Assert.NotEqual(50, (await bob.GetAsync<Person>(1))!.Age);
        Assert.Equal(ParticipantStatus.Unknown, bob.StatusOf(new(ann.Id, 77)));
    }

    [Fact]
    public async Task A_bounded_counter_needs_rights_at_the_replica_that_began_the_transaction_and_nowhere_else()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        await ann.EditAsync(transaction => transaction.Add<Kit>(1).Seats = 5);
        await bob.SyncAsync(ann);
        var kit = EntityId.Node(Kit.EntityType, 1);
        await using var sale = await ann.BeginDistributedAsync();
        sale.Increment(kit, "Seats", -5);
        Assert.All(await sale.PrepareAsync([bob.Id]), vote => Assert.True(vote.IsCommit));
        Assert.True((await sale.CommitAsync()).IsCommitted);
        Assert.Equal(0, (await bob.GetAsync<Kit>(1))!.Seats);
        Assert.Contains("has the right to take 0 away from 'Seats'", await Meeting.RefusalAsync(ann, bob, transaction => transaction.Increment(kit, "Seats", -1)), StringComparison.Ordinal);
        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0);
    }
}
