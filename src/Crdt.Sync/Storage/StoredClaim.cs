using System.Collections.Immutable;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sync.Storage;

/// <summary>That an entity has a value of a unique field.</summary>
/// <param name="Claim">The value.</param>
/// <param name="Id">The entity.</param>
internal readonly record struct StoredClaim(UniqueClaim Claim, EntityId Id) : IComparable<StoredClaim>
{
    /// <summary>None, to which others are added in their order.</summary>
    public static ImmutableSortedSet<StoredClaim> None { get; } = [];

    public int CompareTo(StoredClaim other) => (Claim, Id).CompareTo((other.Claim, other.Id));
}
