using Crdt.Sync.Lanes;
using Microsoft.AspNetCore.Authorization;

namespace Crdt.AspNetCore.Authorization;

/// <summary>
/// What a peer has to have to read or write a lane. By itself the claims of type <see cref="CrdtClaimTypes.Access"/> meet it; an <see cref="AuthorizationHandler{TRequirement}"/> of your own may meet it too.
/// </summary>
/// <param name="Lane">The lane.</param>
/// <param name="Direction"><see cref="LaneAccess.Read"/> or <see cref="LaneAccess.Write"/>.</param>
public sealed record LaneRequirement(string Lane, LaneAccess Direction) : IAuthorizationRequirement;
