using Crdt.Sync.Gossip;
using Crdt.Sync.Networking;

namespace Crdt.Sync;

public sealed partial class GraphReplica
{
    /// <summary>Tells of commits, of this replica and of others, with the number of entities that each changed.</summary>
    private event Action<int>? Changed;

    /// <summary>
    /// Gossips until it is cancelled: in rounds, with a few random peers each, while there are news, and with one now and then when there are none. Many replicas
    /// come to hold the same that way without a centre, in a number of rounds that grows with the logarithm of theirs. Sessions that peers begin run beside it.
    /// </summary>
    /// <remarks>
    /// A peer that fails is left alone for a time that doubles with each failure, and stops nothing else. What is measured of the network is kept under the
    /// peer's name, and each session takes the strategy that follows from it. Demers et al. 1987 and Karp et al. 2000; <c>docs/gossip.md</c> has figures.
    /// </remarks>
    /// <param name="peers">The peers that can be reached.</param>
    /// <param name="options">How to gossip; null for the defaults.</param>
    /// <param name="cancellationToken">Ends it. Sessions that are under way end early; what was received until then is kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number or a time in the options is not positive.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, which is how it normally ends.</exception>
    /// <exception cref="ObjectDisposedException">The replica was closed.</exception>
    public Task GossipAsync(IGossipPeers peers, GossipOptions? options = null, CancellationToken cancellationToken = default) =>
        GossipAsync(peers, options ?? new(), strategy: null, cancellationToken);

    /// <summary>
    /// Keeps this replica and its peers in sync in the background until it is cancelled: gossips, and contacts peers at once when something was committed, instead of at the next
    /// round. Where the way to a peer is a long one, commits wait for each other, as <see cref="SyncStrategy"/> says.
    /// </summary>
    /// <inheritdoc cref="GossipAsync(IGossipPeers, GossipOptions?, CancellationToken)"/>
    public Task KeepSyncedAsync(IGossipPeers peers, GossipOptions? options = null, CancellationToken cancellationToken = default) =>
        GossipAsync(peers, options ?? new(), _links.StrategyFor, cancellationToken);

    private async Task GossipAsync(IGossipPeers peers, GossipOptions options, Func<string, SyncStrategy>? strategy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(peers);
        options.Require();
        var time = _truth.Time;
        var seed = options.Seed ?? ((ulong)Id.Value ^ (ulong)(Id.Value >> 64) ^ (ulong)time.GetUtcNow().Ticks);
        var gossiper = new Gossiper(peers, options, new(options, seed), time)
        {
            Sync = (peer, transport, token) => SyncAsync(transport, new SyncOptions { Peer = peer }, token),
            RequireOpen = () => ObjectDisposedException.ThrowIf(_isClosed, this),
            Strategy = strategy,
        };
        Changed += gossiper.Notice;
        try
        {
            await gossiper.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Changed -= gossiper.Notice;
        }
    }
}
