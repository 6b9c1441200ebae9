using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Sync.Events;

namespace Crdt.Sync.Truth;

/// <summary>What a transaction needs of the truth.</summary>
internal interface ITransactionTruth
{
    /// <summary>Who writes.</summary>
    ReplicaId Id { get; }

    HybridClock Clock { get; }

    /// <summary>Whether the writes are made offline, which they carry with them.</summary>
    bool IsOffline { get; }

    /// <summary>A copy of what has been applied in a lane.</summary>
    VersionVector VectorOf(string lane);

    /// <summary>The row of an entity, empty where there is none, with the vector that is its context at that moment.</summary>
    ValueTask<(ReadOnlyMemory<byte> Row, VersionVector Vector)> ReadRowAsync(EntityId id, string lane, CancellationToken cancellationToken);

    /// <summary>Commits a transaction: one event in each lane that it wrote to, all in one step of the store.</summary>
    /// <exception cref="EntityExistsException">It creates something that exists.</exception>
    ValueTask<IReadOnlyList<GraphEvent>> CommitAsync(IReadOnlyList<LaneWrites> lanes, CancellationToken cancellationToken);
}
