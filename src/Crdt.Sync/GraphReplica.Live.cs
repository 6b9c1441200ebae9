using Crdt.Sync.Gossip;
using Crdt.Sync.Live;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;

namespace Crdt.Sync;

/// <content>Ways that stay open, on which events are passed on as they are applied.</content>
public sealed partial class GraphReplica
{
    /// <summary>How many sessions in a row may find that what they began with has changed too much, before the way is given up.</summary>
    private const int MostOutdated = 5;

    private static readonly TimeSpan LongestBetweenSessions = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Syncs with a peer, and stays on the way: what is committed here, or comes from others, is passed on to it at once, and the other way round, until the way ends. Both sides call this; with a peer that runs one
    /// session only, so does this. A session now and then, about once a minute, makes sure that nothing was missed. O(event) for each event, and no question or answer before it.
    /// </summary>
    /// <param name="transport">The way to the peer. It stays the caller's.</param>
    /// <param name="options">What each session is to do, and what the peer may read and write.</param>
    /// <param name="sessions">Is told of each session.</param>
    /// <param name="cancellationToken">Ends it; what was received until then is kept.</param>
    /// <exception cref="SessionException">A session ended early, or the peer sent what it may not; the message says why. What was received until then is kept.</exception>
    /// <exception cref="IOException">The way to the peer broke.</exception>
    public async Task StayInSyncAsync(ISyncTransport transport, SyncOptions options, IProgress<SyncResult>? sessions = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(options);
        var pump = new FramePump(transport);
        await using var letting = pump.ConfigureAwait(false);
        using var following = _truth.Feed.Follow();
        var chance = new SeededChance((ulong)Id.Value ^ (ulong)_truth.Time.GetTimestamp());
        var isProven = false; // Once on a way: nobody else can be at its other end.
        for (var (outdated, again) = (0, 0); ;)
        {
            var cursors = _truth.Lanes.ToDictionary(lane => lane, lane => _truth.Feed.Of(lane).Next, StringComparer.Ordinal);
            SyncResult result;
            SyncSession session;
            try
            {
                (result, session) = await RunSessionAsync(pump, options, stays: true, cancellationToken, isProven).ConfigureAwait(false);
            }
            catch (SessionException error) when (error is { Reason: SessionEnd.Outdated } and not UnknownTypesException && ++outdated < MostOutdated)
            {
                pump.Late = static _ => ValueTask.CompletedTask; // What was under way is of the session that ended.
                continue;
            }

            (outdated, isProven) = (0, true);
            sessions?.Report(result);
            if (!session.BothStay) return;
            if (result.Lanes.Values.Any(lane => lane.IsDeferred) || (result.Lanes.Values.Any(lane => lane.GoesOn) && ++again < MostOutdated))
            {
                pump.Late = static _ => ValueTask.CompletedTask; // What was held back gets its turn now, and what comes meanwhile with it.
                continue;
            }

            again = 0;
            var link = new LiveLink(_truth, pump, session.LiveLanes(lane => cursors[lane]), session.Compressor, AfterCommitAsync) { Progress = options.Live };
            var end = await link.RunAsync(LongestBetweenSessions * chance.Between(0.75, 1.25), cancellationToken).ConfigureAwait(false);
            if (end == LiveEnd.Closed) return;
            if (end == LiveEnd.Due) pump.Late = link.TakeLateAsync;
        }
    }

    /// <summary>
    /// Keeps a way open to each of some peers until it is cancelled, and both sides in agreement by <see cref="StayInSyncAsync"/>. A way that breaks, or can't be opened, is opened again after a time that doubles with each failure, from
    /// <see cref="GossipOptions.Interval"/> to <see cref="GossipOptions.MaxBackoff"/>, each varied between half and all of that. What was lacking by then is made up for by the first session.
    /// </summary>
    /// <param name="peers">The peers, hubs most likely. Of many replicas without a centre, <see cref="KeepSyncedAsync"/> contacts a few at a time instead.</param>
    /// <param name="options">The times, and who is told of the sessions; null for the defaults.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, which is how it normally ends.</exception>
    /// <exception cref="ObjectDisposedException">The replica was closed.</exception>
    public Task KeepConnectedAsync(IGossipPeers peers, GossipOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peers);
        options ??= new();
        options.Require();
        var connections = new PeerConnections(peers, options, _truth.Time, (ulong)Id.Value)
        {
            Stay = (peer, transport, sessions, token) => StayInSyncAsync(transport, new SyncOptions { Peer = peer, Patience = options.Patience }, sessions, token),
            RequireOpen = () => ObjectDisposedException.ThrowIf(_isClosed, this),
        };
        return connections.RunAsync(cancellationToken);
    }
}
