using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync.Connections;

namespace Crdt.Sync.Transactions;

/// <content>Relationships of types that have a multiplicity.</content>
public sealed partial class GraphTransaction
{
    private readonly Dictionary<Place, EntityId> _takers = [];

    /// <summary>Notes down that a relationship was connected. What the transaction itself has connected at its places before is deleted; what is stored there, at the commit.</summary>
    private void TakePlaces(EntityType type, EntityId id)
    {
        foreach (var place in Place.Of(type, id))
        {
            if (_takers.TryGetValue(place, out var former) && former != id && _entities[former].State is { IsAlive: true } state) state.Delete();
            _takers[place] = id;
        }
    }

    /// <summary>Begins an entity that is in hand anew: one that was deleted, or that competes for its places.</summary>
    private void CreateAgain(EntityType type, EntityId id, TouchedEntity touched)
    {
        if (touched.State.IsAlive)
        {
            if (!type.IsConstrained || touched.Connects) throw new EntityExistsException(type.Name, id);
            touched.State.Delete();
        }

        touched.State.Create();
        _entities[id] = touched with { IsConnectedAgain = true };
        TakePlaces(type, id);
    }
}
