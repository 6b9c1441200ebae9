using Crdt.Clocks;
using Crdt.Sync.Commit;

namespace Crdt.Tests.Sync.Commit;

/// <summary>What a participant makes of messages that should not have come, of a full disk, of doubt, and of an operator.</summary>
public sealed class ParticipantTests
{
    private static readonly CommitMessage.Prepare Question = new(Cast.Id, 1, TimeSpan.FromSeconds(10), Cast.Participants(2), [Cast.Entity], default);
    private static readonly CommitRecord.Prepared Promise = new(Cast.Id, Cast.Participants(2), [Cast.Entity], default);
    private static readonly CommitMessage.Outcome Commit = new(Cast.Id, Cast.Event), Abort = new(Cast.Id, null);

    [Fact]
    public void Nobody_waits_for_a_reservation_and_its_holder_is_named()
    {
        var other = Question with { Id = Cast.Id with { Number = 2 } };
        var refusal = Assert.Single(Sent<CommitMessage.Vote>(Prepared().Receive(Cast.Coordinator, other).Actions)).Message.Refusal;
        Assert.Equal((RefusalReason.Reserved, Cast.Id), (refusal!.Reason, refusal.Holder));
        Assert.Contains(Prepared().Receive(Cast.Coordinator, other with { Entities = [Cast.Other] }).Actions, action => action is CommitAction.Validate);
    }

    [Fact]
    public void Only_the_coordinator_asks_for_a_vote_and_only_of_whom_it_names()
    {
        var participant = CommitParticipant.Open(Cast.Ann, Cast.Options, []).Next;
        Assert.Empty(participant.Receive(Cast.Bob, Question).Actions);
        var stranger = CommitParticipant.Open(Cast.Cem, Cast.Options, []).Next;
        Assert.Equal(RefusalReason.NotParticipant, Assert.Single(Sent<CommitMessage.Vote>(stranger.Receive(Cast.Coordinator, Question).Actions)).Message.Refusal?.Reason);
        var full = CommitParticipant.Open(Cast.Ann, Cast.Options with { MaxTransactions = 0 }, []).Next;
        Assert.Equal(RefusalReason.Busy, Assert.Single(Sent<CommitMessage.Vote>(full.Receive(Cast.Coordinator, Question).Actions)).Message.Refusal?.Reason);
    }

    [Fact]
    public void An_outcome_of_an_unknown_transaction_is_taken_if_it_commits_and_kept_in_mind_if_it_aborts()
    {
        var participant = Fresh();
        var (applying, actions) = participant.Receive(Cast.Coordinator, Commit);
        Assert.Single(actions.OfType<CommitAction.Apply>());
        Assert.Single(Sent<CommitMessage.Acknowledge>(applying.Applied(Cast.Id).Actions));
        var (aborted, none) = participant.Receive(Cast.Coordinator, Abort);
        Assert.Empty(none);
        Assert.Equal(RefusalReason.Over, Assert.Single(Sent<CommitMessage.Vote>(aborted.Receive(Cast.Coordinator, Question).Actions)).Message.Refusal?.Reason);
        Assert.Empty(participant.Receive(Cast.Bob, Abort).Next.Transactions);
    }

    [Fact]
    public void A_question_after_the_abort_is_refused()
    {
        var (aborted, actions) = Prepared().Receive(Cast.Coordinator, Abort);
        Assert.Single(actions.OfType<CommitAction.Release>());
        Assert.Null(aborted.HolderOf(Cast.Entity));
        Assert.Equal(RefusalReason.Over, Assert.Single(Sent<CommitMessage.Vote>(aborted.Receive(Cast.Coordinator, Question).Actions)).Message.Refusal?.Reason);
    }

