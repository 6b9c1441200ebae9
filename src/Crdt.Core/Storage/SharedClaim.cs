using Crdt.Entities;

namespace Crdt.Storage;

/// <summary>A value of a unique field that several entities have.</summary>
/// <param name="Claim">The value.</param>
/// <param name="Claimants">The entities, ascending; two or more.</param>
public sealed record SharedClaim(UniqueClaim Claim, IReadOnlyList<EntityId> Claimants);
