using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using Crdt.AspNetCore.Authentication;
using Crdt.AspNetCore.Authorization;
using Crdt.AspNetCore.Hosting;
using Crdt.Clocks;
using Crdt.Projection;
using Crdt.Storage;
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
    HostedReplica hosted, LaneAuthorization authorization, PeerQuotas quotas, ConnectedPeers peers, IEnumerable<IPeerStanding> standings, IOptions<CrdtHubOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SyncEndpoint> logger)
{
    private const int MaxCloseReason = 120;
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
        await using var closing = transport.ConfigureAwait(false);
        var watching = WatchAsync(context.User, peer, socket, ending);
        var session = OptionsFor(context.User, access);
        using (var connection = peers.Enter(new(peer, context.Connection.RemoteIpAddress?.ToString(), time.GetUtcNow()) { Replica = session.Replica }))
            await RunAsync(new QuotaTransport(transport, quotas, peer, connection), connection, peer, session with { Live = connection }, ending.Token).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
    }

    /// <summary>Sends a peer away that may not stay, with the reason.</summary>
    private async Task WatchAsync(ClaimsPrincipal user, string peer, WebSocket socket, CancellationTokenSource ending)
    {
        using var timer = new PeriodicTimer(_options.StandingInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(ending.Token).ConfigureAwait(false))
            {
                if (standings.Select(standing => standing.ReasonToLeave(user)).FirstOrDefault(reason => reason is not null) is not { } reason) continue;
                LogSentAway(peer, reason);
                await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, reason[..Math.Min(reason.Length, MaxCloseReason)], ending.Token).ConfigureAwait(false);
                await ending.CancelAsync().ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The connection has ended.
        }
        catch (IOException error)
        {
            LogSentAway(peer, error.Message); // The register can't be read: nobody stays whose standing isn't known.
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }

    private SyncOptions OptionsFor(ClaimsPrincipal user, PeerAccess access) => new()
    {
        Access = access,
        Replica = user.FindFirstValue(RegisteredStanding.ReplicaClaim) is { } replica ? ReplicaId.Parse(replica) : null,
        Patience = _options.Patience,
        RequiresKnownTypes = _options.LearnsTypesFromPeers && hosted.LearnsTypes && access.Allows(LaneAccess.Write),
    };

    private async Task RunAsync(QuotaTransport transport, PeerConnection connection, string peer, SyncOptions session, CancellationToken cancellationToken)
    {
        try
        {
            await hosted.StayInSyncAsync(transport, session, new SessionLog(this, connection, peer), cancellationToken).ConfigureAwait(false);
        }
        catch (UnknownTypesException)
        {
            // The log says what was learnt, and the peer was told to sync again.
        }
        catch (SessionException error)
        {
            LogFailed(peer, error.Reason, error.Message);
        }
        catch (Exception error) when (error is StoreException or ProjectionException or Codec.WireFormatException)
        {
            LogFailed(peer, SessionEnd.Failed, error.Message);
        }
        catch (IOException error)
        {
            LogBroken(peer, error.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogBroken(peer, lifetime.ApplicationStopping.IsCancellationRequested ? "the host stops" : "the peer went away, or was sent away");
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

    [LoggerMessage(EventId = 35, Level = LogLevel.Warning, Message = "'{Peer}' was sent away: {Reason}.")]
    private partial void LogSentAway(string peer, string reason);

    /// <summary>Logs the sessions of a connection.</summary>
    private sealed class SessionLog(SyncEndpoint endpoint, PeerConnection connection, string peer) : IProgress<SyncResult>
    {
        public void Report(SyncResult value)
        {
            connection.Report(value);
            endpoint.LogDone(peer, value.PeerName ?? peer, value.Mode, value.Sent.Bytes, value.Received.Bytes, value.Refused, value.Elapsed.TotalMilliseconds);
        }
    }
}
