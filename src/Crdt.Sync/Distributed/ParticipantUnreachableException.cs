using Crdt.Clocks;

namespace Crdt.Sync.Distributed;

/// <summary>Nobody was asked to prepare a distributed transaction, because there is no way to some of the participants.</summary>
/// <param name="participants">Those.</param>
public sealed class ParticipantUnreachableException(IReadOnlyList<ReplicaId> participants)
    : IOException($"There is no way to {string.Join(", ", participants)} at present, so nobody was asked. Let both sides stand ready (StandReadyAsync), leave them out, or queue the transaction as an intent.")
{
    /// <summary>The participants to whom there is no way.</summary>
    public IReadOnlyList<ReplicaId> Participants { get; } = participants;
}
