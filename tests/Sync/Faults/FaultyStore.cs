using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Tests.Sync.Faults;

/// <summary>A store whose calls go as a plan says, of a replica with a known id.</summary>
internal sealed class FaultyStore(ITrialDisk disk, ReplicaId id, FaultPlan plan) : IReplicaStore
{
    /// <summary>What a session asks for gets small slices, so that there are several; what the replica looks for at the end of its own log stays whole.</summary>
    private const int SessionBytes = 1024 * 1024, SliceBytes = 400;

    private readonly IReplicaStore _inner = disk.NewStore();

    public async ValueTask<StoreState> OpenAsync(StoreOffer offer, CancellationToken cancellationToken = default)
    {
        var state = await plan.ReadAsync("Open", () => _inner.OpenAsync(offer with { Replica = id }, cancellationToken));
        plan.Revision = state.Revision;
        return state;
    }

    public ValueTask<IReadOnlyList<long>> CommitAsync(StoreCommit commit, CancellationToken cancellationToken = default) => plan.WriteAsync("Commit", async () =>
    {
        var rows = await _inner.CommitAsync(commit, cancellationToken);
        plan.Revision = commit.Revision;
        return rows;
    });

    public ValueTask<IStoreBatch> BeginBatchAsync(long revision, CancellationToken cancellationToken = default) =>
        plan.WriteAsync<IStoreBatch>("BeginBatch", async () => new Batch(plan, await _inner.BeginBatchAsync(revision, cancellationToken)));

    public ValueTask<VersionVector> CutLogAsync(string lane, long keep, CancellationToken cancellationToken = default) => plan.WriteAsync("CutLog", () => _inner.CutLogAsync(lane, keep, cancellationToken));

    public ValueTask ForgetChangesAsync(long watermark, CancellationToken cancellationToken = default) => plan.WriteAsync("ForgetChanges", () => _inner.ForgetChangesAsync(watermark, cancellationToken));

    public ValueTask StageAsync(string stage, IReadOnlyList<StoredEntity> rows, CancellationToken cancellationToken = default) => plan.WriteAsync("Stage", () => _inner.StageAsync(stage, rows, cancellationToken));

    public ValueTask DropStageAsync(string stage, CancellationToken cancellationToken = default) => plan.WriteAsync("DropStage", () => _inner.DropStageAsync(stage, cancellationToken));

    public ValueTask WriteNoteAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) => plan.WriteAsync("WriteNote", () => _inner.WriteNoteAsync(key, value, cancellationToken));

    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default) => plan.ReadAsync("Read", () => _inner.ReadAsync(entities, cancellationToken));

    public ValueTask<IReadOnlyList<StoredEntity>> ReadRowsAsync(IReadOnlyList<long> rows, CancellationToken cancellationToken = default) => plan.ReadAsync("ReadRows", () => _inner.ReadRowsAsync(rows, cancellationToken));

    public ValueTask<LogSlice> ReadLogAsync(string lane, VersionVector after, long position, int maxBytes, CancellationToken cancellationToken = default) =>
        plan.ReadAsync("ReadLog", () => _inner.ReadLogAsync(lane, after, position, maxBytes < SessionBytes ? maxBytes : SliceBytes, cancellationToken));

    public ValueTask<long> CountEventsAsync(string lane, CancellationToken cancellationToken = default) => plan.ReadAsync("CountEvents", () => _inner.CountEventsAsync(lane, cancellationToken));

    public ValueTask<IReadOnlyList<StoredEntity>> ScanAsync(EntityId after, int limit, CancellationToken cancellationToken = default) => plan.ReadAsync("Scan", () => _inner.ScanAsync(after, limit, cancellationToken));

    public IAsyncEnumerable<StoredEntity> ScanConflictsAsync(CancellationToken cancellationToken = default) => _inner.ScanConflictsAsync(cancellationToken);

    public ValueTask<IReadOnlyList<IReadOnlyList<EntityId>>> ReadClaimantsAsync(IReadOnlyList<UniqueClaim> claims, CancellationToken cancellationToken = default) => plan.ReadAsync("ReadClaimants", () => _inner.ReadClaimantsAsync(claims, cancellationToken));

    public ValueTask<IReadOnlyList<SharedClaim>> ReadSharedClaimsAsync(CancellationToken cancellationToken = default) => plan.ReadAsync("ReadSharedClaims", () => _inner.ReadSharedClaimsAsync(cancellationToken));

    public ValueTask IndexClaimsAsync(Func<StoredEntity, IReadOnlyList<UniqueClaim>> claimsOf, CancellationToken cancellationToken = default) => plan.WriteAsync("IndexClaims", () => _inner.IndexClaimsAsync(claimsOf, cancellationToken));

    public ValueTask<IReadOnlyDictionary<uint, long>> CountAsync(CancellationToken cancellationToken = default) => plan.ReadAsync("Count", () => _inner.CountAsync(cancellationToken));

    public ValueTask<IReadOnlyList<EntityId>> ReadIncidentAsync(IReadOnlyList<EntityId> nodes, CancellationToken cancellationToken = default) => plan.ReadAsync("ReadIncident", () => _inner.ReadIncidentAsync(nodes, cancellationToken));

    public ValueTask<ChangeSet?> ReadChangesAsync(long watermark, int limit, CancellationToken cancellationToken = default) => plan.ReadAsync("ReadChanges", () => _inner.ReadChangesAsync(watermark, limit, cancellationToken));

    public ValueTask<IReadOnlyList<StoredEntity>> ReadStagedAsync(string stage, EntityId after, int limit, CancellationToken cancellationToken = default) => plan.ReadAsync("ReadStaged", () => _inner.ReadStagedAsync(stage, after, limit, cancellationToken));

    public ValueTask<IReadOnlyList<string>> ReadStagesAsync(CancellationToken cancellationToken = default) => plan.ReadAsync("ReadStages", () => _inner.ReadStagesAsync(cancellationToken));

    public ValueTask<ReadOnlyMemory<byte>> ReadNoteAsync(string key, CancellationToken cancellationToken = default) => plan.ReadAsync("ReadNote", () => _inner.ReadNoteAsync(key, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await plan.LiveAsync();
        await _inner.DisposeAsync();
    }

    private sealed class Batch(FaultPlan plan, IStoreBatch inner) : IStoreBatch
    {
        public ValueTask<IReadOnlyList<long>> WriteAsync(IReadOnlyList<EntityWrite> entities, CancellationToken cancellationToken = default) => plan.WriteAsync("BatchWrite", () => inner.WriteAsync(entities, cancellationToken));

        public ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken = default) => plan.WriteAsync("BatchCommit", async () =>
        {
            await inner.CommitAsync(commit, cancellationToken);
            plan.Revision = commit.Revision;
        });

        public async ValueTask DisposeAsync()
        {
            await plan.LiveAsync();
            await inner.DisposeAsync();
        }
    }
}
