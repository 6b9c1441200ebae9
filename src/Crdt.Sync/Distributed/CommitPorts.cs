using Crdt.Clocks;
using Crdt.Sync.Commit;
using Crdt.Sync.Lanes;

namespace Crdt.Sync.Distributed;

/// <summary>What a replica in two-phase commit needs of the world around it.</summary>
/// <param name="SendAsync">Sends a message to a replica, if there is a way to it; it may be lost.</param>
internal sealed record CommitPorts(Func<ReplicaId, CommitMessage, ValueTask> SendAsync)
{
    /// <summary>Tells that something can't be applied until what a lane lacks has come.</summary>
    public Func<ReplicaId, string, ValueTask> LackAsync { get; init; } = static (_, _) => ValueTask.CompletedTask;

    /// <summary>What else the user wants to know of a transaction before this replica agrees to it.</summary>
    public Func<ProposedTransaction, CancellationToken, ValueTask<string?>> CheckAsync { get; init; } = static (_, _) => ValueTask.FromResult<string?>(null);

    /// <summary>Is called after each commit that came of it.</summary>
    public Func<CancellationToken, ValueTask> AfterCommitAsync { get; init; } = static _ => ValueTask.CompletedTask;

    /// <summary>Is told how a transaction that was coordinated here ended.</summary>
    public Action<CommitAction.Finish> Finished { get; init; } = static _ => { };

    /// <summary>Is told that an outcome is not the one that was acted on.</summary>
    public Action<CommitAction.Contradicted> Contradicted { get; init; } = static _ => { };

    /// <summary>Is told after everything that has happened, when the state may be another one, and in that order. Nothing else happens meanwhile, so it must be short and call nothing of the user's.</summary>
    public Action Progressed { get; init; } = static () => { };

    /// <summary>Is told that an error has stopped everything.</summary>
    public Action Faulted { get; init; } = static () => { };

    /// <summary>The lanes that the replica takes part in; null for all.</summary>
    public LaneOrder? Lanes { get; init; }

    /// <summary>Whether timers are fired by whoever drives the time.</summary>
    public bool HasOwnTime { get; init; }
}
