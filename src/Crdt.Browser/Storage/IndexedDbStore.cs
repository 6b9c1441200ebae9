using System.Runtime.CompilerServices;
using Crdt.Browser.Interop;
using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Signing;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <summary>
/// Keeps the truth of one replica in one database of the browser's IndexedDB. A commit that was acknowledged survives the tab, the browser and the power: it is one transaction with
/// strict durability.
/// </summary>
/// <remarks>
/// <para>Call <see cref="BrowserModule.LoadAsync"/> once before. One tab at a time has a store open; the browser gives it free when the tab goes, however it goes.</para>
/// <para>The keys that it signs with are the browser's own (WebCrypto): no program can read them, this one included.</para>
/// <para>A browser may evict what a site keeps unless the site was allowed to keep it: see <see cref="StoragePersistence"/>.</para>
/// </remarks>
public sealed class IndexedDbStore : IReplicaStore, IKeyring
{
    private readonly TimeProvider _time;
    private StoreSession? _session;
    private bool _disposed;

    /// <summary>Names the database; nothing is opened or created yet.</summary>
    /// <param name="name">Its name, one for each replica of this origin.</param>
    /// <param name="time">Where time is read; the system's where it is null.</param>
    public IndexedDbStore(string name, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (Name, _time) = (name, time ?? TimeProvider.System);
    }

    /// <summary>The name of the database.</summary>
    public string Name { get; }

    /// <summary>Is called as soon as no other page can have the store open, before it is read.</summary>
    internal Action? Locked { get; init; }

    /// <summary>Deletes a store that no tab has open, with all that is in it and what is kept of its graph. One that doesn't exist is no error.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="StoreException">It is open.</exception>
    public static Task DeleteAsync(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return IndexedDbFault.RunAsync(name, async () =>
        {
            using var held = await Locks.LockAsync(StoreSession.LockOf(name), StoreSession.Patience).ConfigureAwait(false) ??
                throw new StoreException($"The store '{name}' is open, in this tab or in another one. Close it first.");
            try
            {
                await GraphEngine.RemoveAsync(name).ConfigureAwait(false);
                await Records.RemoveAsync(name).ConfigureAwait(false);
            }
            finally
            {
                await Locks.ReleaseAsync(held).ConfigureAwait(false);
            }

            return true;
        });
    }

    /// <inheritdoc/>
    public async ValueTask<StoreState> OpenAsync(StoreOffer offer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_session is not null) throw new InvalidOperationException($"'{Name}' is open already.");
        cancellationToken.ThrowIfCancellationRequested();
        (_session, var state) = await IndexedDbFault.RunAsync(Name, () => StoreSession.OpenAsync(Name, offer, _time, Locked)).ConfigureAwait(false);
        return state;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.ReadAsync(entities), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity>> ReadRowsAsync(IReadOnlyList<long> rows, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.ReadRowsAsync(rows), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The revision is not one above the last, or a number is out of range.</exception>
    public ValueTask<IReadOnlyList<long>> CommitAsync(StoreCommit commit, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.CommitAsync(commit), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The revision is not one above the last.</exception>
    public ValueTask<IStoreBatch> BeginBatchAsync(long revision, CancellationToken cancellationToken = default) =>
        RunAsync(session => Task.FromResult(session.BeginBatch(revision)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LogSlice> ReadLogAsync(string lane, VersionVector after, long position, int maxBytes, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.ReadLogAsync(lane, after, position, maxBytes), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<VersionVector> CutLogAsync(string lane, long keep, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.CutLogAsync(lane, keep), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> CountEventsAsync(string lane, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.CountEventsAsync(lane), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity>> ScanAsync(EntityId after, int limit, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.ScanAsync(after, limit), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>It reads page by page, so commits may come between two entities; what they add below the last one is not seen.</remarks>
    public async IAsyncEnumerable<StoredEntity> ScanConflictsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var last = default(EntityId); ;)
        {
            var page = await RunAsync(session => session.ScanConflictsAsync(last), cancellationToken).ConfigureAwait(false);
            foreach (var entity in page) yield return entity;
            if (page.Count == 0) yield break;
            last = page[^1].Id;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IReadOnlyList<EntityId>>> ReadClaimantsAsync(IReadOnlyList<UniqueClaim> claims, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.ReadClaimantsAsync(claims), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SharedClaim>> ReadSharedClaimsAsync(CancellationToken cancellationToken = default) =>
        RunAsync(session => session.ReadSharedClaimsAsync(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask IndexClaimsAsync(Func<StoredEntity, IReadOnlyList<UniqueClaim>> claimsOf, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.IndexClaimsAsync(claimsOf), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<uint, long>> CountAsync(CancellationToken cancellationToken = default) =>
        RunAsync(session => session.CountAsync(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EntityId>> ReadIncidentAsync(IReadOnlyList<EntityId> nodes, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.ReadIncidentAsync(nodes), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EntityId>> ReadOutgoingAsync(IReadOnlyList<EntityId> nodes, uint type, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.ReadOutgoingAsync(nodes, type), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>A watermark above the last revision gives null too: a projection that is ahead of the truth shows what was never acknowledged.</remarks>
    public ValueTask<ChangeSet?> ReadChangesAsync(long watermark, int limit, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.ReadChangesAsync(watermark, limit), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The watermark is above the last revision.</exception>
    public ValueTask ForgetChangesAsync(long watermark, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.ForgetChangesAsync(watermark), cancellationToken);

    /// <inheritdoc/>
    public ValueTask StageAsync(string stage, IReadOnlyList<StoredEntity> rows, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.StageAsync(stage, rows), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity>> ReadStagedAsync(string stage, EntityId after, int limit, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.ReadStagedAsync(stage, after, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DropStageAsync(string stage, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.DropStageAsync(stage), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadStagesAsync(CancellationToken cancellationToken = default) =>
        RunAsync(session => session.ReadStagesAsync(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadNoteAsync(string key, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.ReadNoteAsync(key), cancellationToken);

    /// <inheritdoc/>
    public ValueTask WriteNoteAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) =>
        RunAsync(session => session.WriteNoteAsync(key, value), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ReplicaIdentity> CreateKeyAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = await IndexedDbFault.RunAsync(Name, async () => Memory.Take(await Keys.CreateAsync().ConfigureAwait(false))).ConfigureAwait(false);
        return new(ReplicaKey.IdOf(key), key);
    }

    /// <inheritdoc/>
    public async ValueTask<ISigningKey> OpenKeyAsync(ReadOnlyMemory<byte> note, CancellationToken cancellationToken = default) =>
        await RunAsync(session => session.OpenKeyAsync(note), cancellationToken).ConfigureAwait(false);

    /// <summary>Closes the store and lets other tabs in. An unfinished batch is taken back. Never fails; what was acknowledged is safe in any case.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        var session = _session;
        _session = null;
        if (session is not null) await session.CloseAsync().ConfigureAwait(false);
    }

    private async ValueTask<T> RunAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var session = _session ?? throw new InvalidOperationException("Open the store first.");
        cancellationToken.ThrowIfCancellationRequested();
        return await IndexedDbFault.RunAsync(Name, async () =>
        {
            await session.RequireCleanAsync().ConfigureAwait(false);
            return await work(session).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private async ValueTask RunAsync(Func<StoreSession, Task> work, CancellationToken cancellationToken) =>
        await RunAsync(
            async session =>
            {
                await work(session).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
}
