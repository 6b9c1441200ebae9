using System.Collections.Immutable;
using Crdt.Clocks;
using Crdt.Sync.Commit;

namespace Crdt.Tests.Sync.Commit;

/// <summary>One process of the exploration: a machine of either side, its log, and what its store has yet to do.</summary>
/// <param name="Self">Which incarnation it is.</param>
internal sealed record Site(ReplicaId Self)
{
    public CommitCoordinator? Coordinator { get; init; }

    public CommitParticipant? Participant { get; init; }

    public ImmutableList<CommitRecord> Log { get; init; } = [];

    /// <summary>What is being written, in order. At a crash any number of them, from the first on, are durable.</summary>
    public ImmutableList<Write> Writes { get; init; } = [];

    public bool IsValidating { get; init; }

    public bool HasTimer { get; init; }

    /// <summary>It has sent a vote for commit at some time.</summary>
    public bool HasPromised { get; init; }

    /// <summary>A message that tells the outcome has reached it at some time.</summary>
    public bool HasHeard { get; init; }

    /// <summary>A decision to commit was in its log at some time.</summary>
    public bool HasDecided { get; init; }

    /// <summary>What the caller was told.</summary>
    public CommitOutcome? Told { get; init; }

    /// <summary>It learnt an outcome that is not the one it acted on.</summary>
    public bool IsContradicted { get; init; }

    public ParticipantTransaction? Known => Participant?.Transactions.GetValueOrDefault(Cast.Id);

    public bool HasReservation => Participant?.HolderOf(Cast.Entity) == Cast.Id;

    public bool HasLogged<T>() => Log.Exists(record => record is T);

    public bool IsCommitted => HasDecided || Told == CommitOutcome.Commit || HasLogged<CommitRecord.Committed>()
        || Known?.Phase is ParticipantPhase.Applying or ParticipantPhase.Stalled or ParticipantPhase.Committed;

    public bool IsAborted => Told == CommitOutcome.Abort || HasLogged<CommitRecord.Aborted>() || Known?.Phase == ParticipantPhase.Aborted;

    /// <summary>Nothing is left to do, and nothing reserved.</summary>
    public bool IsSettled => Writes.IsEmpty && !IsValidating && !HasReservation && Coordinator?.Unfinished.Any() != true && Participant?.InDoubt.Any() != true;

    /// <summary>Equal for sites that behave equally from here on, after renaming the participants.</summary>
    public string Fingerprint(Func<ReplicaId, ReplicaId> rename)
    {
        var machine = Coordinator is { } coordinator
            ? string.Join(';', coordinator.Unfinished.Select(each => $"{each.Phase}{each.IsWanted}{Names(each.Willing, rename)}{Names(each.Acknowledged, rename)}"))
            : $"{Known?.Phase}{Known?.HasAsked}{Participant!.FloorOf(Cast.Coordinator)}{HasReservation}";
        var log = string.Join(',', Log.Select(record => record.GetType().Name));
        var writes = string.Join(',', Writes.Select(write => write.Record.GetType().Name + write.IsSilent));
        return $"{rename(Self)}|{machine}|{log}|{writes}|{IsValidating}{HasTimer}{HasPromised}{HasHeard}{HasDecided}{Told}{IsContradicted}";
    }

    private static string Names(IEnumerable<ReplicaId> replicas, Func<ReplicaId, ReplicaId> rename) => string.Join(',', replicas.Select(rename).Order().Select(replica => replica.Value));
}
