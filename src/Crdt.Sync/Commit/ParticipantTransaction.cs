using Crdt.Clocks;
using Crdt.Entities;

namespace Crdt.Sync.Commit;

/// <summary>What a participant knows of one transaction.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Phase">Where it is.</param>
internal sealed record ParticipantTransaction(TransactionId Id, ParticipantPhase Phase)
{
    /// <summary>All participants, this one too.</summary>
    public IReadOnlyList<ReplicaId> Participants { get; init; } = [];

    /// <summary>What it touches here.</summary>
    public IReadOnlyList<EntityId> Entities { get; init; } = [];

    /// <summary>What it does here.</summary>
    public ReadOnlyMemory<byte> Operations { get; init; }

    /// <summary>How long the promise is kept before the participant asks.</summary>
    public TimeSpan Lease { get; init; }

    /// <summary>Whether the coordinator was asked already, so that the others are asked next.</summary>
    public bool HasAsked { get; init; }

    /// <summary>The event, once the commit is known.</summary>
    public ReadOnlyMemory<byte> Event { get; init; }

    /// <summary>What the operator settled on.</summary>
    public CommitOutcome Settlement { get; init; }

    /// <summary>Whether nothing will come of it any more, so that it is kept only for those who ask.</summary>
    public bool IsOver => Phase is ParticipantPhase.Committed or ParticipantPhase.Aborted or ParticipantPhase.Settled;
}
