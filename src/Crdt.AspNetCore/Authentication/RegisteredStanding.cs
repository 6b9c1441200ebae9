using System.Security.Claims;
using Crdt.Clocks;

namespace Crdt.AspNetCore.Authentication;

/// <summary>Sends away those whose token was revoked, has expired or was replaced since they connected.</summary>
internal sealed class RegisteredStanding(PeerRegister register, TimeProvider time) : IPeerStanding
{
    /// <summary>The claim that says which token it was.</summary>
    public const string TokenClaim = "crdt:token";

    /// <summary>The claim that says which replica the token is for.</summary>
    public const string ReplicaClaim = "crdt:replica";

    public bool IsRevoked(ReplicaId replica) => register.IsRevoked(replica);

    public string? ReasonToLeave(ClaimsPrincipal peer)
    {
        if (peer.FindFirstValue(TokenClaim) is not { } hash) return null;
        return register.Peers.FirstOrDefault(each => each.TokenHash == hash) is { } registered ? ReasonToLeave(registered, time.GetUtcNow()) : "the token was replaced by a later one";
    }

    /// <summary>Why a peer isn't let in, or has to leave; null where it may stay.</summary>
    public static string? ReasonToLeave(RegisteredPeer peer, DateTimeOffset now)
    {
        if (peer.Revoked is { } revoked) return $"'{peer.Name}' was revoked at {revoked:u}";
        return peer.Expires is { } expires && expires <= now ? $"the token of '{peer.Name}' expired at {expires:u}: ask for another code" : null;
    }
}
