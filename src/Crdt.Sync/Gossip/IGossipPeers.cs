using Crdt.Sync.Transport;

namespace Crdt.Sync.Gossip;

/// <summary>The peers that a replica can reach by itself: a list of addresses, what a local network announces, or the members of a room.</summary>
public interface IGossipPeers
{
    /// <summary>The names of the peers as of now, in any order, without this replica. Names are compared by their bytes.</summary>
    /// <exception cref="IOException">They can't be found out now; those that were listed last are gone on with.</exception>
    ValueTask<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Opens a way to a peer, which answers with a session of its own. Whoever opened it closes it.</summary>
    /// <exception cref="IOException">The peer can't be reached.</exception>
    ValueTask<ISyncTransport> ConnectAsync(string peer, CancellationToken cancellationToken = default);
}
