using System.Security.Cryptography.X509Certificates;

namespace Crdt.Sync.Gossip;

/// <summary>How peers are reached by WebSocket. In a browser only <see cref="AllowsPlainText"/> counts: it decides about the rest itself.</summary>
public sealed record WebSocketPeersOptions
{
    /// <summary>
    /// Gives the token by which a peer knows this replica, or null for none. It is asked at each connection, since tokens expire, and travels in a header.
    /// </summary>
    public Func<string, CancellationToken, ValueTask<string?>>? Token { get; init; }

    /// <summary>The certificates by which this replica shows who it is.</summary>
    public IReadOnlyList<X509Certificate2> ClientCertificates { get; init; } = [];

    /// <summary>Who has to vouch for the certificates of peers, as for those of a network with an authority of its own; empty for those that the machine trusts.</summary>
    public IReadOnlyList<X509Certificate2> TrustedRoots { get; init; } = [];

    /// <summary>How often the peer is asked for a sign of life while nothing else travels. 15 seconds by default.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long it has for that before the connection counts as broken. 20 seconds by default.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether <c>ws</c> may lead to other machines. Only for networks that encrypt by themselves.</summary>
    public bool AllowsPlainText { get; init; }
}
