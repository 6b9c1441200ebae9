using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Commit;

namespace Crdt.Sync.Uniqueness;

/// <summary>Holds what a transaction claims against what others have.</summary>
internal static class UniqueCheck
{
    /// <summary>
    /// Demands that nobody else has what is claimed. A value that one of the transaction's entities gives up is free for another; one that several entities have already, because they were
    /// written apart, keeps nobody from writing something else to them. O(claims log N).
    /// </summary>
    /// <exception cref="UniqueValueTakenException">Somebody has it.</exception>
    public static async ValueTask RequireFreeAsync(IReadOnlyList<ClaimChange> changes, IReplicaStore store, CancellationToken cancellationToken)
    {
        var claims = changes.SelectMany(change => change.Claimed.Select(claim => (Change: change, Claim: claim))).ToList();
        if (claims.Count == 0) return;
        var released = changes.SelectMany(change => change.Released.Select(claim => (claim, change.Entity))).ToHashSet();
        var claimants = await store.ReadClaimantsAsync([.. claims.Select(each => each.Claim)], cancellationToken).ConfigureAwait(false);
        var taken = new Dictionary<UniqueClaim, EntityId>();
        foreach (var ((change, claim), present) in claims.Zip(claimants))
        {
            if (!taken.TryAdd(claim, change.Entity)) throw change.Taken(claim, taken[claim]);
            foreach (var owner in present.Where(id => id != change.Entity && !released.Contains((claim, id)))) throw change.Taken(claim, owner);
        }
    }

    /// <summary>Demands that nothing of what is claimed is reserved for another transaction.</summary>
    /// <exception cref="EntityReservedException">It is.</exception>
    public static void RequireUnreserved(IReadOnlyList<ClaimChange> changes, Func<EntityId, TransactionId?> holderOf, TransactionId? own)
    {
        foreach (var change in changes)
        {
            foreach (var claim in change.Claimed)
            {
                if (holderOf(ClaimReservation.Of(change.Type.Id, claim)) is { } holder && holder != own) throw new EntityReservedException(change.Type.Name, change.Entity, holder);
            }
        }
    }
}
