using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Events;
using Crdt.Sync.Uniqueness;

namespace Crdt.Sync.Truth;

/// <summary>The truth while one holds it: everybody else waits, so what was read stays true until one commits something oneself.</summary>
/// <param name="truth">The truth.</param>
/// <param name="store">Its store.</param>
internal sealed class HeldTruth(ReplicaTruth truth, IReplicaStore store) : ITransactionTruth
{
    /// <summary>The distributed transaction that is decided by what is committed; null where that is local.</summary>
    public Decision? Decision { private get; init; }

    /// <summary>Whether what is committed was found in the graph database, where others have written it.</summary>
    public bool IsFound { private get; init; }

    public IReplicaStore Store => store;

    /// <summary>The same, for the commit that decides a distributed transaction.</summary>
    public HeldTruth Deciding(Decision decision) => new(truth, store) { Decision = decision };

    /// <summary>The same, for what others have written into the graph database.</summary>
    public HeldTruth Finding() => new(truth, store) { IsFound = true };

    public ReplicaId Id => truth.Id;

    public HybridClock Clock => truth.Clock;

    public bool IsOffline => truth.IsOffline;

    public VersionVector VectorOf(string lane) => truth.VectorOf(lane);

    public async ValueTask<(ReadOnlyMemory<byte> Row, VersionVector Vector)> ReadRowAsync(EntityId id, string lane, CancellationToken cancellationToken) =>
        ((await store.ReadAsync([id], cancellationToken).ConfigureAwait(false))[0], VectorOf(lane));

    public ValueTask<IReadOnlyList<GraphEvent>> CommitAsync(IReadOnlyList<LaneWrites> lanes, CancellationToken cancellationToken) => truth.CommitHeldAsync(lanes, cancellationToken, Decision, IsFound);

    /// <summary>Demands that a transaction that is about to be agreed to gives nobody a unique value that somebody has.</summary>
    /// <exception cref="UniqueValueTakenException">It does.</exception>
    /// <returns>What it claims and gives up.</returns>
    public async ValueTask<IReadOnlyList<ClaimChange>> RequireUniqueAsync(IReadOnlyList<LaneWrites> lanes, CancellationToken cancellationToken)
    {
        var changes = await ClaimChange.InAsync(lanes, store, cancellationToken).ConfigureAwait(false);
        await UniqueCheck.RequireFreeAsync(changes, store, cancellationToken).ConfigureAwait(false);
        return changes;
    }
}