    [Fact]
    public void A_commit_that_finds_the_disk_full_stays_pending_with_its_reservation()
    {
        var (full, actions) = Prepared().Receive(Cast.Coordinator, Commit).Next.NotApplied(Cast.Id);
        Assert.Single(actions.OfType<CommitAction.SetTimer>());
        Assert.Equal(Cast.Id, full.HolderOf(Cast.Entity));
        Assert.Empty(full.Receive(Cast.Coordinator, Abort).Actions);
        var (again, retried) = full.TimerFired(Cast.Id);
        Assert.Single(retried.OfType<CommitAction.Apply>());
        var (done, confirmed) = again.Applied(Cast.Id);
        Assert.Single(Sent<CommitMessage.Acknowledge>(confirmed));
        Assert.Null(done.HolderOf(Cast.Entity));
    }

    [Fact]
    public void A_promise_that_finds_the_disk_full_is_not_made()
    {
        var recording = Fresh().Receive(Cast.Coordinator, Question).Next.Validated(Cast.Id, null).Next;
        var (next, actions) = recording.NotRecorded(Promise, "full");
        var refusal = Assert.Single(Sent<CommitMessage.Vote>(actions)).Message.Refusal;
        Assert.Equal((RefusalReason.NotDurable, "full"), (refusal?.Reason, refusal?.Text));
        Assert.Null(next.HolderOf(Cast.Entity));
    }

    [Fact]
    public void A_validation_that_outlasts_the_lease_is_a_refusal()
    {
        var (next, actions) = Fresh().Receive(Cast.Coordinator, Question).Next.TimerFired(Cast.Id);
        Assert.Equal(RefusalReason.TooLate, Assert.Single(Sent<CommitMessage.Vote>(actions)).Message.Refusal?.Reason);
        Assert.Null(next.HolderOf(Cast.Entity));
        Assert.Empty(next.Validated(Cast.Id, null).Actions);
    }

    [Fact]
    public void In_doubt_it_asks_the_coordinator_then_the_others_too()
    {
        var (asked, first) = Prepared().TimerFired(Cast.Id);
        Assert.Equal([Cast.Coordinator], Sent<CommitMessage.Inquire>(first).Select(sent => sent.To));
        Assert.Equal([Cast.Coordinator, Cast.Bob], Sent<CommitMessage.Inquire>(asked.TimerFired(Cast.Id).Actions).Select(sent => sent.To));
    }

    [Fact]
    public void One_that_never_voted_refuses_durably_before_it_says_so()
    {
        var inquiry = new CommitMessage.Inquire(Cast.Id, Cast.Ann);
        var (refusing, actions) = Fresh().Receive(Cast.Bob, inquiry);
        Assert.Equal(new CommitRecord.Aborted(Cast.Id), Assert.Single(actions.OfType<CommitAction.Record>()).Content);
        Assert.Empty(Sent<CommitMessage.Answer>(actions));
        Assert.Empty(refusing.Receive(Cast.Bob, inquiry).Actions);
        var refused = refusing.Recorded(new CommitRecord.Aborted(Cast.Id)).Next;
        Assert.Equal(AnswerKind.Aborted, Assert.Single(Sent<CommitMessage.Answer>(refused.Receive(Cast.Bob, inquiry).Actions)).Message.Kind);
        Assert.Empty(refusing.NotRecorded(new CommitRecord.Aborted(Cast.Id), "full").Next.Transactions);
    }

    [Fact]
    public void A_restored_participant_concludes_nothing_from_knowing_nothing()
    {
        var restored = CommitParticipant.Open(new(11), Cast.Options, []).Next;
        var (next, actions) = restored.Receive(Cast.Bob, new CommitMessage.Inquire(Cast.Id, Cast.Ann));
        Assert.Equal(AnswerKind.Unknown, Assert.Single(Sent<CommitMessage.Answer>(actions)).Message.Kind);
        Assert.Empty(next.Transactions);
    }

    private static CommitParticipant Settled(CommitOutcome outcome) => Prepared().Settle(Cast.Id, outcome).Next.Recorded(new CommitRecord.Settled(Cast.Id, outcome)).Next;

