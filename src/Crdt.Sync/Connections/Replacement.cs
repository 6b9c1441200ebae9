using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;

namespace Crdt.Sync.Connections;

/// <summary>
/// Lets a transaction that connects what takes one relationship at most delete the one that it saw there, in the same event. So a conflict is left
/// only by what is connected concurrently, and connecting again settles one.
/// </summary>
/// <param name="store">The truth, which must not change meanwhile.</param>
/// <param name="schema">The types.</param>
internal sealed class Replacement(IReplicaStore store, GraphSchema schema)
{
    private readonly Neighbourhood _neighbourhood = new(store, schema);

    /// <summary>Whether any type has a multiplicity.</summary>
    public bool IsNeeded => _neighbourhood.IsNeeded;

    /// <summary>Adds the deletions of what is replaced. O(what is replaced), and where a target takes one at most O(relationships, of all types, of the targets that are connected).</summary>
    public async ValueTask ApplyAsync(ExtendedWrites writes, CancellationToken cancellationToken)
    {
        var takers = TakersOf(writes);
        var taken = await _neighbourhood.ReadAtAsync(takers.Keys, cancellationToken).ConfigureAwait(false);
        var rivals = taken.FindAll(id => TakersAt(id, takers).Any());
        var rows = await store.ReadAsync(rivals, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < rivals.Count; i++)
        {
            if (!EncodedEntity.IsAlive(rows[i].Span)) continue;
            writes.Settled.UnionWith(TakersAt(rivals[i], takers));
            if (writes.Find(rivals[i]) is not { } touched) writes.Add(_neighbourhood.TypeOf(rivals[i])!, rivals[i], rows[i]).Delete();
            else if (touched.State.IsAlive) touched.State.Delete();
        }
    }

    private static Dictionary<Place, EntityId> TakersOf(ExtendedWrites writes)
    {
        var takers = new Dictionary<Place, EntityId>();
        foreach (var touched in writes.All)
        {
            if (!touched.Connects || touched.State is not { IsAlive: true, Type.IsConstrained: true }) continue;
            foreach (var place in Place.Of(touched.State.Type, touched.State.Id)) takers[place] = touched.State.Id;
        }

        return takers;
    }

    /// <summary>Who takes the places that a stored relationship has.</summary>
    private IEnumerable<EntityId> TakersAt(EntityId id, Dictionary<Place, EntityId> takers) =>
        Place.Of(_neighbourhood.TypeOf(id)!, id).Where(takers.ContainsKey).Select(place => takers[place]).Where(taker => taker != id);
}
