using Crdt.Clocks;

namespace Crdt.Sync.Commit;

/// <content>From the question to the vote.</content>
internal sealed partial record CommitParticipant
{
    /// <summary>A message came. Who sent it is the driver's word, and not the message's.</summary>
    public CommitStep<CommitParticipant> Receive(ReplicaId from, CommitMessage message) => message switch
    {
        CommitMessage.Prepare prepare when from == prepare.Id.Coordinator => Consider(prepare),
        CommitMessage.Outcome { Event: { } content } => LearnCommit(from, message.Id, content),
        CommitMessage.Outcome => LearnAbort(from, message.Id),
        CommitMessage.Answer { Kind: AnswerKind.Committed } answer => LearnCommit(from, answer.Id, answer.Event),
        CommitMessage.Answer { Kind: AnswerKind.Aborted } => LearnAbort(from, message.Id),
        CommitMessage.Inquire inquiry => AnswerTo(from, inquiry),
        CommitMessage.RaiseFloor when from == message.Id.Coordinator => Raise(message.Id),
        _ => new(this),
    };

    /// <summary>Whether the operations are valid here is known.</summary>
    public CommitStep<CommitParticipant> Validated(TransactionId id, Refusal? refusal)
    {
        if (Find(id) is not { Phase: ParticipantPhase.Validating } transaction) return new(this);
        if (refusal is not null) return Drop(transaction, Refuse(id, refusal));
        var record = new CommitRecord.Prepared(id, transaction.Participants, transaction.Entities, transaction.Operations);
        return new(With(transaction with { Phase = ParticipantPhase.Recording }), new CommitAction.Record(record));
    }

    /// <summary>A record is durable.</summary>
    public CommitStep<CommitParticipant> Recorded(CommitRecord record) => (record, Find(record.Id)) switch
    {
        (CommitRecord.Prepared, { Phase: ParticipantPhase.Recording } transaction) => new(
            With(transaction with { Phase = ParticipantPhase.Prepared }), Accept(record.Id), new CommitAction.SetTimer(record.Id, transaction.Lease)),
        (CommitRecord.Aborted, { Phase: ParticipantPhase.Refusing } transaction) => new(With(transaction with { Phase = ParticipantPhase.Aborted })),
        (CommitRecord.Settled settled, { Phase: ParticipantPhase.Prepared } transaction) => Close(transaction with { Phase = ParticipantPhase.Settled, Settlement = settled.Outcome }),
        (CommitRecord.Floor, _) => new(Forget(record.Id.Coordinator)),
        _ => new(this),
    };

    /// <summary>A record could not be written, and is not in the log.</summary>
    public CommitStep<CommitParticipant> NotRecorded(CommitRecord record, string reason) => (record, Find(record.Id)) switch
    {
        (CommitRecord.Prepared, { Phase: ParticipantPhase.Recording } transaction) => Drop(transaction, Refuse(record.Id, new(RefusalReason.NotDurable, reason))),
        (CommitRecord.Aborted, { Phase: ParticipantPhase.Refusing } transaction) => Drop(transaction),
        _ => new(this),
    };

    private CommitStep<CommitParticipant> Consider(CommitMessage.Prepare prepare)
    {
        var (next, raised) = Raise(prepare.Id with { Number = prepare.Floor });
        var (considered, actions) = next.Find(prepare.Id) is { } known ? next.Repeat(known) : next.ConsiderNew(prepare);
        return new(considered, [.. raised, .. actions]);
    }

    // A promise that was made once is not examined again, whatever the second question asks for.
    private CommitStep<CommitParticipant> Repeat(ParticipantTransaction known) => known.Phase switch
    {
        ParticipantPhase.Prepared => new(this, Accept(known.Id)),
        ParticipantPhase.Committed => new(this, new CommitAction.Send(known.Id.Coordinator, new CommitMessage.Acknowledge(known.Id))),
        ParticipantPhase.Aborted or ParticipantPhase.Refusing => new(this, Refuse(known.Id, new(RefusalReason.Over))),
        _ => new(this),
    };

    private CommitStep<CommitParticipant> ConsiderNew(CommitMessage.Prepare prepare)
    {
        if (FindRefusal(prepare) is { } refusal) return new(this, Refuse(prepare.Id, refusal));
        var lease = prepare.Lease < Options.MaxLease ? prepare.Lease : Options.MaxLease;
        var transaction = new ParticipantTransaction(prepare.Id, ParticipantPhase.Validating)
        {
            Participants = prepare.Participants,
            Entities = prepare.Entities,
            Operations = prepare.Operations,
            Lease = lease,
        };
        return new(
            With(transaction) with { Reservations = Reservations.Add(prepare.Id, prepare.Entities) },
            new CommitAction.Reserve(prepare.Id, prepare.Entities),
            new CommitAction.SetTimer(prepare.Id, lease),
            new CommitAction.Validate(prepare.Id, prepare.Entities, prepare.Operations));
    }

    private Refusal? FindRefusal(CommitMessage.Prepare prepare)
    {
        if (IsBelowFloor(prepare.Id)) return new(RefusalReason.Over);
        if (!prepare.Participants.Contains(Self)) return new(RefusalReason.NotParticipant);
        if (IsFull) return new(RefusalReason.Busy);
        return Reservations.FindHolder(prepare.Entities, prepare.Id) is { } holder ? new(RefusalReason.Reserved, Holder: holder) : null;
    }

    private static CommitAction.Send Accept(TransactionId id) => new(id.Coordinator, new CommitMessage.Vote(id, null));

    private static CommitAction.Send Refuse(TransactionId id, Refusal refusal) => new(id.Coordinator, new CommitMessage.Vote(id, refusal));
}
