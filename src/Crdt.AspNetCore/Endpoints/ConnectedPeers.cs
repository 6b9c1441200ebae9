using System.Collections.Concurrent;

namespace Crdt.AspNetCore.Endpoints;

/// <summary>The peers that are connected to a hub, for whoever shows them. Safe for use from several threads.</summary>
public sealed class ConnectedPeers
{
    private readonly ConcurrentDictionary<PeerConnection, bool> _connections = new();

    /// <summary>Those that are connected now, those that came first in front. O(connections).</summary>
    public IReadOnlyList<ConnectedPeer> Now => [.. _connections.Keys.Select(connection => connection.Now).OrderBy(peer => peer.Since).ThenBy(peer => peer.Peer, StringComparer.Ordinal)];

    /// <summary>Adds a connection, until it is disposed.</summary>
    internal PeerConnection Enter(ConnectedPeer peer)
    {
        var connection = new PeerConnection(peer, this);
        _connections[connection] = true;
        return connection;
    }

    internal void Leave(PeerConnection connection) => _connections.TryRemove(connection, out _);
}
