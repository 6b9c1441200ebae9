using Crdt.Sync.Gossip;
using Crdt.Sync.Transport;

namespace Crdt.Bench.Hub;

/// <summary>Peers whose ways are watched.</summary>
internal sealed class WatchedPeers(IGossipPeers inner, Func<ISyncTransport, ISyncTransport> watch) : IGossipPeers
{
    public ValueTask<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken = default) => inner.ListAsync(cancellationToken);

    public async ValueTask<ISyncTransport> ConnectAsync(string peer, CancellationToken cancellationToken = default) => watch(await inner.ConnectAsync(peer, cancellationToken));
}
