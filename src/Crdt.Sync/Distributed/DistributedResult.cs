using Crdt.Clocks;
using Crdt.Sync.Commit;

namespace Crdt.Sync.Distributed;

/// <summary>How a distributed transaction ended.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Decision">What was decided; with an abort nothing has changed anywhere.</param>
/// <param name="Participants">Where each participant is, as far as it has said. A commit that is pending somewhere is certain all the same: it is told until it is there.</param>
/// <param name="Votes">What they had voted, as far as that is known.</param>
public sealed record DistributedResult(
    TransactionId Id, CommitOutcome Decision, IReadOnlyDictionary<ReplicaId, ParticipantStatus> Participants, IReadOnlyList<ParticipantVote> Votes)
{
    /// <summary>Whether it was committed.</summary>
    public bool IsCommitted => Decision == CommitOutcome.Commit;
}
