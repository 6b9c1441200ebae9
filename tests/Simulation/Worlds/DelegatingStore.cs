using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>A store that does what another one does, but for what is overridden.</summary>
/// <param name="inner">The other one.</param>
internal abstract class DelegatingStore(IReplicaStore inner) : IReplicaStore
{
    protected IReplicaStore Inner => inner;

    public virtual ValueTask<StoreState> OpenAsync(StoreOffer offer, CancellationToken cancellationToken = default) => inner.OpenAsync(offer, cancellationToken);

    public virtual ValueTask<IReadOnlyList<long>> CommitAsync(StoreCommit commit, CancellationToken cancellationToken = default) => inner.CommitAsync(commit, cancellationToken);

    public virtual ValueTask<IStoreBatch> BeginBatchAsync(long revision, CancellationToken cancellationToken = default) => inner.BeginBatchAsync(revision, cancellationToken);

    public virtual ValueTask<VersionVector> CutLogAsync(string lane, long keep, CancellationToken cancellationToken = default) => inner.CutLogAsync(lane, keep, cancellationToken);

    public virtual ValueTask ForgetChangesAsync(long watermark, CancellationToken cancellationToken = default) => inner.ForgetChangesAsync(watermark, cancellationToken);

    public virtual ValueTask StageAsync(string stage, IReadOnlyList<StoredEntity> rows, CancellationToken cancellationToken = default) => inner.StageAsync(stage, rows, cancellationToken);

    public virtual ValueTask DropStageAsync(string stage, CancellationToken cancellationToken = default) => inner.DropStageAsync(stage, cancellationToken);

    public virtual ValueTask WriteNoteAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) => inner.WriteNoteAsync(key, value, cancellationToken);

    public virtual ValueTask<LogSlice> ReadLogAsync(string lane, VersionVector after, long position, int maxBytes, CancellationToken cancellationToken = default) => inner.ReadLogAsync(lane, after, position, maxBytes, cancellationToken);

    public virtual ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default) => inner.ReadAsync(entities, cancellationToken);

    public virtual ValueTask<IReadOnlyList<StoredEntity>> ReadRowsAsync(IReadOnlyList<long> rows, CancellationToken cancellationToken = default) => inner.ReadRowsAsync(rows, cancellationToken);

    public virtual ValueTask<IReadOnlyList<StoredEntity>> ScanAsync(EntityId after, int limit, CancellationToken cancellationToken = default) => inner.ScanAsync(after, limit, cancellationToken);

    public virtual IAsyncEnumerable<StoredEntity> ScanConflictsAsync(CancellationToken cancellationToken = default) => inner.ScanConflictsAsync(cancellationToken);

    public virtual ValueTask<long> CountEventsAsync(string lane, CancellationToken cancellationToken = default) => inner.CountEventsAsync(lane, cancellationToken);

    public virtual ValueTask<IReadOnlyList<IReadOnlyList<EntityId>>> ReadClaimantsAsync(IReadOnlyList<UniqueClaim> claims, CancellationToken cancellationToken = default) => inner.ReadClaimantsAsync(claims, cancellationToken);

    public virtual ValueTask<IReadOnlyList<SharedClaim>> ReadSharedClaimsAsync(CancellationToken cancellationToken = default) => inner.ReadSharedClaimsAsync(cancellationToken);

    public virtual ValueTask IndexClaimsAsync(Func<StoredEntity, IReadOnlyList<UniqueClaim>> claimsOf, CancellationToken cancellationToken = default) => inner.IndexClaimsAsync(claimsOf, cancellationToken);

    public virtual ValueTask<IReadOnlyDictionary<uint, long>> CountAsync(CancellationToken cancellationToken = default) => inner.CountAsync(cancellationToken);

    public virtual ValueTask<IReadOnlyList<EntityId>> ReadIncidentAsync(IReadOnlyList<EntityId> nodes, CancellationToken cancellationToken = default) => inner.ReadIncidentAsync(nodes, cancellationToken);

    public virtual ValueTask<ChangeSet?> ReadChangesAsync(long watermark, int limit, CancellationToken cancellationToken = default) => inner.ReadChangesAsync(watermark, limit, cancellationToken);

    public virtual ValueTask<IReadOnlyList<StoredEntity>> ReadStagedAsync(string stage, EntityId after, int limit, CancellationToken cancellationToken = default) => inner.ReadStagedAsync(stage, after, limit, cancellationToken);

    public virtual ValueTask<IReadOnlyList<string>> ReadStagesAsync(CancellationToken cancellationToken = default) => inner.ReadStagesAsync(cancellationToken);

    public virtual ValueTask<ReadOnlyMemory<byte>> ReadNoteAsync(string key, CancellationToken cancellationToken = default) => inner.ReadNoteAsync(key, cancellationToken);

    public virtual ValueTask DisposeAsync() => inner.DisposeAsync();
}
