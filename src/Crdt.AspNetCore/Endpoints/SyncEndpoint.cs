using System.Net;
using Crdt.AspNetCore.Authorization;
using Crdt.AspNetCore.Hosting;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Sync.Lanes;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crdt.AspNetCore.Endpoints;

/// <summary>Lets replicas in and runs their sessions.</summary>
internal sealed partial class SyncEndpoint(
    HostedReplica hosted, LaneAuthorization authorization, PeerQuotas quotas, IOptions<CrdtHubOptions> options, IHostApplicationLifetime lifetime, ILogger<SyncEndpoint> logger)
{
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(20);
    private readonly CrdtHubOptions _options = options.Value;

    /// <summary>Takes one request: refuses it, or runs sessions until the peer closes the connection.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var peer = NameOf(context);
        if (Check(context) is { } stranger)
        {
            await RefuseAsync(context, peer, stranger).ConfigureAwait(false);
            return;
        }

        var access = await authorization.OfAsync(context.User, hosted.Replica.Schema.Lanes).ConfigureAwait(false);
        var (room, refusal) = access.IsNone ? (null, Refusal.NoRights) : quotas.Enter(peer);
        using (room)
        {
            if (refusal is null) await ServeAsync(context, peer, access).ConfigureAwait(false);
            else await RefuseAsync(context, peer, refusal).ConfigureAwait(false);
        }
    }

    /// <summary>What is wrong with a request, whoever sends it.</summary>
    private Refusal? Check(HttpContext context)
    {
        if (!context.Request.IsHttps && !_options.AllowsPlainText && !IsLocal(context.Connection)) return Refusal.PlainText;
        if (context.Request.Headers.Origin.ToString() is { Length: > 0 } origin && !_options.AllowedOrigins.Contains(origin)) return Refusal.Origin(origin);
        if (!context.WebSockets.IsWebSocketRequest) return Refusal.NoWebSocket;
        return context.WebSockets.WebSocketRequestedProtocols.Contains(WebSocketPeers.SubProtocol) ? null : Refusal.OtherProtocol;
    }

    private async Task ServeAsync(HttpContext context, string peer, PeerAccess access)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = WebSocketPeers.SubProtocol,
            KeepAliveInterval = KeepAliveInterval,
            KeepAliveTimeout = KeepAliveTimeout,
        }).ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var transport = new WebSocketTransport(socket);
        await using (transport.ConfigureAwait(false)) await RunAsync(new QuotaTransport(transport, quotas, peer), peer, access, ending.Token).ConfigureAwait(false);
    }

    private async Task RunAsync(QuotaTransport transport, string peer, PeerAccess access, CancellationToken cancellationToken)
    {
        var session = new SyncOptions
        {
            Access = access,
            Patience = _options.Patience,
            RequiresKnownTypes = _options.LearnsTypesFromPeers && hosted.LearnsTypes && access.Allows(LaneAccess.Write),
        };
        try
        {
            var result = await hosted.SyncAsync(transport, session, cancellationToken).ConfigureAwait(false);
            LogDone(peer, result.PeerName ?? peer, result.Mode, result.Sent.Bytes, result.Received.Bytes, result.Refused, result.Elapsed.TotalMilliseconds);
        }
        catch (UnknownTypesException)
        {
            // The log says what was learnt, and the peer was told to sync again.
        }
        catch (SessionException error)
        {
            LogFailed(peer, error.Reason, error.Message);
        }
        catch (IOException error)
        {
            LogBroken(peer, error.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogBroken(peer, lifetime.ApplicationStopping.IsCancellationRequested ? "the host stops" : "the peer went away");
        }
        catch (ObjectDisposedException)
        {
            LogBroken(peer, "the replica is opened anew, with types that it has learnt");
        }
    }

    private async Task RefuseAsync(HttpContext context, string peer, Refusal refusal)
    {
        LogRefused(peer, context.Connection.RemoteIpAddress, refusal.Name, refusal.Reason);
        await refusal.WriteAsync(context.Response).ConfigureAwait(false);
    }

    private static string NameOf(HttpContext context) => context.User.Identity?.Name ?? context.Connection.RemoteIpAddress?.ToString() ?? "a peer";

    // No address is that of a socket which is no network, or of a test host.
    private static bool IsLocal(ConnectionInfo connection) => connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);

    [LoggerMessage(EventId = 30, Level = LogLevel.Information, Message = "Synced with '{Peer}' ('{Name}'): {Mode}, {Sent} bytes sent, {Received} received, {Refused} events refused, {Milliseconds:0.0} ms.")]
    private partial void LogDone(string peer, string name, SyncMode mode, long sent, long received, int refused, double milliseconds);

    [LoggerMessage(EventId = 31, Level = LogLevel.Warning, Message = "The session with '{Peer}' ended early ({End}): {Reason}")]
    private partial void LogFailed(string peer, SessionEnd end, string reason);

    [LoggerMessage(EventId = 32, Level = LogLevel.Information, Message = "The connection to '{Peer}' broke, and nothing is lost: {Reason}")]
    private partial void LogBroken(string peer, string reason);

    [LoggerMessage(EventId = 33, Level = LogLevel.Warning, Message = "'{Peer}' at {Address} was not let in ({Refusal}): {Reason}.")]
    private partial void LogRefused(string peer, IPAddress? address, string refusal, string reason);
}
