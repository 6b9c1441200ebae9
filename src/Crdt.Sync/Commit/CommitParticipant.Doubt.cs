using Crdt.Clocks;

namespace Crdt.Sync.Commit;

/// <content>From the vote to the outcome.</content>
internal sealed partial record CommitParticipant
{
    /// <summary>The timer of a transaction fired: its lease is over, or it is time to try again.</summary>
    public CommitStep<CommitParticipant> TimerFired(TransactionId id) => Find(id) switch
    {
        { Phase: ParticipantPhase.Validating } transaction => Drop(transaction, Refuse(id, new(RefusalReason.TooLate))),
        { Phase: ParticipantPhase.Prepared } transaction => Ask(transaction),
        { Phase: ParticipantPhase.Stalled } transaction => Apply(transaction),
        _ => new(this),
    };

    /// <summary>The event is applied, durably and with its record.</summary>
    public CommitStep<CommitParticipant> Applied(TransactionId id) => Find(id) is { Phase: ParticipantPhase.Applying } transaction
        ? Close(transaction with { Phase = ParticipantPhase.Committed }, Confirm(id.Coordinator, id))
        : new(this);

    /// <summary>The event could not be applied, and nothing was written. The outcome is kept in mind, the reservation too, and it is tried again.</summary>
    public CommitStep<CommitParticipant> NotApplied(TransactionId id) => Find(id) is { Phase: ParticipantPhase.Applying } transaction
        ? new(With(transaction with { Phase = ParticipantPhase.Stalled }), new CommitAction.SetTimer(id, Options.RetryInterval))
        : new(this);

    private CommitStep<CommitParticipant> Ask(ParticipantTransaction transaction)
    {
        var others = transaction.HasAsked ? transaction.Participants.Where(each => each != Self && each != transaction.Id.Coordinator) : [];
        var asked = others.Prepend(transaction.Id.Coordinator).Select(each => new CommitAction.Send(each, new CommitMessage.Inquire(transaction.Id, each)));
        return new(With(transaction with { HasAsked = true }), [.. asked, new CommitAction.SetTimer(transaction.Id, Options.RetryInterval)]);
    }

    private CommitStep<CommitParticipant> LearnCommit(ReplicaId from, TransactionId id, ReadOnlyMemory<byte> content)
    {
        var known = Find(id);
        if (known is { Phase: ParticipantPhase.Committed } || (known is null && IsBelowFloor(id))) return new(this, Confirm(from, id));
        // Of what was never asked here only the coordinator can know, and it corrects what somebody else has said and can't be applied.
        if (known is null && (from != id.Coordinator || IsFull)) return new(this);
        if (known is { Phase: ParticipantPhase.Applying }) return new(this);
        if (known is { Phase: ParticipantPhase.Stalled } && (from != id.Coordinator || known.Event.Span.SequenceEqual(content.Span))) return new(this);
        var (next, actions) = Apply((known ?? new(id, default)) with { Event = content });
        var isOther = known is { Phase: ParticipantPhase.Aborted or ParticipantPhase.Refusing } or { Phase: ParticipantPhase.Settled, Settlement: CommitOutcome.Abort };
        return isOther ? new(next, [.. actions, new CommitAction.Contradicted(id, CommitOutcome.Commit)]) : new(next, actions);
    }

    private CommitStep<CommitParticipant> Apply(ParticipantTransaction transaction) => new(
        With(transaction with { Phase = ParticipantPhase.Applying }),
        new CommitAction.StopTimer(transaction.Id),
        new CommitAction.Apply(new(transaction.Id, transaction.Event)));

    private CommitStep<CommitParticipant> LearnAbort(ReplicaId from, TransactionId id)
    {
        var known = Find(id);
        if (from != id.Coordinator && known?.Participants.Contains(from) != true) return new(this);
        // Kept in mind for a question that was overtaken. It is no loss to forget it: who promises once more hears of the abort once more.
        if (known is null) return IsFull || IsBelowFloor(id) ? new(this) : new(With(new(id, ParticipantPhase.Aborted)));
        return Abort(known);
    }

    private CommitStep<CommitParticipant> Abort(ParticipantTransaction known)
    {
        var aborted = known with { Phase = ParticipantPhase.Aborted };
        return known.Phase switch
        {
            ParticipantPhase.Validating => Close(aborted),
            ParticipantPhase.Recording or ParticipantPhase.Prepared => Close(aborted, new CommitAction.Record(new CommitRecord.Aborted(known.Id))),
            ParticipantPhase.Refusing => new(With(aborted)),
            ParticipantPhase.Settled when known.Settlement == CommitOutcome.Commit => new(
                With(aborted), new CommitAction.Record(new CommitRecord.Aborted(known.Id)), new CommitAction.Contradicted(known.Id, CommitOutcome.Abort)),
            ParticipantPhase.Settled => new(With(aborted), new CommitAction.Record(new CommitRecord.Aborted(known.Id))),
            // Who has committed hears it from a coordinator that has long forgotten the transaction, and was asked before that.
            _ => new(this),
        };
    }

    private CommitStep<CommitParticipant> AnswerTo(ReplicaId from, CommitMessage.Inquire inquiry)
    {
        var id = inquiry.Id;
        // A restored copy may have lost a promise, so of what it does not know it can't say that it will refuse.
        var isMeant = inquiry.Asked == Self;
        return Find(id) switch
        {
            { Phase: ParticipantPhase.Applying or ParticipantPhase.Stalled or ParticipantPhase.Committed } known => Answer(from, id, AnswerKind.Committed, known.Event),
            { Phase: ParticipantPhase.Aborted } => Answer(from, id, AnswerKind.Aborted),
            { Phase: ParticipantPhase.Refusing } => new(this),
            { } => Answer(from, id, AnswerKind.InDoubt),
            null when IsBelowFloor(id) => Answer(from, id, AnswerKind.Aborted),
            null when isMeant && HasRoomToRefuse => new(With(new(id, ParticipantPhase.Refusing)), new CommitAction.Record(new CommitRecord.Aborted(id))),
            null => Answer(from, id, AnswerKind.Unknown),
        };
    }

    private CommitStep<CommitParticipant> Raise(TransactionId floor)
    {
        if (floor.Number <= FloorOf(floor.Coordinator)) return new(this);
        var (next, actions) = (WithFloor(floor), new List<CommitAction>());
        // One that this participant had committed would not be over before it had said so.
        foreach (var doubtful in Transactions.Values.Where(each => each.Id.Coordinator == floor.Coordinator && each.Id.Number < floor.Number && !each.IsOver))
        {
            (next, var aborted) = next.Abort(doubtful);
            actions.AddRange(aborted);
        }

        var hasMore = Transactions.Keys.Any(id => id.Coordinator == floor.Coordinator && id.Number < floor.Number);
        return new(next, hasMore ? [.. actions, new CommitAction.Record(new CommitRecord.Floor(floor))] : actions);
    }

    private static CommitAction.Send Confirm(ReplicaId to, TransactionId id) => new(to, new CommitMessage.Acknowledge(id));

    private CommitStep<CommitParticipant> Answer(ReplicaId to, TransactionId id, AnswerKind kind, ReadOnlyMemory<byte> content = default) =>
        new(this, new CommitAction.Send(to, new CommitMessage.Answer(id, kind, content)));
}
