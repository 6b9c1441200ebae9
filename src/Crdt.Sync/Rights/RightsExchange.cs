using System.Collections.Concurrent;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Transactions;
using Crdt.Sync.Truth;
using Crdt.Types.Counters;

namespace Crdt.Sync.Rights;

/// <summary>
/// Lets the rights of bounded counters move to where they are needed. What a transaction was refused for want of rights is asked for with the next session, by an ordinary write; who hears that
/// somebody needs rights and has some gives them when a session ends, by another, which travels with the next one. Both are lost with the process before they are written, and come again with
/// the next refusal.
/// </summary>
/// <param name="schema">The types.</param>
/// <param name="tryBegin">Begins a transaction, where no other is open; null where one is.</param>
internal sealed class RightsExchange(GraphSchema schema, Func<ValueTask<GraphTransaction?>> tryBegin)
{
    /// <summary>How many counters are remembered; more are served when they are written to again.</summary>
    private const int Capacity = 10_000;

    private readonly Dictionary<uint, FieldSchema[]> _bounded = schema.Types
        .Select(type => (type.Id, Fields: type.Fields.Where(field => field.Kind == FieldKind.BoundedCounter).ToArray())).Where(type => type.Fields.Length > 0).ToDictionary(type => type.Id, type => type.Fields);

    private readonly ConcurrentDictionary<(EntityId Entity, uint Field), long> _lacking = [];
    private readonly ConcurrentDictionary<EntityId, bool> _needy = [];

    /// <summary>Whether there is a bounded counter at all.</summary>
    public bool IsNeeded => _bounded.Count > 0;

    /// <summary>Takes note that more was to be taken away from a counter than this replica has rights for.</summary>
    /// <param name="entity">Whose counter it is.</param>
    /// <param name="field">Its number.</param>
    /// <param name="amount">How much was to be taken away.</param>
    public void Lack(EntityId entity, uint field, long amount)
    {
        if (_lacking.Count < Capacity) _lacking.AddOrUpdate((entity, field), amount, (_, before) => Math.Max(before, amount));
    }

    /// <summary>Looks for needs in rows that have changed. O(bytes) for those of types with bounded counters.</summary>
    /// <param name="changes">The rows.</param>
    /// <param name="self">Who might give.</param>
    public void Look(IReadOnlyList<RowChange> changes, Clocks.ReplicaId self)
    {
        foreach (var write in changes.Select(change => change.Write))
        {
            if (!write.IsAlive || _needy.Count >= Capacity || !_bounded.TryGetValue(write.Id.TypeId, out var fields)) continue;
            if (fields.Any(field => MayGive(write, field, self))) _needy[write.Id] = true;
        }
    }

    /// <summary>Asks for what was lacking, before a session that carries it.</summary>
    public async ValueTask AskAsync(CancellationToken cancellationToken)
    {
        if (_lacking.IsEmpty) return;
        await TryAsync(
            async transaction =>
            {
                foreach (var ((id, number), amount) in _lacking)
                {
                    _lacking.TryRemove(new((id, number), amount));
                    if (await transaction.GetEntityAsync(id, cancellationToken).ConfigureAwait(false) is not { } entity) continue;
                    var field = entity.Type.FindField(number)!.Name;
                    var missing = amount - entity.RightsOf(field).Of(transaction.Replica);
                    if (missing > 0) entity.Ask(field, missing);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives what others need and this replica has, after a session, which is over and is not undone by it.</summary>
    public async ValueTask GiveAsync()
    {
        if (_needy.IsEmpty) return;
        EntityId[] needy = [.. _needy.Keys];
        foreach (var id in needy) _needy.TryRemove(id, out _); // Before, because what is given may leave a need that is to be looked at again.
        var isDone = await TryAsync(
            async transaction =>
            {
                foreach (var id in needy)
                {
                    if (await transaction.GetEntityAsync(id).ConfigureAwait(false) is not { } entity) continue;
                    foreach (var field in _bounded[id.TypeId]) Give(entity, field.Name, transaction.Replica);
                }
            },
            CancellationToken.None).ConfigureAwait(false);
        if (isDone) return;
        foreach (var id in needy) _needy[id] = true;
    }

    /// <summary>Whether somebody wants rights that this replica can spare. The rows are stored by now, so nothing is to be thrown here.</summary>
    private static bool MayGive(EntityWrite write, FieldSchema field, Clocks.ReplicaId self)
    {
        try
        {
            return EscrowRights.Read(write.State.Span, field).GiftsOf(self).Count > 0;
        }
        catch (WireFormatException)
        {
            return false; // Somebody in error wrote it. Who reads the entity is told.
        }
    }

    private static void Give(Dynamic.DynamicEntity entity, string field, Clocks.ReplicaId self)
    {
        foreach (var gift in entity.RightsOf(field).GiftsOf(self)) entity.Give(field, gift.Replica, gift.Amount);
    }

    /// <summary>Writes in a transaction of its own, unless another one is open. The session goes on without it where it fails; it is tried again with another one.</summary>
    private async ValueTask<bool> TryAsync(Func<GraphTransaction, ValueTask> write, CancellationToken cancellationToken)
    {
        if (await tryBegin().ConfigureAwait(false) is not { } transaction) return false;
        await using (transaction.ConfigureAwait(false))
        {
            try
            {
                await write(transaction).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (Exception error) when (error is InvalidOperationException or StoreException or OverflowException or WireFormatException or Projection.ProjectionException)
            {
                return false;
            }
        }
    }
}
