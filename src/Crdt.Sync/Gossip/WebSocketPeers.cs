using System.Net;
using System.Net.WebSockets;
using Crdt.Sync.Transport;

namespace Crdt.Sync.Gossip;

/// <summary>Peers and hubs that are reached by WebSocket, each under a name and at an address.</summary>
public sealed class WebSocketPeers : IGossipPeers
{
    /// <summary>The subprotocol that client and server agree on, so that neither takes something else for a replica.</summary>
    public const string SubProtocol = "crdt.sync.1";

    /// <summary>
    /// What stands before a token in the name of a second subprotocol: pages can set no header, and addresses are what logs keep. A server never chooses that one.
    /// </summary>
    public const string TokenProtocol = "crdt.token.";

    /// <summary>The header of a hub's answer that says why a connection wasn't taken.</summary>
    public const string ReasonHeader = "Crdt-Reason";

    private const int MaxReason = 400;
    private readonly Dictionary<string, Uri> _addresses;
    private readonly WebSocketPeersOptions _options;

    /// <param name="addresses">The peers by their names; <c>wss</c>, or <c>ws</c> on this machine.</param>
    /// <param name="options">How they are reached; null for the defaults.</param>
    /// <exception cref="ArgumentException">An address is none, carries a password or a token, or leads to another machine without encryption.</exception>
    public WebSocketPeers(IEnumerable<KeyValuePair<string, Uri>> addresses, WebSocketPeersOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        (_addresses, _options) = (new(addresses, StringComparer.Ordinal), options ?? new());
        foreach (var address in _addresses.Values) Require(address);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken = default) => new(_addresses.Keys);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no peer of that name.</exception>
    /// <exception cref="PeerRefusedException">The peer was reached, and doesn't let this replica in; the message says why, and what to do.</exception>
    /// <exception cref="IOException">The peer can't be reached.</exception>
    public async ValueTask<ISyncTransport> ConnectAsync(string peer, CancellationToken cancellationToken = default)
    {
        if (!_addresses.TryGetValue(peer, out var address)) throw new ArgumentException($"No address is known of the peer '{peer}'.", nameof(peer));
        var socket = new ClientWebSocket();
        try
        {
            await PrepareAsync(socket.Options, peer, cancellationToken).ConfigureAwait(false);
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            if (socket.SubProtocol != SubProtocol) throw new PeerRefusedException("NoReplica", $"What answers at {address} takes WebSockets, but is no replica: check the address.");
            return new WebSocketTransport(socket);
        }
        catch (WebSocketException error)
        {
            var status = OperatingSystem.IsBrowser() ? 0 : socket.HttpStatusCode;
            var reason = ReasonFor(address, status, error) + Given(socket);
            socket.Dispose();
            throw KindOf(status) is { } kind ? new PeerRefusedException(kind, reason, error) : new IOException(reason, error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Require(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("ws" or "wss")) throw new ArgumentException($"'{address}' is no address of a WebSocket: it begins with wss://, or with ws:// on this machine.", nameof(address));
        if (address.UserInfo.Length > 0 || address.Query.Contains("token", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"The address of {address.Host} carries a secret, which logs would keep: give it as {nameof(WebSocketPeersOptions.Token)}.", nameof(address));
        if (address.Scheme == "ws" && !address.IsLoopback && !_options.AllowsPlainText)
            throw new ArgumentException($"Whoever is on the way to {address} reads everything: use wss://, or set {nameof(WebSocketPeersOptions.AllowsPlainText)} where the network is encrypted itself.", nameof(address));
    }

    private async ValueTask PrepareAsync(ClientWebSocketOptions socket, string peer, CancellationToken cancellationToken)
    {
        socket.AddSubProtocol(SubProtocol);
        var bearer = _options.Token is { } token ? await token(peer, cancellationToken).ConfigureAwait(false) : null;
        if (OperatingSystem.IsBrowser())
        {
            // It does the rest itself, and lets nobody set it.
            if (bearer is not null) socket.AddSubProtocol(TokenProtocol + RequireName(bearer));
            return;
        }

        socket.CollectHttpResponseDetails = true;
        (socket.KeepAliveInterval, socket.KeepAliveTimeout) = (_options.KeepAliveInterval, _options.KeepAliveTimeout);
        foreach (var certificate in _options.ClientCertificates) socket.ClientCertificates.Add(certificate);
        if (_options.TrustedRoots.Count > 0) socket.RemoteCertificateValidationCallback = (_, certificate, given, errors) => RootTrust.Covers(_options.TrustedRoots, certificate, given, errors);
        if (bearer is not null) socket.SetRequestHeader("Authorization", $"Bearer {bearer}");
    }

    // The framework's own message would quote the token.
    private static string RequireName(string token) => token.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal))
        ? token
        : throw new PeerRefusedException("Unauthorized", "The token can't be shown by a page: it has other characters than the name of a subprotocol may have (RFC 9110, section 5.6.2). Those that hubs give out have none.");

    /// <summary>What the other side says about it, whoever that is.</summary>
    private static string Given(ClientWebSocket socket)
    {
        if (OperatingSystem.IsBrowser() || socket.HttpResponseHeaders is not { } headers) return "";
        var reasons = headers.Where(header => string.Equals(header.Key, ReasonHeader, StringComparison.OrdinalIgnoreCase)).SelectMany(header => header.Value);
        var text = new string([.. string.Join(", ", reasons).Where(character => character is >= ' ' and <= '~').Take(MaxReason)]);
        return text.Length == 0 ? "" : $" It says: {text}.";
    }

    private static string? KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => "Unauthorized",
        HttpStatusCode.Forbidden => "Forbidden",
        HttpStatusCode.NotFound => "NotFound",
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => "Busy",
        not 0 and not HttpStatusCode.SwitchingProtocols => "NoReplica",
        _ => null,
    };

    private static string ReasonFor(Uri address, HttpStatusCode status, WebSocketException error) => status switch
    {
        HttpStatusCode.Unauthorized => $"{address} wants to know who this is: the token or certificate is missing, wrong or has expired.",
        HttpStatusCode.Forbidden => $"{address} doesn't let this replica in: it was revoked, has no rights there, or comes from an origin that isn't on the list.",
        HttpStatusCode.NotFound => $"There is no hub at {address}: check the path.",
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => $"{address} has no room for another connection now; try again later.",
        not 0 and not HttpStatusCode.SwitchingProtocols => $"{address} answers with HTTP {(int)status} where a WebSocket is meant: check the address.",
        _ => ReasonFor(address, error.InnerException as HttpRequestException) ?? $"{address} can't be reached: {error.Message}",
    };

    private static string? ReasonFor(Uri address, HttpRequestException? error) => error?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => $"There is no host '{address.Host}', or no network to ask for it.",
        HttpRequestError.ConnectionError => $"Nothing answers at {address.Authority}: check that the hub is started, and the port.",
        HttpRequestError.SecureConnectionError => $"The certificate of {address.Authority} isn't trusted, or TLS is not spoken there; add who issued it to those that this machine trusts, or to {nameof(WebSocketPeersOptions.TrustedRoots)}: {error.InnerException?.Message ?? error.Message}",
        _ => null,
    };
}
