using Crdt.Clocks;
using Crdt.Entities;

namespace Crdt.Sync.Commit;

/// <summary>What has to be in the log of one side before certain messages may leave it. A later record of a transaction supersedes the ones before it.</summary>
/// <param name="Id">The transaction.</param>
internal abstract record CommitRecord(TransactionId Id)
{
    /// <summary>Coordinator, before the first <see cref="CommitMessage.Prepare"/>: numbers below this one may have been given.</summary>
    public sealed record Numbers(TransactionId Id) : CommitRecord(Id);

    /// <summary>Coordinator, before any <see cref="CommitMessage.Outcome"/> that commits. Written in the store transaction that takes the event's dots.</summary>
    public sealed record Decision(TransactionId Id, IReadOnlyList<ReplicaId> Participants, ReadOnlyMemory<byte> Event) : CommitRecord(Id);

    /// <summary>Coordinator: all participants have acknowledged the commit. Losing it costs a few messages.</summary>
    public sealed record Ended(TransactionId Id) : CommitRecord(Id);

    /// <summary>Participant, before it votes for commit: the promise, and all that is needed to keep it.</summary>
    public sealed record Prepared(TransactionId Id, IReadOnlyList<ReplicaId> Participants, IReadOnlyList<EntityId> Entities, ReadOnlyMemory<byte> Operations) : CommitRecord(Id);

    /// <summary>Participant, before it acknowledges. Written in the store transaction that applies the event.</summary>
    public sealed record Committed(TransactionId Id, ReadOnlyMemory<byte> Event) : CommitRecord(Id);

    /// <summary>Participant, before it tells another one that it never voted for commit, and never will.</summary>
    public sealed record Aborted(TransactionId Id) : CommitRecord(Id);

    /// <summary>Participant, before it forgets what is over: as in <see cref="CommitMessage.RaiseFloor"/>.</summary>
    public sealed record Floor(TransactionId Id) : CommitRecord(Id);

    /// <summary>Participant: an operator has settled what was in doubt.</summary>
    public sealed record Settled(TransactionId Id, CommitOutcome Outcome) : CommitRecord(Id);
}
