using Crdt.Clocks;

namespace Crdt.Sync.Commit;

/// <content>From the question to the end.</content>
internal sealed partial record CommitCoordinator
{
    /// <summary>A message came. Who sent it is the driver's word, and not the message's.</summary>
    public CommitStep<CommitCoordinator> Receive(ReplicaId from, CommitMessage message) => message switch
    {
        CommitMessage.Vote vote => Count(from, vote),
        CommitMessage.Acknowledge => Acknowledge(message.Id, from),
        CommitMessage.Inquire => new(this, AnswerTo(from, message.Id)),
        _ => new(this),
    };

    /// <summary>The decision is durable, and from now on nobody can take it back.</summary>
    public CommitStep<CommitCoordinator> Decided(CommitRecord.Decision decision)
    {
        var transaction = Restore(decision);
        return new(With(transaction), [Finish(decision.Id, CommitOutcome.Commit), .. Tell(transaction)]);
    }

    /// <summary>The decision could not be written, and is not in the log.</summary>
    public CommitStep<CommitCoordinator> NotDecided(TransactionId id, Refusal refusal) =>
        TryGet(id, CoordinatorPhase.Deciding, out var transaction)
            ? Abort(transaction with { Phase = CoordinatorPhase.Voting }, (Self, refusal))
            : new(this);

    private CommitStep<CommitCoordinator> Ask(CoordinatedTransaction transaction)
    {
        var floor = Floor;
        var asked = transaction.Shares.Select(share => new CommitAction.Send(share.Participant, new CommitMessage.Prepare(
            transaction.Id, floor, Options.Lease, transaction.Participants, [.. share.Entities.Order()], share.Operations)));
        return new(With(transaction with { Phase = CoordinatorPhase.Voting, Shares = [] }), [.. asked]);
    }

    private CommitStep<CommitCoordinator> Count(ReplicaId from, CommitMessage.Vote vote)
    {
        // A vote for what is over: the voter waits for an outcome that it has not heard, or that it has and the vote is old.
        if (!Transactions.TryGetValue(vote.Id, out var transaction)) return new(this, vote.Refusal is null ? AnswerAsOutcome(from, vote.Id) : []);
        if (!transaction.Participants.Contains(from)) return new(this);
        if (transaction.Phase == CoordinatorPhase.Committed) return new(this, new CommitAction.Send(from, new CommitMessage.Outcome(vote.Id, transaction.Event)));
        if (vote.Refusal is { } refusal) return Abort(transaction, (from, refusal));
        return transaction.Phase == CoordinatorPhase.Voting ? DecideIfReady(transaction with { Willing = transaction.Willing.Add(from) }) : new(this);
    }

    private CommitStep<CommitCoordinator> DecideIfReady(CoordinatedTransaction transaction)
    {
        var isReady = transaction.Phase == CoordinatorPhase.Voting && transaction.IsWanted && transaction.Willing.Count == transaction.Participants.Count;
        return isReady
            ? new(With(transaction with { Phase = CoordinatorPhase.Deciding }), new CommitAction.StopTimer(transaction.Id), new CommitAction.Decide(transaction.Id, transaction.Participants))
            : new(With(transaction));
    }

    private CommitStep<CommitCoordinator> Abort(CoordinatedTransaction transaction, params (ReplicaId, Refusal)[] refusals)
    {
        if (transaction.Phase >= CoordinatorPhase.Deciding) return new(With(transaction));
        // Nobody knows of one that nobody was asked for; its number may not be durable, and what is said of it now could be taken for said of the next that gets it.
        var asked = transaction.Phase >= CoordinatorPhase.Voting ? transaction.Participants : [];
        var told = asked.Select(participant => new CommitAction.Send(participant, new CommitMessage.Outcome(transaction.Id, null)));
        return new(Without(transaction.Id), [new CommitAction.StopTimer(transaction.Id), Finish(transaction.Id, CommitOutcome.Abort, refusals), .. told]);
    }

    private IEnumerable<CommitAction> Tell(CoordinatedTransaction transaction)
    {
        foreach (var participant in transaction.Missing) yield return new CommitAction.Send(participant, new CommitMessage.Outcome(transaction.Id, transaction.Event));
        yield return new CommitAction.SetTimer(transaction.Id, Options.RetryInterval);
    }

    private CommitStep<CommitCoordinator> Acknowledge(TransactionId id, ReplicaId from)
    {
        if (!TryGet(id, CoordinatorPhase.Committed, out var transaction) || !transaction.Participants.Contains(from)) return new(this);
        transaction = transaction with { Acknowledged = transaction.Acknowledged.Add(from) };
        if (transaction.Missing.Any()) return new(With(transaction));
        var next = Without(id);
        var ended = new CommitAction[] { new CommitAction.StopTimer(id), new CommitAction.Record(new CommitRecord.Ended(id)) };
        if (id.Coordinator != Self) return new(next, ended);
        var floor = new CommitMessage.RaiseFloor(id with { Number = next.Floor });
        return new(next, [.. ended, .. transaction.Participants.Select(participant => new CommitAction.Send(participant, floor))]);
    }

    private CommitAction.Send AnswerTo(ReplicaId from, TransactionId id)
    {
        if (Transactions.TryGetValue(id, out var transaction))
        {
            return transaction.Phase == CoordinatorPhase.Committed
                ? Answer(from, id, AnswerKind.Committed, transaction.Event)
                : Answer(from, id, AnswerKind.InDoubt);
        }

        return Answer(from, id, IsPresumed(id) ? AnswerKind.Aborted : AnswerKind.Unknown);
    }

    private CommitAction[] AnswerAsOutcome(ReplicaId from, TransactionId id) =>
        IsPresumed(id) ? [new CommitAction.Send(from, new CommitMessage.Outcome(id, null))] : [];

    // Presumed abort: one's own transaction that has no record. Of another incarnation's, the record may have been lost.
    private bool IsPresumed(TransactionId id) => id.Coordinator == Self;

    private static CommitAction.Send Answer(ReplicaId to, TransactionId id, AnswerKind kind, ReadOnlyMemory<byte> content = default) =>
        new(to, new CommitMessage.Answer(id, kind, content));
}
