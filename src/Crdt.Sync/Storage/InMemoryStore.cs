using System.Runtime.CompilerServices;
using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sync.Storage;

/// <summary>
/// Keeps the truth of one replica in memory, on an <see cref="InMemoryDisk"/> that outlives it. It keeps to the contract of <see cref="IReplicaStore"/>
/// as a store on a real disk does, so what is tested with it holds there. Every call has completed by the time it returns its task.
/// </summary>
/// <remarks>Every change makes a new, immutable content of the store, O(log N) for each of its parts, and the disk gets that or keeps the old one.</remarks>
/// <param name="disk">What outlives the store.</param>
public sealed class InMemoryStore(InMemoryDisk disk) : IReplicaStore
{
    private const int ConflictsAtOnce = 256;
    private readonly InMemoryDisk _disk = disk ?? throw new ArgumentNullException(nameof(disk));
    private StoreContent? _content;
    private InMemoryBatch? _batch;
    private bool _disposed;

    /// <inheritdoc/>
    public ValueTask<StoreState> OpenAsync(StoreOffer offer, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Open(offer));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default) =>
        Complete<IReadOnlyList<ReadOnlyMemory<byte>>>(cancellationToken, () => [.. entities.Select(Opened().Read)]);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity>> ReadRowsAsync(IReadOnlyList<long> rows, CancellationToken cancellationToken = default) =>
        Complete<IReadOnlyList<StoredEntity>>(cancellationToken, () => [.. rows.Select(Opened().ReadRow)]);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The revision is not one above the last, or a number is out of range.</exception>
    public ValueTask<IReadOnlyList<long>> CommitAsync(StoreCommit commit, CancellationToken cancellationToken = default) =>
        Complete<IReadOnlyList<long>>(cancellationToken, () =>
        {
            ArgumentNullException.ThrowIfNull(commit);
            var writer = new ContentWriter(Unlocked(), commit.Revision);
            writer.Require(commit);
            var rows = writer.Write(commit.Entities);
            Keep(writer.Finish(commit));
            return rows;
        });

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The revision is not one above the last.</exception>
    public ValueTask<IStoreBatch> BeginBatchAsync(long revision, CancellationToken cancellationToken = default) =>
        Complete<IStoreBatch>(cancellationToken, () => _batch = new InMemoryBatch(this, new(Unlocked(), revision)));

    /// <inheritdoc/>
    public ValueTask<LogSlice> ReadLogAsync(string lane, VersionVector after, long position, int maxBytes, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () =>
        {
            ArgumentOutOfRangeException.ThrowIfNegative(position);
            return Opened().Lanes.TryGetValue(lane, out var log) ? log.Read(after, position, maxBytes) : new([], position, IsLast: true);
        });

    /// <inheritdoc/>
    public ValueTask<VersionVector> CutLogAsync(string lane, long keep, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () =>
        {
            ArgumentOutOfRangeException.ThrowIfNegative(keep);
            var content = Unlocked();
            if (!content.Lanes.TryGetValue(lane, out var log)) return new();
            var cut = log.Cut(keep);
            if (cut != log) Keep(content with { Lanes = content.Lanes.SetItem(lane, cut) });
            return cut.Floor?.Clone() ?? new();
        });

    /// <inheritdoc/>
    public ValueTask<long> CountEventsAsync(string lane, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().Lanes.TryGetValue(lane, out var log) ? log.Events.Count : 0L);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity>> ScanAsync(EntityId after, int limit, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => StoreContent.Page(Opened().Entities, after, limit));

    /// <inheritdoc/>
    /// <remarks>It reads page by page, so commits may come between two entities; what they add below the last one is not seen.</remarks>
    public async IAsyncEnumerable<StoredEntity> ScanConflictsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var last = default(EntityId); ;)
        {
            var page = await Complete(cancellationToken, () => StoreContent.Page(Opened().Conflicts, last, ConflictsAtOnce)).ConfigureAwait(false);
            foreach (var entity in page) yield return entity with { Row = 0 };
            if (page.Count == 0) yield break;
            last = page[^1].Id;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IReadOnlyList<EntityId>>> ReadClaimantsAsync(IReadOnlyList<UniqueClaim> claims, CancellationToken cancellationToken = default) =>
        Complete<IReadOnlyList<IReadOnlyList<EntityId>>>(cancellationToken, () => [.. claims.Select(Opened().ClaimantsOf)]);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SharedClaim>> ReadSharedClaimsAsync(CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().SharedClaims());

    /// <inheritdoc/>
    public ValueTask IndexClaimsAsync(Func<StoredEntity, IReadOnlyList<UniqueClaim>> claimsOf, CancellationToken cancellationToken = default) =>
        Change(cancellationToken, content => content.IndexClaims(claimsOf));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<uint, long>> CountAsync(CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().Count());

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EntityId>> ReadIncidentAsync(IReadOnlyList<EntityId> nodes, CancellationToken cancellationToken = default) =>
        Complete<IReadOnlyList<EntityId>>(cancellationToken, () => [.. nodes.SelectMany(Opened().Incident).Distinct()]);

    /// <inheritdoc/>
    /// <remarks>A watermark above the last revision gives null too: a projection that is ahead of the truth shows what was never acknowledged.</remarks>
    public ValueTask<ChangeSet?> ReadChangesAsync(long watermark, int limit, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().ReadChanges(watermark, limit));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The watermark is above the last revision.</exception>
    public ValueTask ForgetChangesAsync(long watermark, CancellationToken cancellationToken = default) =>
        Change(cancellationToken, content => content.ForgetChanges(watermark));

    /// <inheritdoc/>
    public ValueTask StageAsync(string stage, IReadOnlyList<StoredEntity> rows, CancellationToken cancellationToken = default) =>
        Change(cancellationToken, content => content.Stage(stage, rows));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity>> ReadStagedAsync(string stage, EntityId after, int limit, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => StoreContent.Page(Opened().Stages.GetValueOrDefault(stage, StoredRow.None), after, limit));

    /// <inheritdoc/>
    public ValueTask DropStageAsync(string stage, CancellationToken cancellationToken = default) =>
        Change(cancellationToken, content => content with { Stages = content.Stages.Remove(stage) });

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadStagesAsync(CancellationToken cancellationToken = default) =>
        Complete<IReadOnlyList<string>>(cancellationToken, () => [.. Opened().Stages.Keys]);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadNoteAsync(string key, CancellationToken cancellationToken = default) =>
        Complete(cancellationToken, () => Opened().Notes.GetValueOrDefault(key));

    /// <inheritdoc/>
    public ValueTask WriteNoteAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) =>
        Change(cancellationToken, content => content.Note(key, value));

    /// <summary>Closes the store and lets other openers in. An unfinished batch is taken back.</summary>
    public ValueTask DisposeAsync()
    {
        _disposed = true;
        (_content, _batch) = (null, null);
        _disk.Close(this);
        return ValueTask.CompletedTask;
    }

    internal static ValueTask<T> Complete<T>(CancellationToken cancellationToken, Func<T> work)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<T>(cancellationToken);
        try
        {
            return ValueTask.FromResult(work());
        }
        catch (Exception error)
        {
            return ValueTask.FromException<T>(error);
        }
    }

    /// <summary>Shows what a batch has written so far. Nothing of it is durable.</summary>
    internal void Show(InMemoryBatch batch, StoreContent content)
    {
        RequireOpen(batch);
        _content = content;
    }

    /// <summary>Makes durable what a batch has written.</summary>
    internal void Commit(InMemoryBatch batch, StoreContent content)
    {
        RequireOpen(batch);
        _batch = null;
        Keep(content);
    }

    internal void RequireOpen(InMemoryBatch batch)
    {
        Opened();
        if (_batch != batch) throw new InvalidOperationException("The batch has ended.");
    }

    internal void Revert(InMemoryBatch batch)
    {
        if (_batch != batch) return;
        (_batch, _content) = (null, _disk.Content);
    }

    private StoreState Open(StoreOffer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_content is not null) throw new InvalidOperationException("The store is open already.");
        if (!_disk.TryOpen(this)) throw new StoreException("This disk is open in another store: close that one, or give this replica a disk of its own.");
        try
        {
            Keep(_disk.Content?.ReopenedWith(offer) ?? StoreContent.New(offer));
        }
        catch
        {
            _disk.Close(this);
            throw;
        }

        return _content!.Describe(offer.Schema);
    }

    private void Keep(StoreContent content) => _disk.Content = _content = content;

    private ValueTask Change(CancellationToken cancellationToken, Func<StoreContent, StoreContent> change)
    {
        var done = Complete(cancellationToken, () =>
        {
            Keep(change(Unlocked()));
            return true;
        });
        return done.IsCompletedSuccessfully ? ValueTask.CompletedTask : new(done.AsTask());
    }

    private StoreContent Unlocked()
    {
        var content = Opened();
        return _batch is null ? content : throw new InvalidOperationException("A batch of changes is under way; commit or dispose it first.");
    }

    private StoreContent Opened()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_content is null) throw new InvalidOperationException("Open the store first.");
        return _disk.IsHeldBy(this) ? _content : throw new StoreException("The disk was taken away from this store; open another one on it.");
    }
}
