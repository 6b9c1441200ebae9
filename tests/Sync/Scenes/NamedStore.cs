using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>A store that gives a new replica a known id, so that two histories can end in the same bytes.</summary>
internal sealed class NamedStore(IReplicaStore inner, ReplicaId id) : IReplicaStore
{
    public ValueTask<StoreState> OpenAsync(StoreOffer offer, CancellationToken cancellationToken = default) => inner.OpenAsync(offer with { Replica = id }, cancellationToken);

    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(entities, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEntity>> ReadRowsAsync(IReadOnlyList<long> rows, CancellationToken cancellationToken = default) =>
        inner.ReadRowsAsync(rows, cancellationToken);

    public ValueTask<IReadOnlyList<long>> CommitAsync(StoreCommit commit, CancellationToken cancellationToken = default) =>
        inner.CommitAsync(commit, cancellationToken);

    public ValueTask<IStoreBatch> BeginBatchAsync(long revision, CancellationToken cancellationToken = default) => inner.BeginBatchAsync(revision, cancellationToken);

    public ValueTask<VersionVector> CutLogAsync(string lane, long keep, CancellationToken cancellationToken = default) => inner.CutLogAsync(lane, keep, cancellationToken);

    public ValueTask<long> CountEventsAsync(string lane, CancellationToken cancellationToken = default) => inner.CountEventsAsync(lane, cancellationToken);

    public ValueTask StageAsync(string stage, IReadOnlyList<StoredEntity> rows, CancellationToken cancellationToken = default) =>
        inner.StageAsync(stage, rows, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEntity>> ReadStagedAsync(string stage, EntityId after, int limit, CancellationToken cancellationToken = default) =>
        inner.ReadStagedAsync(stage, after, limit, cancellationToken);

    public ValueTask DropStageAsync(string stage, CancellationToken cancellationToken = default) =>
        inner.DropStageAsync(stage, cancellationToken);

    public ValueTask<IReadOnlyList<string>> ReadStagesAsync(CancellationToken cancellationToken = default) => inner.ReadStagesAsync(cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>> ReadNoteAsync(string key, CancellationToken cancellationToken = default) => inner.ReadNoteAsync(key, cancellationToken);

    public ValueTask WriteNoteAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) => inner.WriteNoteAsync(key, value, cancellationToken);

    public ValueTask<LogSlice> ReadLogAsync(string lane, VersionVector after, long position, int maxBytes, CancellationToken cancellationToken = default) =>
        inner.ReadLogAsync(lane, after, position, maxBytes, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEntity>> ScanAsync(EntityId after, int limit, CancellationToken cancellationToken = default) =>
        inner.ScanAsync(after, limit, cancellationToken);

    public IAsyncEnumerable<StoredEntity> ScanConflictsAsync(CancellationToken cancellationToken = default) => inner.ScanConflictsAsync(cancellationToken);

    public ValueTask<IReadOnlyList<IReadOnlyList<EntityId>>> ReadClaimantsAsync(IReadOnlyList<UniqueClaim> claims, CancellationToken cancellationToken = default) => inner.ReadClaimantsAsync(claims, cancellationToken);

    public ValueTask<IReadOnlyList<SharedClaim>> ReadSharedClaimsAsync(CancellationToken cancellationToken = default) => inner.ReadSharedClaimsAsync(cancellationToken);

    public ValueTask IndexClaimsAsync(Func<StoredEntity, IReadOnlyList<UniqueClaim>> claimsOf, CancellationToken cancellationToken = default) => inner.IndexClaimsAsync(claimsOf, cancellationToken);

    public ValueTask<IReadOnlyDictionary<uint, long>> CountAsync(CancellationToken cancellationToken = default) => inner.CountAsync(cancellationToken);

    public ValueTask<IReadOnlyList<EntityId>> ReadIncidentAsync(IReadOnlyList<EntityId> nodes, CancellationToken cancellationToken = default) =>
        inner.ReadIncidentAsync(nodes, cancellationToken);

    public ValueTask<IReadOnlyList<EntityId>> ReadOutgoingAsync(IReadOnlyList<EntityId> nodes, uint type, CancellationToken cancellationToken = default) =>
        inner.ReadOutgoingAsync(nodes, type, cancellationToken);

    public ValueTask<ChangeSet?> ReadChangesAsync(long watermark, int limit, CancellationToken cancellationToken = default) =>
        inner.ReadChangesAsync(watermark, limit, cancellationToken);

    public ValueTask ForgetChangesAsync(long watermark, CancellationToken cancellationToken = default) =>
        inner.ForgetChangesAsync(watermark, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
