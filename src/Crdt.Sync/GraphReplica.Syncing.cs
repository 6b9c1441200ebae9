using System.Security.Cryptography;
using Crdt.Signing;
using Crdt.Sync.Frames;
using Crdt.Sync.Gossip;
using Crdt.Sync.Lanes;
using Crdt.Sync.Networking;
using Crdt.Sync.Sessions;
using Crdt.Sync.Telemetry;
using Crdt.Sync.Transport;

namespace Crdt.Sync;

public sealed partial class GraphReplica
{
    private readonly PeerLinks _links = new();

    /// <summary>
    /// How good the ways to the peers are, by what they are called: see <see cref="SyncOptions.Peer"/>. Measured from what sessions carry, since the replica was
    /// opened. A copy, O(peers).
    /// </summary>
    public IReadOnlyDictionary<string, NetworkQuality> NetworkQuality => _links.Qualities();

    /// <summary>The lanes that this replica takes part in, in the order of their priority.</summary>
    public IReadOnlyList<string> Lanes => _lanes.All;

    /// <summary>Runs one session with a peer over any transport; both sides call this. Afterwards each has what the other had when it began.</summary>
    /// <param name="transport">The way to the peer.</param>
    /// <param name="progress">Is told how far the session has come.</param>
    /// <param name="cancellationToken">Ends the session; what was received until then is kept.</param>
    /// <exception cref="SessionException">The session ended early; the message says why. What was received until then is kept.</exception>
    /// <exception cref="IOException">The way to the peer broke.</exception>
    public Task<SyncResult> SyncAsync(ISyncTransport transport, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default) =>
        SyncAsync(transport, new SyncOptions { Progress = progress }, cancellationToken);

    /// <summary>
    /// Runs one session with a peer over any transport, in some lanes, or as the network allows. Both sides call this, each with its own options; a lane
    /// is exchanged where neither leaves it out.
    /// </summary>
    /// <param name="transport">The way to the peer.</param>
    /// <param name="options">What the session is to do.</param>
    /// <param name="cancellationToken">Ends the session; what was received until then is kept.</param>
    /// <exception cref="ArgumentException">The options name a lane that this replica takes no part in, or none.</exception>
    /// <exception cref="SessionException">The session ended early; the message says why. What was received until then is kept.</exception>
    /// <exception cref="IOException">The way to the peer broke.</exception>
    public async Task<SyncResult> SyncAsync(ISyncTransport transport, SyncOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (result, _) = await RunSessionAsync(transport, options, stays: false, cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>Syncs with a replica in the same process. The result is this side's.</summary>
    /// <inheritdoc cref="SyncAsync(ISyncTransport, IProgress{SyncProgress}?, CancellationToken)"/>
    public Task<SyncResult> SyncAsync(GraphReplica peer, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default) =>
        SyncAsync(peer, new SyncOptions { Progress = progress }, cancellationToken);

    /// <summary>Syncs with a replica in the same process, in some lanes, or as if over a network. The result is this side's.</summary>
    /// <inheritdoc cref="SyncAsync(ISyncTransport, SyncOptions, CancellationToken)"/>
    public async Task<SyncResult> SyncAsync(GraphReplica peer, SyncOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var (here, there) = InMemoryTransport.CreatePair();
        var mine = EndingAsync(SyncAsync(here, options, cancellationToken), here);
        var theirs = EndingAsync(peer.SyncAsync(there, new SyncOptions(), cancellationToken), there);
        await Task.WhenAll(mine, theirs).ConfigureAwait(false);
        return await mine.ConfigureAwait(false);
    }

    private async Task<(SyncResult Result, SyncSession Session)> RunSessionAsync(ISyncTransport transport, SyncOptions options, bool stays, CancellationToken cancellationToken, bool isProven = false)
    {
        var link = options.Peer is { } peer ? _links.Of(peer) : null;
        var strategy = options.Strategy ?? (options.Peer is { } known ? _links.StrategyFor(known) : SyncStrategy.Immediate);
        var lanes = (options.Lanes is null ? _lanes : _lanes.Only(options.Lanes)).OpenTo(options.Access);
        var agenda = LaneAgenda.For(lanes, strategy, link?.OwesOthers ?? false);
        await AskForRightsAsync(cancellationToken).ConfigureAwait(false);
        var session = new SyncSession(await _truth.IntroduceAsync(agenda.Now, options.Access, cancellationToken).ConfigureAwait(false), agenda.Now.All)
        {
            Made = lane => _truth.VectorOf(lane)[_truth.Id],
            KnowsAllTypes = options.RequiresKnownTypes,
            Expected = options.Replica,
            Challenge = !isProven && options.Replica is { } expected && ReplicaKey.IsSigned(expected) ? RandomNumberGenerator.GetBytes(Frame.ChallengeSize) : default,
            Stays = stays,
        };
        using var activity = SyncTelemetry.BeginSession(Name, options.Peer);
        var probe = new TrafficProbe(_truth.Time);
        var metered = new MeteredTransport(options.Patience is { } patience ? new PatientTransport(transport, patience, _truth.Time) : transport, probe);
        await using (metered.ConfigureAwait(false))
        {
            try
            {
                var driver = new SessionDriver(_truth, session, metered, AfterCommitAsync) { SliceBytes = strategy.SliceBytes };
                var done = await driver.RunAsync(options.Progress, cancellationToken).ConfigureAwait(false);
                await GiveRightsAsync().ConfigureAwait(false);
                if (link is not null) link.OwesOthers = agenda.Deferred.Count > 0 && done.Mode == SyncMode.Equal;
                _divergences.Note(session, error: null);
                SyncTelemetry.Ended(Name, done, activity);
                return (done with { Strategy = strategy, Lanes = agenda.Complete(done.Lanes) }, session);
            }
            catch (Exception error)
            {
                if (error is SessionException ended) _divergences.Note(session, ended);
                SyncTelemetry.Failed(Name, error, activity);
                throw;
            }
            finally
            {
                (link ?? (session.Peer is { } met ? _links.OfIntroduced(met.Name) : null))?.Add(probe);
            }
        }
    }

    private static async Task<SyncResult> EndingAsync(Task<SyncResult> session, InMemoryTransport transport)
    {
        await using (transport.ConfigureAwait(false)) return await session.ConfigureAwait(false);
    }
}
