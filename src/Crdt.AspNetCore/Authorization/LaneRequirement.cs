using Crdt.Sync.Lanes;
using Microsoft.AspNetCore.Authorization;

namespace Crdt.AspNetCore.Authorization;

/// <summary>
/// What a peer has to have to read or write a lane, or to be believed in it. By itself the claims of type <see cref="CrdtClaimTypes.Access"/> meet it; an <see cref="AuthorizationHandler{TRequirement}"/> of your own may meet it too.
/// </summary>
/// <param name="Lane">The lane.</param>
/// <param name="Direction"><see cref="LaneAccess.Read"/>, <see cref="LaneAccess.Write"/> or <see cref="LaneAccess.Trusted"/>.</param>
public sealed record LaneRequirement(string Lane, LaneAccess Direction) : IAuthorizationRequirement;
