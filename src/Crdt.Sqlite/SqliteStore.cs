using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sqlite;

/// <summary>
/// Keeps the truth of one replica in one SQLite file. A commit that was acknowledged survives the process and the power:
/// it is written ahead and flushed to the disk before the call returns.
/// </summary>
/// <remarks>
/// <para>SQLite works on the caller's thread, so nearly every call has completed by the time it returns its task. Changes of 100 entities and more are written on a thread
/// of the pool, so that the caller's is free while the disk is busy. One caller at a time.</para>
/// <para>Beside the file stand its write-ahead log (<c>-wal</c>, while it is open or after a crash), the lock that keeps other
/// openers out (<c>.lock</c>), the lease that tells it from its copies (<c>.lease</c>) and, while it is open, the number of the process that holds it
/// (<c>.pid</c>). A copy of the file alone is whole only when the store was disposed.</para>
/// <para>A store that was copied, or restored from a backup, takes a new id when it is opened, with or without its lease: two stores that
/// wrote under one id would lose data. Renaming its folder, or moving it within a file system, keeps the id.</para>
/// </remarks>
public sealed class SqliteStore : IReplicaStore
{
    private readonly string _path;
    private readonly StoreLimits _limits;
    private readonly TimeProvider _time;
    private Session? _session;
    private bool _disposed;

    /// <summary>Names the file; nothing is opened or created yet.</summary>
    /// <param name="path">The file, absolute or relative to the current folder.</param>
    public SqliteStore(string path)
        : this(path, StoreLimits.Default)
    {
    }

    internal SqliteStore(string path, StoreLimits limits, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        (_path, _limits, _time) = (System.IO.Path.GetFullPath(path), limits, time ?? TimeProvider.System);
    }

    /// <summary>The file, as an absolute path.</summary>
    public string Path => _path;

    /// <inheritdoc/>
    public ValueTask<StoreState> OpenAsync(StoreOffer offer, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () =>
        {
            ArgumentNullException.ThrowIfNull(offer);
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_session is not null) throw new InvalidOperationException($"'{_path}' is open already.");
            (_session, var state) = Session.Open(_path, _limits, offer, _time);
            return state;
        });

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().Read(entities));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The revision is not one above the last, or a number is out of range.</exception>
    public ValueTask<IReadOnlyList<long>> CommitAsync(StoreCommit commit, CancellationToken cancellationToken = default) =>
        SqliteFault.Complete(_path, cancellationToken, commit?.Entities.Count >= Session.Large, () => Opened().Commit(commit!));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity>> ReadRowsAsync(IReadOnlyList<long> rows, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().ReadRows(rows));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The revision is not one above the last.</exception>
    public ValueTask<IStoreBatch> BeginBatchAsync(long revision, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().BeginBatch(revision));

    /// <inheritdoc/>
    public ValueTask<Clocks.VersionVector> CutLogAsync(string lane, long keep, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().CutLog(lane, keep));

    /// <inheritdoc/>
    public ValueTask<long> CountEventsAsync(string lane, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().CountEvents(lane));

    /// <inheritdoc/>
    public ValueTask StageAsync(string stage, IReadOnlyList<StoredEntity> rows, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().Stage(stage, rows));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity>> ReadStagedAsync(string stage, EntityId after, int limit, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().ReadStaged(stage, after, limit));

    /// <inheritdoc/>
    public ValueTask DropStageAsync(string stage, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().DropStage(stage));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadStagesAsync(CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().ReadStages());

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadNoteAsync(string key, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().ReadNote(key));

    /// <inheritdoc/>
    public ValueTask WriteNoteAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().WriteNote(key, value));

    /// <inheritdoc/>
    public ValueTask<LogSlice> ReadLogAsync(
        string lane, Clocks.VersionVector after, long position, int maxBytes, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().ReadLog(lane, after, position, maxBytes));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity>> ScanAsync(EntityId after, int limit, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().Scan(after, limit));

    /// <inheritdoc/>
    /// <remarks>It reads page by page, so commits may come between two entities; what they add below the last one is not seen.</remarks>
    public async IAsyncEnumerable<StoredEntity> ScanConflictsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var last = default(EntityId); ;)
        {
            var page = await Complete(cancellationToken, () => Opened().ScanConflicts(last)).ConfigureAwait(false);
            foreach (var entity in page) yield return entity;
            if (page.Count == 0) yield break;
            last = page[^1].Id;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IReadOnlyList<EntityId>>> ReadClaimantsAsync(IReadOnlyList<UniqueClaim> claims, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().ReadClaimants(claims));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SharedClaim>> ReadSharedClaimsAsync(CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().ReadSharedClaims());

    /// <inheritdoc/>
    public ValueTask IndexClaimsAsync(Func<StoredEntity, IReadOnlyList<UniqueClaim>> claimsOf, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().IndexClaims(claimsOf));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<uint, long>> CountAsync(CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().Count());

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EntityId>> ReadIncidentAsync(IReadOnlyList<EntityId> nodes, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().ReadIncident(nodes));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EntityId>> ReadOutgoingAsync(IReadOnlyList<EntityId> nodes, uint type, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().ReadOutgoing(nodes, type));

    /// <inheritdoc/>
    /// <remarks>A watermark above the last revision gives null too: a projection that is ahead of the truth shows what was never acknowledged.</remarks>
    public ValueTask<ChangeSet?> ReadChangesAsync(long watermark, int limit, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().ReadChanges(watermark, limit));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The watermark is above the last revision.</exception>
    public ValueTask ForgetChangesAsync(long watermark, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().ForgetChanges(watermark));

    /// <summary>Writes the log back into the file, closes it and lets other openers in. Never fails; what was acknowledged is safe in any case.</summary>
    public ValueTask DisposeAsync()
    {
        _disposed = true;
        _session?.Dispose();
        _session = null;
        return ValueTask.CompletedTask;
    }

    /// <summary>For tests of a full disk: bounds the file's length.</summary>
    internal void LimitPages(long pages) => Opened().LimitPages(pages);

    private Session Opened()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _session ?? throw new InvalidOperationException("Open the store first.");
    }

    private ValueTask Complete(CancellationToken cancellationToken, Action work) => SqliteFault.Complete(_path, cancellationToken, work);

    private ValueTask<T> Complete<T>(CancellationToken cancellationToken, Func<T> work) => SqliteFault.Complete(_path, cancellationToken, work);
}
