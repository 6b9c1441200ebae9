using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;

namespace Crdt.Sync.Connections;

/// <summary>
/// Finds the relationships that compete with some: those that have a place in common with them, and where a type has two places also those that
/// have one in common with these, and so on.
/// </summary>
/// <param name="store">The truth, which must not change meanwhile.</param>
/// <param name="schema">The types.</param>
internal sealed class Neighbourhood(IReplicaStore store, GraphSchema schema)
{
    private readonly HashSet<uint> _ends = [.. schema.Types.Where(type => type.IsConstrained).SelectMany(type => new[] { type.Source!.Id, type.Target!.Id })];

    /// <summary>Whether any type has a multiplicity. Where none has, nothing here costs anything.</summary>
    public bool IsNeeded => _ends.Count > 0;

    /// <summary>The type of a relationship, where it has a multiplicity.</summary>
    public EntityType? TypeOf(EntityId id) => id.IsRelationship && schema.Find(id.TypeId) is { IsConstrained: true } type ? type : null;

    /// <summary>
    /// Some relationships, of which others are passed over, and all that compete with them. O(relationships, of all types, of the nodes that they connect): since
    /// connecting replaces what was seen, more than one at a place is left only by connections that were concurrent.
    /// </summary>
    public async ValueTask<IReadOnlyCollection<EntityId>> FindAsync(IEnumerable<EntityId> relationships, CancellationToken cancellationToken)
    {
        var found = relationships.Where(id => TypeOf(id) is not null).ToHashSet();
        var places = new HashSet<Place>();
        for (IReadOnlyCollection<EntityId> latest = found; latest.Count > 0;)
        {
            var open = latest.SelectMany(PlacesOf).Where(places.Add).Select(place => place.Node).Distinct().ToList();
            var incident = await ReadIncidentAsync(open, cancellationToken).ConfigureAwait(false);
            latest = incident.FindAll(id => !found.Contains(id) && PlacesOf(id).Any(places.Contains));
            found.UnionWith(latest);
        }

        return found;
    }

    /// <summary>The relationships of nodes whose types have a multiplicity. O(relationships, of all types, of the nodes).</summary>
    public async ValueTask<List<EntityId>> ReadIncidentAsync(IReadOnlyList<EntityId> nodes, CancellationToken cancellationToken)
    {
        var connected = nodes.Where(node => _ends.Contains(node.TypeId)).ToList();
        if (connected.Count == 0) return [];
        var incident = await store.ReadIncidentAsync(connected, cancellationToken).ConfigureAwait(false);
        return [.. incident.Where(id => TypeOf(id) is not null)];
    }

    private IEnumerable<Place> PlacesOf(EntityId id) => Place.Of(TypeOf(id)!, id);
}
