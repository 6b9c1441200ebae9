using Crdt.Clocks;
using Crdt.Entities;

namespace Crdt.Sync.Commit;

/// <summary>
/// What coordinator and participants say to each other. Messages may be lost, doubled, and overtake each other; <c>docs/commit-protocol.md</c> has
/// their bytes, and who may say what when.
/// </summary>
/// <param name="Id">The transaction.</param>
internal abstract record CommitMessage(TransactionId Id)
{
    /// <summary>Asks a participant to promise that it will commit.</summary>
    /// <param name="Id">The transaction.</param>
    /// <param name="Floor">As in <see cref="CommitMessage.RaiseFloor"/>, so that memory is bounded though that one is lost.</param>
    /// <param name="Lease">How long the promise is kept before the participant begins to ask.</param>
    /// <param name="Participants">All participants, ascending: whom to ask where the coordinator is gone.</param>
    /// <param name="Entities">What is touched there, ascending.</param>
    /// <param name="Operations">What is to be done there, in a form that only the port that validates knows.</param>
    public sealed record Prepare(
        TransactionId Id, ulong Floor, TimeSpan Lease, IReadOnlyList<ReplicaId> Participants, IReadOnlyList<EntityId> Entities, ReadOnlyMemory<byte> Operations)
        : CommitMessage(Id);

    /// <summary>A participant's vote: commit where there is no refusal.</summary>
    public sealed record Vote(TransactionId Id, Refusal? Refusal) : CommitMessage(Id);

    /// <summary>The coordinator's decision: commit with this event, or abort where there is none.</summary>
    public sealed record Outcome(TransactionId Id, ReadOnlyMemory<byte>? Event) : CommitMessage(Id);

    /// <summary>The commit is durable at this participant. Aborts are not acknowledged: they are presumed.</summary>
    public sealed record Acknowledge(TransactionId Id) : CommitMessage(Id);

    /// <summary>A participant in doubt asks for the outcome.</summary>
    /// <param name="Id">The transaction.</param>
    /// <param name="Asked">The incarnation that is meant: only that one may conclude anything from knowing nothing.</param>
    public sealed record Inquire(TransactionId Id, ReplicaId Asked) : CommitMessage(Id);

    /// <summary>The answer to that; the event comes with <see cref="AnswerKind.Committed"/> only.</summary>
    public sealed record Answer(TransactionId Id, AnswerKind Kind, ReadOnlyMemory<byte> Event = default) : CommitMessage(Id);

    /// <summary>All transactions of the coordinator below this one are over: who has not acknowledged a commit of one may take it for aborted.</summary>
    public sealed record RaiseFloor(TransactionId Id) : CommitMessage(Id);
}
