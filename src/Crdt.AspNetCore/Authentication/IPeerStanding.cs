using System.Security.Claims;
using Crdt.Clocks;

namespace Crdt.AspNetCore.Authentication;

/// <summary>
/// Says whether a peer that was let in may stay: connections last for days, and somebody may be revoked meanwhile. Every service of this type is asked every few seconds for each connection, so it has to be
/// quick.
/// </summary>
public interface IPeerStanding
{
    /// <summary>Why a peer has to leave; null where it may stay, or isn't known to this service.</summary>
    string? ReasonToLeave(ClaimsPrincipal peer);

    /// <summary>Whether nothing further is taken of what a replica writes, whoever passes it on. It is asked for each origin in each frame of events.</summary>
    bool IsRevoked(ReplicaId replica) => false;
}
