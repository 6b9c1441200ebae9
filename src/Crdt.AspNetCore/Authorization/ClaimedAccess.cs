using System.Security.Claims;
using Crdt.Sync.Lanes;
using Microsoft.AspNetCore.Authorization;

namespace Crdt.AspNetCore.Authorization;

/// <summary>Meets the requirements of the lanes that a peer's claims name.</summary>
internal sealed class ClaimedAccess : AuthorizationHandler<LaneRequirement>
{
    /// <summary>What the claims of a peer that is authenticated say. One that can't be read gives nothing.</summary>
    public static IEnumerable<PeerAccess> Of(ClaimsPrincipal peer) =>
        peer.Identities.Where(identity => identity.IsAuthenticated).SelectMany(identity => identity.FindAll(CrdtClaimTypes.Access)).Select(claim => Read(claim.Value));

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, LaneRequirement requirement)
    {
        if (Of(context.User).Any(access => access.In(requirement.Lane).HasFlag(requirement.Direction))) context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private static PeerAccess Read(string claim)
    {
        try
        {
            return PeerAccess.Parse(claim);
        }
        catch (FormatException)
        {
            return PeerAccess.None;
        }
    }
}
