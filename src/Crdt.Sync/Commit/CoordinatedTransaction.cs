using System.Collections.Immutable;
using Crdt.Clocks;

namespace Crdt.Sync.Commit;

/// <summary>What a coordinator knows of one transaction that is not over.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Phase">Where it is.</param>
internal sealed record CoordinatedTransaction(TransactionId Id, CoordinatorPhase Phase)
{
    /// <summary>What each participant is to do; needed until it has been sent.</summary>
    public IReadOnlyList<Share> Shares { get; init; } = [];

    /// <summary>The participants, ascending.</summary>
    public IReadOnlyList<ReplicaId> Participants { get; init; } = [];

    /// <summary>Who has voted for commit.</summary>
    public ImmutableSortedSet<ReplicaId> Willing { get; init; } = [];

    /// <summary>Who has acknowledged the commit.</summary>
    public ImmutableSortedSet<ReplicaId> Acknowledged { get; init; } = [];

    /// <summary>Whether the caller wants to commit as soon as all are willing.</summary>
    public bool IsWanted { get; init; }

    /// <summary>Once it is committed, its event.</summary>
    public ReadOnlyMemory<byte> Event { get; init; }

    /// <summary>The participants whose acknowledgement has yet to come, ascending.</summary>
    public IEnumerable<ReplicaId> Missing => Participants.Where(participant => !Acknowledged.Contains(participant));
}
