using Crdt.Clocks;
using Crdt.Sync.Commit;

namespace Crdt.Sync.Distributed;

/// <summary>What a participant said when it was asked whether it can commit.</summary>
/// <param name="Participant">Who.</param>
/// <param name="Refusal">Why it can't; null where it can and has promised to.</param>
public sealed record ParticipantVote(ReplicaId Participant, Refusal? Refusal)
{
    /// <summary>Whether it has promised to commit.</summary>
    public bool IsCommit => Refusal is null;
}
