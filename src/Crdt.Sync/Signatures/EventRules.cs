using Crdt.Clocks;

namespace Crdt.Sync.Signatures;

/// <summary>Whose events are taken from a peer.</summary>
/// <param name="TakesUnsigned">Whether the peer is believed what it passes on of origins that have no key.</param>
/// <param name="IsRevoked">Whether nothing further is taken of an origin; null where there is none such.</param>
internal readonly record struct EventRules(bool TakesUnsigned, Func<ReplicaId, bool>? IsRevoked = null)
{
    /// <summary>Everybody's, as from a replica of one's own.</summary>
    public static EventRules All { get; } = new(TakesUnsigned: true);

    /// <summary>Those of some origins of which nothing further is taken. Each is asked for once.</summary>
    public HashSet<ReplicaId> RevokedAmong(IEnumerable<ReplicaId> origins) => IsRevoked is { } isRevoked ? [.. origins.Distinct().Where(isRevoked)] : [];
}
