using System.Security.Claims;
using System.Text.Encodings.Web;
using Crdt.AspNetCore.Authorization;
using Crdt.Sync.Gossip;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crdt.AspNetCore.Authentication;

/// <summary>Knows peers by the tokens of a <see cref="PeerRegister"/>.</summary>
internal sealed partial class CrdtTokenHandler(IOptionsMonitor<CrdtTokenOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<CrdtTokenOptions>(options, logger, encoder)
{
    private const string Bearer = "Bearer ";
    private string _reason = "show a token, which whoever runs the hub gives: crdt enroll makes a one-time code for one";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        var token = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : TokenOfPage();
        return Task.FromResult(token is null ? AuthenticateResult.NoResult() : Authenticate(token));
    }

    /// <summary>The token that a page shows in the name of a subprotocol; null where there is none.</summary>
    private string? TokenOfPage() => Context.WebSockets.WebSocketRequestedProtocols
        .FirstOrDefault(protocol => protocol.StartsWith(WebSocketPeers.TokenProtocol, StringComparison.Ordinal))?[WebSocketPeers.TokenProtocol.Length..];

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        LogStranger(Logger, Request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "somebody", _reason);
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        Response.Headers[WebSocketPeers.ReasonHeader] = _reason;
        return Task.CompletedTask;
    }

    private AuthenticateResult Authenticate(string token)
    {
        if (Options.Register!.Find(token) is not { } peer) return Fail("nobody here has that token: it is wrong, or was replaced by a later one");
        if (RegisteredStanding.ReasonToLeave(peer, TimeProvider.GetUtcNow()) is { } reason) return Fail(reason);
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, peer.Name), new(CrdtClaimTypes.Access, peer.Access), new(RegisteredStanding.TokenClaim, peer.TokenHash)], Scheme.Name);
        if (peer.Replica is { } replica) identity.AddClaim(new(RegisteredStanding.ReplicaClaim, replica));
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme.Name));
    }

    private AuthenticateResult Fail(string reason)
    {
        _reason = reason;
        return AuthenticateResult.Fail(reason);
    }

    [LoggerMessage(EventId = 40, Level = LogLevel.Warning, Message = "{Address} was not let in: {Reason}.")]
    private static partial void LogStranger(ILogger logger, string address, string reason);
}