    [Fact]
    public void An_operator_settles_what_is_in_doubt_and_hears_if_it_was_otherwise()
    {
        Assert.Single(Prepared().InDoubt);
        var (asked, actions) = Prepared().Settle(Cast.Id, CommitOutcome.Abort);
        Assert.Equal(new CommitRecord.Settled(Cast.Id, CommitOutcome.Abort), Assert.Single(actions.OfType<CommitAction.Record>()).Content);
        Assert.NotNull(asked.HolderOf(Cast.Entity)); // Until that is durable, it stays in doubt.
        Assert.Single(asked.NotRecorded(new CommitRecord.Settled(Cast.Id, CommitOutcome.Abort), "full").Next.InDoubt);
        var settled = Settled(CommitOutcome.Abort);
        Assert.Null(settled.HolderOf(Cast.Entity));
        Assert.Equal(AnswerKind.InDoubt, Assert.Single(Sent<CommitMessage.Answer>(settled.Receive(Cast.Bob, new CommitMessage.Inquire(Cast.Id, Cast.Ann)).Actions)).Message.Kind);
        var later = settled.Receive(Cast.Coordinator, Commit).Actions;
        Assert.Single(later.OfType<CommitAction.Apply>());
        Assert.Single(later.OfType<CommitAction.Contradicted>());
        Assert.DoesNotContain(settled.Receive(Cast.Coordinator, Abort).Actions, action => action is CommitAction.Contradicted);
        Assert.Contains(Settled(CommitOutcome.Commit).Receive(Cast.Coordinator, Abort).Actions, action => action is CommitAction.Contradicted);
        Assert.Throws<InvalidOperationException>(() => settled.Settle(Cast.Id, CommitOutcome.Commit));
        var reopened = CommitParticipant.Open(Cast.Ann, Cast.Options, [Promise, new CommitRecord.Settled(Cast.Id, CommitOutcome.Abort)]);
        Assert.Empty(reopened.Next.InDoubt);
        Assert.Empty(reopened.Actions);
    }

    [Fact]
    public void What_is_over_is_forgotten_once_that_is_durable_and_can_not_come_back()
    {
        var committed = Prepared().Receive(Cast.Coordinator, Commit).Next.Applied(Cast.Id).Next;
        var floor = new CommitRecord.Floor(Cast.Id with { Number = 2 });
        var (raised, actions) = committed.Receive(Cast.Coordinator, new CommitMessage.RaiseFloor(floor.Id));
        Assert.Equal(floor, Assert.Single(actions.OfType<CommitAction.Record>()).Content);
        Assert.Single(raised.Transactions);
        var forgotten = raised.Recorded(floor).Next;
        Assert.Empty(forgotten.Transactions);
        Assert.Equal(RefusalReason.Over, Assert.Single(Sent<CommitMessage.Vote>(forgotten.Receive(Cast.Coordinator, Question).Actions)).Message.Refusal?.Reason);
        Assert.Single(Sent<CommitMessage.Acknowledge>(forgotten.Receive(Cast.Coordinator, Commit).Actions));
        Assert.Empty(forgotten.Receive(Cast.Coordinator, Abort).Next.Transactions);
    }

    [Fact]
    public void A_promise_below_the_floor_was_aborted()
    {
        var (raised, actions) = Prepared().Receive(Cast.Coordinator, Question with { Id = Cast.Id with { Number = 2 }, Floor = 2 });
        Assert.Contains(actions, action => action is CommitAction.Release);
        Assert.Contains(actions, action => action is CommitAction.Validate);
        Assert.Equal(Cast.Id with { Number = 2 }, raised.HolderOf(Cast.Entity));
        Assert.Empty(CommitParticipant.Open(Cast.Ann, Cast.Options, [Promise, new CommitRecord.Floor(Cast.Id with { Number = 2 })]).Next.InDoubt);
    }

    private static CommitParticipant Fresh() => CommitParticipant.Open(Cast.Ann, Cast.Options, []).Next;

    private static CommitParticipant Prepared() => CommitParticipant.Open(Cast.Ann, Cast.Options, [Promise]).Next;

    private static IEnumerable<(ReplicaId To, T Message)> Sent<T>(IEnumerable<CommitAction> actions)
        where T : CommitMessage =>
        actions.OfType<CommitAction.Send>().Where(send => send.Message is T).Select(send => (send.To, (T)send.Message));
}
