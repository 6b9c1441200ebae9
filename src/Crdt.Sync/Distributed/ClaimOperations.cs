using Crdt.Codec;
using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Commit;
using Crdt.Sync.Uniqueness;

namespace Crdt.Sync.Distributed;

/// <summary>What a transaction claims of unique values, as operations: participants are asked about the values alone, which they need not be able to read.</summary>
internal static class ClaimOperations
{
    /// <summary>The operations that ask for what a transaction claims.</summary>
    public static IReadOnlyList<Operation> Of(IReadOnlyList<ClaimChange> changes)
    {
        var claimed = changes.SelectMany(change => change.Claimed).ToHashSet();
        var claims = changes.SelectMany(change => change.Claimed.Select(claim => new Operation(OperationVerb.Claim, change.Entity) { Claim = claim }));
        // Only what passes from one entity to another has to be known elsewhere.
        var released = changes.SelectMany(change => change.Released.Where(claimed.Contains).Select(claim => new Operation(OperationVerb.Release, change.Entity) { Claim = claim }));
        return [.. claims, .. released];
    }

    /// <summary>The unique values that an operation reserves: that which it claims, or gives to an entity.</summary>
    public static IEnumerable<EntityId> ReservationsOf(Operation operation, GraphSchema schema)
    {
        var type = operation.Entity.TypeId;
        if (operation.Verb == OperationVerb.Claim) return [ClaimReservation.Of(type, operation.Claim)];
        if (operation is not { Verb: OperationVerb.Set, Value: { } value }) return [];
        if (schema.Find(type)?.UniqueFields.FirstOrDefault(each => each.Name == operation.Field) is not { } field) return [];
        return [ClaimReservation.Of(type, UniqueClaim.Of(type, field.Id, ValueWriter.Encode(field.Value, value)))];
    }

    /// <summary>Why what is claimed can't be promised here; null where it can.</summary>
    public static async ValueTask<Refusal?> FindObjectionAsync(IReadOnlyList<Operation> operations, IReplicaStore store, GraphSchema schema, Func<EntityType, bool> takesPart)
    {
        if (operations.Any(operation => !operation.IsClaim)) return new(RefusalReason.Invalid, "what is claimed for another transaction stands alone");
        if (operations.Any(operation => !takesPart(schema.TypeOf(operation.Entity)))) return new(RefusalReason.Invalid, "this replica takes no part in the lane");
        Operation[] claims = [.. operations.Where(operation => operation.Verb == OperationVerb.Claim)];
        var released = operations.Where(operation => operation.Verb == OperationVerb.Release).Select(operation => (operation.Claim, operation.Entity)).ToHashSet();
        var claimants = await store.ReadClaimantsAsync([.. claims.Select(operation => operation.Claim)]).ConfigureAwait(false);
        foreach (var (operation, present) in claims.Zip(claimants))
        {
            foreach (var owner in present.Where(id => id != operation.Entity && !released.Contains((operation.Claim, id)))) return new(RefusalReason.Taken, TextOf(schema.TypeOf(owner), owner, operation));
        }

        return null;
    }

    /// <summary>Who has a value, as a peer that asked was told; null where it was asked about another one.</summary>
    public static string? OwnerOf(Operation claim, Refusal taken) =>
        taken.Text.EndsWith(Suffix(claim), StringComparison.Ordinal) ? taken.Text[..^Suffix(claim).Length] : null;

    private static string TextOf(EntityType type, EntityId owner, Operation claim) => $"{type.Name} {owner.KeyOf(type)}{Suffix(claim)}";

    private static string Suffix(Operation claim) => $" has what {claim.Claim.Value:x32} stands for";
}
