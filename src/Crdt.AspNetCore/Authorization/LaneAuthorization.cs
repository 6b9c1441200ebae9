using System.Security.Claims;
using Crdt.AspNetCore.Endpoints;
using Crdt.Sync.Lanes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Crdt.AspNetCore.Authorization;

/// <summary>Works out what a peer may do, lane by lane and direction by direction. What nobody allows is denied.</summary>
internal sealed class LaneAuthorization(IAuthorizationService authorization, IOptions<CrdtHubOptions> options)
{
    private const string Others = "*";
    private static readonly LaneAccess[] Directions = [LaneAccess.Read, LaneAccess.Write, LaneAccess.Trusted];

    /// <summary>What a peer may do in the lanes that are known, in those that its claims and the policies name, which may be learnt in the session, and in all others.</summary>
    public async ValueTask<PeerAccess> OfAsync(ClaimsPrincipal peer, IEnumerable<string> known)
    {
        if (options.Value.AllowsAnonymousForDevelopment) return PeerAccess.Full;
        var access = new Dictionary<string, LaneAccess>(StringComparer.Ordinal);
        var named = options.Value.Policies.Keys.Select(policy => policy.Lane).Concat(ClaimedAccess.Of(peer).SelectMany(claimed => claimed.Lanes));
        foreach (var lane in known.Concat(named).Where(lane => lane != Others).Distinct()) access[lane] = await InAsync(peer, lane).ConfigureAwait(false);
        return new(access, await InAsync(peer, Others).ConfigureAwait(false));
    }

    private async ValueTask<LaneAccess> InAsync(ClaimsPrincipal peer, string lane)
    {
        var access = LaneAccess.None;
        foreach (var direction in Directions)
        {
            if (await IsAllowedAsync(peer, lane, direction).ConfigureAwait(false)) access |= direction;
        }

        return access;
    }

    private async ValueTask<bool> IsAllowedAsync(ClaimsPrincipal peer, string lane, LaneAccess direction)
    {
        var policies = options.Value.Policies;
        var named = policies.TryGetValue((lane, direction), out var policy) || policies.TryGetValue((Others, direction), out policy);
        var result = named
            ? await authorization.AuthorizeAsync(peer, lane, policy!).ConfigureAwait(false)
            : await authorization.AuthorizeAsync(peer, lane, [new LaneRequirement(lane, direction)]).ConfigureAwait(false);
        return result.Succeeded;
    }
}
