using Crdt.Sync.Gossip;
using Microsoft.AspNetCore.Http;

namespace Crdt.AspNetCore.Endpoints;

/// <summary>Why a connection isn't taken.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Name">What the reason is called in logs and tests.</param>
/// <param name="Reason">What is wrong, and what helps.</param>
internal sealed record Refusal(int Status, string Name, string Reason)
{
    public static Refusal NoWebSocket { get; } = new(StatusCodes.Status426UpgradeRequired, "no-websocket", $"replicas sync here, by WebSocket under the subprotocol {WebSocketPeers.SubProtocol}: connect with the crdt tool or {nameof(WebSocketPeers)}");

    public static Refusal OtherProtocol { get; } = new(StatusCodes.Status400BadRequest, "subprotocol", $"the subprotocol here is {WebSocketPeers.SubProtocol}: update the older of both programs");

    public static Refusal PlainText { get; } = new(StatusCodes.Status403Forbidden, "plain-text", "without TLS nobody is let in beyond this machine: use wss://");

    public static Refusal NoRights { get; } = new(StatusCodes.Status403Forbidden, "no-rights", "this replica has no rights in any lane here: ask whoever runs the hub for them");

    public static Refusal Full { get; } = new(StatusCodes.Status503ServiceUnavailable, "full", "the hub has as many connections as it takes: come back later");

    public static Refusal TooManyConnections { get; } = new(StatusCodes.Status429TooManyRequests, "too-many-connections", "this replica has as many connections as one may have: close some");

    public static Refusal TooOften { get; } = new(StatusCodes.Status429TooManyRequests, "too-often", "this replica connects too often: come back in a minute");

    public static Refusal Origin(string origin) => new(StatusCodes.Status403Forbidden, "origin", $"pages of {Printable(origin)} may not connect: whoever runs the hub adds it to the list of origins");

    /// <summary>Answers with it: the reason stands in the body for people, and in a header for replicas, which see no body.</summary>
    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.Headers[WebSocketPeers.ReasonHeader] = Reason;
        if (Status == StatusCodes.Status426UpgradeRequired) response.Headers.Upgrade = "websocket";
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync($"{char.ToUpperInvariant(Reason[0])}{Reason[1..]}.\n").ConfigureAwait(false);
    }

    // What a stranger sent goes into a header and into logs.
    private static string Printable(string text) => new([.. text.Take(200).Where(character => character is > ' ' and <= '~')]);
}
