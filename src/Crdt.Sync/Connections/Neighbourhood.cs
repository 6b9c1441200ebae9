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
    private readonly EntityType[] _types = [.. schema.Types.Where(type => type.IsConstrained)];

    /// <summary>Whether any type has a multiplicity. Where none has, nothing here costs anything.</summary>
    public bool IsNeeded => _types.Length > 0;

    /// <summary>The type of a relationship, where it has a multiplicity.</summary>
    public EntityType? TypeOf(EntityId id) => id.IsRelationship && schema.Find(id.TypeId) is { IsConstrained: true } type ? type : null;

    /// <summary>
    /// Some relationships, of which others are passed over, and all that compete with them. O(what is found), and where a target takes one at most
    /// O(relationships, of all types, of those targets): since connecting replaces what was seen, more than one at a place is left only by connections
    /// that were concurrent.
    /// </summary>
    public async ValueTask<IReadOnlyCollection<EntityId>> FindAsync(IEnumerable<EntityId> relationships, CancellationToken cancellationToken)
    {
        var found = relationships.Where(id => TypeOf(id) is not null).ToHashSet();
        var places = new HashSet<Place>();
        for (IReadOnlyCollection<EntityId> latest = found; latest.Count > 0;)
        {
            var open = latest.SelectMany(PlacesOf).Where(places.Add).ToList();
            latest = (await ReadAtAsync(open, cancellationToken).ConfigureAwait(false)).FindAll(id => !found.Contains(id));
            found.UnionWith(latest);
        }

        return found;
    }

    /// <summary>The relationships that have one of some places, alive or not. Their costs are those of <see cref="FindAsync"/>.</summary>
    public async ValueTask<List<EntityId>> ReadAtAsync(IReadOnlyCollection<Place> places, CancellationToken cancellationToken)
    {
        var found = new HashSet<EntityId>();
        foreach (var sources in places.Where(place => place.IsSource).GroupBy(place => place.Type, place => place.Node))
            found.UnionWith(await store.ReadOutgoingAsync([.. sources], sources.Key, cancellationToken).ConfigureAwait(false));

        // The store has no index of targets by type.
        var targets = places.Where(place => !place.IsSource).ToHashSet();
        if (targets.Count > 0)
        {
            var incident = await store.ReadIncidentAsync([.. targets.Select(place => place.Node).Distinct()], cancellationToken).ConfigureAwait(false);
            found.UnionWith(incident.Where(id => TypeOf(id) is not null && targets.Contains(new(id.TypeId, id.Target, IsSource: false))));
        }

        return [.. found];
    }

    /// <summary>The relationships that give a place at their other end free when some nodes are deleted.</summary>
    public ValueTask<List<EntityId>> ReadFreedAsync(IEnumerable<EntityId> nodes, CancellationToken cancellationToken) =>
        ReadAtAsync([.. nodes.SelectMany(FreedBy)], cancellationToken);

    private IEnumerable<Place> PlacesOf(EntityId id) => Place.Of(TypeOf(id)!, id);

    private IEnumerable<Place> FreedBy(EntityId node)
    {
        foreach (var type in _types)
        {
            if (type.Source!.Id == node.TypeId && type.Multiplicity != Multiplicity.ManyOne) yield return new(type.Id, node, IsSource: true);
            if (type.Target!.Id == node.TypeId && type.Multiplicity != Multiplicity.OneMany) yield return new(type.Id, node, IsSource: false);
        }
    }
}
