using Crdt.Sync.Offline;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;

namespace Crdt.Sync;

public sealed partial class GraphReplica
{
    /// <summary>The local changes that wait for a peer.</summary>
    public OfflineQueue OfflineQueue => field ??= new(_truth);

    /// <summary>
    /// Whether the replica was declared offline. Its writes then carry that, and lose to concurrent ones made online where
    /// <see cref="Resolution.OnlineWins"/> chooses; and its <see cref="OfflineQueue"/> is limited.
    /// </summary>
    public bool IsOffline => _truth.IsOffline;

    /// <summary>
    /// Declares that there is no way to a peer. It lasts, over restarts too, until <see cref="GoOnlineAsync"/>; a transaction that is open keeps what
    /// was so when it first wrote. O(1).
    /// </summary>
    /// <exception cref="Crdt.Storage.StoreException">It can't be noted in the store; nothing has changed.</exception>
    public ValueTask GoOfflineAsync(CancellationToken cancellationToken = default) => _truth.DeclareAsync(isOffline: true, cancellationToken);

    /// <summary>Declares that there is a way to peers again, which lets go on whoever waits for room in the queue. It sends nothing by itself. O(1).</summary>
    /// <exception cref="Crdt.Storage.StoreException">It can't be noted in the store; nothing has changed.</exception>
    public ValueTask GoOnlineAsync(CancellationToken cancellationToken = default) => _truth.DeclareAsync(isOffline: false, cancellationToken);

    /// <summary>
    /// Runs one session with a peer, as <see cref="SyncAsync(ISyncTransport, IProgress{SyncProgress}?, CancellationToken)"/> does, and says what
    /// became of the changes that waited.
    /// </summary>
    /// <exception cref="InvalidOperationException">The replica is declared offline.</exception>
    /// <inheritdoc cref="SyncAsync(ISyncTransport, IProgress{SyncProgress}?, CancellationToken)"/>
    public Task<OfflineSyncResult> SyncOfflineChangesAsync(ISyncTransport transport, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default) =>
        SyncOfflineChangesAsync(() => SyncAsync(transport, progress, cancellationToken), cancellationToken);

    /// <summary>Does so with a replica in the same process.</summary>
    /// <inheritdoc cref="SyncOfflineChangesAsync(ISyncTransport, IProgress{SyncProgress}?, CancellationToken)"/>
    public Task<OfflineSyncResult> SyncOfflineChangesAsync(GraphReplica peer, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default) =>
        SyncOfflineChangesAsync(() => SyncAsync(peer, progress, cancellationToken), cancellationToken);

    private async Task<OfflineSyncResult> SyncOfflineChangesAsync(Func<Task<SyncResult>> sync, CancellationToken cancellationToken)
    {
        if (IsOffline) throw new InvalidOperationException($"The replica '{Name}' is declared offline; call {nameof(GoOnlineAsync)} first.");
        await OfflineQueue.MeasureAsync(cancellationToken).ConfigureAwait(false); // What leaves can only be counted if what is there was.
        var session = await sync().ConfigureAwait(false);
        return new(session.SyncedOperations, session);
    }
}
