using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Sync.Transactions;

/// <content>What settling conflicts needs beyond what a user can do.</content>
public sealed partial class GraphTransaction
{
    /// <summary>An entity by the names of its fields, also one that is deleted and of which something is left.</summary>
    internal async ValueTask<DynamicEntity> GetInConflictAsync(EntityType type, EntityId id, CancellationToken cancellationToken)
    {
        RequireOpen();
        if (_entities.TryGetValue(id, out var touched)) return As<DynamicEntity>(touched);
        var (row, vector) = await _truth.ReadRowAsync(id, type.Lane, cancellationToken).ConfigureAwait(false);
        var entity = DynamicEntity.Create(type, id, AuthorOf(type));
        if (!row.IsEmpty) entity.State.ReadRow(row.Span, vector);
        _entities.Add(id, new(entity, IsNew: false));
        return entity;
    }

    /// <summary>Connects a relationship that is alive anew, with all that it holds, so that it is chosen; the commit deletes what it takes the place of.</summary>
    internal void Reconnect(EntityType type, EntityId id)
    {
        _entities[id].State.Restore();
        _entities[id] = _entities[id] with { IsConnectedAgain = true };
        TakePlaces(type, id);
    }
}
