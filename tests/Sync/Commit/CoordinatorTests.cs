using Crdt.Clocks;
using Crdt.Sync.Commit;

namespace Crdt.Tests.Sync.Commit;

/// <summary>What a coordinator makes of votes that should not have come, of a full disk, and of a log that was restored.</summary>
public sealed class CoordinatorTests
{
    private static readonly CommitRecord.Decision Decision = new(Cast.Id, Cast.Participants(2), Cast.Event);
    private static readonly CommitMessage.Vote Yes = new(Cast.Id, null), No = new(Cast.Id, new(RefusalReason.Invalid, "no such account"));

    [Fact]
    public void A_vote_that_comes_twice_counts_once()
    {
        var coordinator = Voting().Receive(Cast.Ann, Yes).Next;
        Assert.Empty(coordinator.Receive(Cast.Ann, Yes).Actions);
        Assert.Single(coordinator.Receive(Cast.Bob, Yes).Actions.OfType<CommitAction.Decide>());
    }

    [Fact]
    public void A_vote_of_somebody_else_does_not_count()
    {
        var coordinator = Voting().Receive(Cast.Ann, Yes).Next;
        Assert.Empty(coordinator.Receive(Cast.Cem, Yes).Actions);
        Assert.Empty(coordinator.Receive(Cast.Cem, No).Actions);
    }

    [Fact]
    public void A_refusal_after_a_vote_for_commit_aborts_and_tells_why()
    {
        var aborted = Voting().Receive(Cast.Ann, Yes).Next.Receive(Cast.Ann, No);
        var finish = Assert.Single(aborted.Actions.OfType<CommitAction.Finish>());
        Assert.Equal((CommitOutcome.Abort, Cast.Ann, "no such account"), (finish.Outcome, finish.Refusals[0].Participant, finish.Refusals[0].Refusal.Text));
        Assert.Equal([Cast.Ann, Cast.Bob], Sent<CommitMessage.Outcome>(aborted.Actions).Select(sent => sent.To));
        Assert.Equal(CommitOutcome.Abort, Assert.Single(aborted.Next.Commit(Cast.Id).Actions.OfType<CommitAction.Finish>()).Outcome);
    }

    [Fact]
    public void A_vote_after_the_decision_is_answered_with_it()
    {
        var coordinator = Voting().Decided(Decision).Next;
        foreach (var vote in new[] { Yes, No }) Assert.NotNull(Assert.Single(Sent<CommitMessage.Outcome>(coordinator.Receive(Cast.Bob, vote).Actions)).Message.Event);
        var aborted = Voting().Abort(Cast.Id).Next;
        Assert.Null(Assert.Single(Sent<CommitMessage.Outcome>(aborted.Receive(Cast.Bob, Yes).Actions)).Message.Event);
    }

    [Fact]
    public void Whoever_is_late_is_named()
    {
        var finish = Assert.Single(Voting().Receive(Cast.Ann, Yes).Next.TimerFired(Cast.Id).Actions.OfType<CommitAction.Finish>());
        var (participant, refusal) = Assert.Single(finish.Refusals);
        Assert.Equal((Cast.Bob, RefusalReason.TooLate), (participant, refusal.Reason));
    }

    [Fact]
    public void It_is_too_late_to_abort_while_the_decision_is_written()
    {
        var coordinator = Voting().Receive(Cast.Ann, Yes).Next.Receive(Cast.Bob, Yes).Next;
        Assert.Empty(coordinator.Abort(Cast.Id).Actions);
        Assert.Empty(coordinator.TimerFired(Cast.Id).Actions);
        var refused = coordinator.NotDecided(Cast.Id, new(RefusalReason.NotDurable, "full"));
        Assert.Equal(CommitOutcome.Abort, Assert.Single(refused.Actions.OfType<CommitAction.Finish>()).Outcome);
    }

    [Fact]
    public void No_number_is_given_twice_and_none_leaves_before_it_is_durable()
    {
        var (coordinator, asked) = CommitCoordinator.Open(Cast.Coordinator, Cast.Options, []).Next.Begin(out var id).Next.Prepare(id, Shares());
        var numbers = Assert.Single(asked.OfType<CommitAction.Record>()).Content;
        Assert.Empty(Sent<CommitMessage.Prepare>(asked));
        Assert.Equal(2, Sent<CommitMessage.Prepare>(coordinator.Recorded(numbers).Actions).Count());
        Assert.Equal(CommitOutcome.Abort, Assert.Single(coordinator.NotRecorded(numbers, "full").Actions.OfType<CommitAction.Finish>()).Outcome);
        CommitCoordinator.Open(Cast.Coordinator, Cast.Options, [numbers]).Next.Begin(out var later);
        Assert.Equal(numbers.Id.Number, later.Number);
    }

    [Fact]
    public void A_restored_coordinator_tells_what_its_log_has_and_presumes_nothing()
    {
        var lost = CommitCoordinator.Open(Cast.Restored, Cast.Options, [new CommitRecord.Numbers(Cast.Id with { Number = 257 })]).Next;
        Assert.Equal(AnswerKind.Unknown, Assert.Single(Sent<CommitMessage.Answer>(lost.Receive(Cast.Ann, new CommitMessage.Inquire(Cast.Id, Cast.Coordinator)).Actions)).Message.Kind);
        Assert.Empty(lost.Receive(Cast.Ann, Yes).Actions);
        lost.Begin(out var id);
        Assert.Equal(new(Cast.Restored, 1), id);
        var (kept, told) = CommitCoordinator.Open(Cast.Restored, Cast.Options, [Decision]);
        Assert.Equal(2, Sent<CommitMessage.Outcome>(told).Count());
        Assert.Equal(AnswerKind.Committed, Assert.Single(Sent<CommitMessage.Answer>(kept.Receive(Cast.Ann, new CommitMessage.Inquire(Cast.Id, Cast.Coordinator)).Actions)).Message.Kind);
        Assert.Equal(AnswerKind.Aborted, Assert.Single(Sent<CommitMessage.Answer>(kept.Receive(Cast.Ann, new CommitMessage.Inquire(id, Cast.Restored)).Actions)).Message.Kind);
    }

    [Fact]
    public void An_operator_dismisses_a_participant_that_never_comes_back()
    {
        var coordinator = Voting().Decided(Decision).Next.Receive(Cast.Ann, new CommitMessage.Acknowledge(Cast.Id)).Next;
        Assert.Equal([Cast.Bob], Assert.Single(coordinator.Unfinished).Missing);
        var (next, actions) = coordinator.Dismiss(Cast.Id, Cast.Bob);
        Assert.Empty(next.Unfinished);
        Assert.Equal(2UL, Sent<CommitMessage.RaiseFloor>(actions).First().Message.Id.Number);
    }

    private static CommitCoordinator Voting()
    {
        var coordinator = CommitCoordinator.Open(Cast.Coordinator, Cast.Options, []).Next.Begin(out var id).Next;
        var (numbering, actions) = coordinator.Prepare(id, Shares());
        return numbering.Recorded(actions.OfType<CommitAction.Record>().Single().Content).Next.Commit(id).Next;
    }

    private static IEnumerable<Share> Shares() => Cast.Participants(2).Select(each => new Share(each, [Cast.Entity], default));

    private static IEnumerable<(ReplicaId To, T Message)> Sent<T>(IEnumerable<CommitAction> actions)
        where T : CommitMessage =>
        actions.OfType<CommitAction.Send>().Where(send => send.Message is T).Select(send => (send.To, (T)send.Message));
}
