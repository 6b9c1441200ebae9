using Crdt.Clocks;
using Crdt.Storage;
using Crdt.Sync.Storage;
using Crdt.Tests.Simulation.Schedules;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>Commits, with a mistake where one is asked for.</summary>
internal sealed class FaultyCommit(Mistake mistake, Peer peer)
{
    private const int OneIn = 3;

    /// <summary>The disk before the last commit, where that is what a crash leaves.</summary>
    public InMemoryDisk? Before { get; private set; }

    public ValueTask<IReadOnlyList<long>> CommitAsync(IReplicaStore store, StoreCommit commit)
    {
        if (mistake == Mistake.AcknowledgesEarly) Before = peer.Disk.Copy();
        var isWrong = commit.Revision % OneIn == 0;
        return store.CommitAsync(mistake switch
        {
            Mistake.ForgetsClock => commit with { Clock = default },
            Mistake.ForgetsVectors when isWrong => commit with { Vectors = Stale(commit) },
            Mistake.LosesRows when isWrong => commit with { Entities = [.. commit.Entities.Skip(1)] },
            Mistake.LosesEvents when isWrong => commit with { Events = [.. commit.Events.Skip(1)] },
            Mistake.KeepsRemoved => commit with { Entities = [.. commit.Entities.Where(write => !write.State.IsEmpty)] },
            _ => commit,
        });
    }

    /// <summary>Does before a failure what should not have been done.</summary>
    public async ValueTask FailAsync(IReplicaStore store, StoreCommit commit, WriteFault fault)
    {
        if (mistake == Mistake.WritesRefused && fault == WriteFault.Refused) await store.CommitAsync(commit);
        if (mistake == Mistake.TearsCommits && fault == WriteFault.CrashBefore) await store.CommitAsync(commit with { Vectors = Stale(commit), Events = [] });
    }

    private Dictionary<string, VersionVector> Stale(StoreCommit commit) => commit.Vectors.Keys.ToDictionary(lane => lane, peer.Seen.VectorOf);
}
