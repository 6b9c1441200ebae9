using Crdt.Clocks;
using Crdt.Entities;

namespace Crdt.Sync.Commit;

/// <summary>
/// What a coordinator or a participant asks of whoever drives it. What is asked of the store ends with exactly one report, or with the process: a
/// write of which nobody knows whether it happened is not reported, and the machine is opened anew from the log.
/// </summary>
/// <param name="Id">The transaction.</param>
internal abstract record CommitAction(TransactionId Id)
{
    /// <summary>Send a message; it may be lost.</summary>
    public sealed record Send(ReplicaId To, CommitMessage Message) : CommitAction(Message.Id);

    /// <summary>Make a record durable, in the order of the actions, and report <c>Recorded</c> or <c>NotRecorded</c>.</summary>
    public sealed record Record(CommitRecord Content) : CommitAction(Content.Id);

    /// <summary>
    /// In one store transaction: take dots, make the event of the transaction's operations, apply it here and write the
    /// <see cref="CommitRecord.Decision"/> that has it. Report <c>Decided</c>, or <c>NotDecided</c> where nothing was written.
    /// </summary>
    public sealed record Decide(TransactionId Id, IReadOnlyList<ReplicaId> Participants) : CommitAction(Id);

    /// <summary>
    /// In one store transaction: apply the event, which does nothing where it came by synchronisation already, and write the record. Report <c>Applied</c>,
    /// or <c>NotApplied</c> where nothing was written, for instance because the events that it depends on have yet to come.
    /// </summary>
    public sealed record Apply(CommitRecord.Committed Content) : CommitAction(Content.Id);

    /// <summary>Find out whether the operations are valid here, and report <c>Validated</c>.</summary>
    public sealed record Validate(TransactionId Id, IReadOnlyList<EntityId> Entities, ReadOnlyMemory<byte> Operations) : CommitAction(Id);

    /// <summary>From now on no local commit may touch these entities.</summary>
    public sealed record Reserve(TransactionId Id, IReadOnlyList<EntityId> Entities) : CommitAction(Id);

    /// <summary>The reservation of the transaction is over.</summary>
    public sealed record Release(TransactionId Id) : CommitAction(Id);

    /// <summary>Call <c>TimerFired</c> after so long; it takes the place of the transaction's timer before.</summary>
    public sealed record SetTimer(TransactionId Id, TimeSpan Delay) : CommitAction(Id);

    /// <summary>The transaction needs no timer any more.</summary>
    public sealed record StopTimer(TransactionId Id) : CommitAction(Id);

    /// <summary>Tell the caller how it ended, and who refused.</summary>
    public sealed record Finish(TransactionId Id, CommitOutcome Outcome, IReadOnlyList<(ReplicaId Participant, Refusal Refusal)> Refusals) : CommitAction(Id);

    /// <summary>Tell the operator that the outcome is not the one that this participant acted on. The data still converge; the isolation was broken.</summary>
    public sealed record Contradicted(TransactionId Id, CommitOutcome Outcome) : CommitAction(Id);
}
