using Crdt.Conflicts;
using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;
using Crdt.Sync.Transactions;
using Crdt.Sync.Uniqueness;
using Crdt.Uniqueness;

namespace Crdt.Sync.Conflicts;

/// <summary>Writes what a person has decided, as a part of a transaction.</summary>
internal static class ConflictSettler
{
    public static async ValueTask SettleAsync(GraphTransaction transaction, Conflict conflict, Settlement settlement, CancellationToken cancellationToken)
    {
        if (settlement.Write is not null && conflict.Kind != ConflictKind.ConcurrentUpdate) throw new ArgumentException("Only a field has writes to choose among; restore the entity, or accept what the rule made of it.", nameof(settlement));
        var entity = await transaction.GetInConflictAsync(conflict.Type, conflict.Entity, cancellationToken).ConfigureAwait(false);
        switch (conflict.Kind)
        {
            case ConflictKind.ConcurrentUpdate:
                SettleField(entity, conflict, settlement);
                break;
            case ConflictKind.DeletedAndUpdated:
                var deletion = entity.State.Conflicts.OfType<DeletionConflict>().FirstOrDefault() ?? throw Stale(conflict);
                if (IdOf(entity.State) != conflict.Id) throw Stale(conflict);
                if (settlement.Accepts) deletion.Dismiss();
                else deletion.Restore();
                break;
            case ConflictKind.DuplicateValue:
                var owner = await transaction.GetInConflictAsync(conflict.Type, conflict.Owner, cancellationToken).ConfigureAwait(false);
                Release(conflict, entity, owner, settlement.Accepts ? entity : owner);
                break;
            default:
                if (!entity.State.IsAlive) throw Stale(conflict);
                if (settlement.Accepts) entity.State.Delete();
                else transaction.Reconnect(conflict.Type, conflict.Entity);
                break;
        }
    }

    private static void SettleField(DynamicEntity entity, Conflict conflict, Settlement settlement)
    {
        var dots = conflict.Competing.Select(write => write.Dot);
        var stored = entity.State.Conflicts.OfType<RegisterConflict>().FirstOrDefault(other => other.Field.Id == conflict.Field!.Id && other.Writes.Select(write => write.Dot).SequenceEqual(dots)) ?? throw Stale(conflict);
        var chosen = settlement.Write ?? (settlement.Accepts ? conflict.Winner : throw new ArgumentException("A field isn't restored; choose one of its writes, or accept what the rule made of them.", nameof(settlement)));
        if (chosen is { } write)
        {
            // By its dot: the entity has no class here, so what is stored are the bytes of the value, exact for every type.
            if (!conflict.Competing.Contains(write)) throw new ArgumentException("This is none of the writes of the conflict.", nameof(settlement));
            stored.Settle(stored.Writes.First(other => other.Dot == write.Dot));
        }
        else if (conflict.Key is { } key)
        {
            entity.Put(conflict.Field!.Name, key, conflict.Reads);
        }
        else
        {
            entity[conflict.Field!.Name] = conflict.Reads;
        }
    }

    /// <summary>Takes the value away from one of the two that share it.</summary>
    private static void Release(Conflict conflict, DynamicEntity later, DynamicEntity first, DynamicEntity loser)
    {
        var field = conflict.Field!;
        var (own, other) = (ClaimOf(later, field), ClaimOf(first, field));
        if (own.Claim != other.Claim || own.Field is null || DuplicateConflicts.IdOf(conflict.Entity, own, other) != conflict.Id) throw Stale(conflict);
        if (!field.Nullable) throw new ArgumentException($"'{conflict.Type.Name}.{field.Name}' can't be without a value; write another one to either node, or delete one of them.");
        loser[field.Name] = null;
    }

    private static ClaimedValue ClaimOf(DynamicEntity entity, FieldSchema field) => ClaimChange.ClaimsOf(entity.State).FirstOrDefault(claimed => claimed.Field.Id == field.Id);

    private static ConflictId IdOf(EntityState state)
    {
        var met = new CausalContext();
        state.CollectRemovable(met);
        return ConflictId.Of(state.Id, met);
    }

    private static InvalidOperationException Stale(Conflict conflict) =>
        new($"This conflict of a {conflict.Type.Name} isn't there any more: it was settled, or the entity was written to since. List the conflicts again.");
}
