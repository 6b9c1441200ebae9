using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Transactions;
using Crdt.Sync.Truth;

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

    /// <summary>Adds the deletions of what is replaced. O(relationships of the nodes that are connected).</summary>
    public async ValueTask<IReadOnlyList<LaneWrites>> CompleteAsync(IReadOnlyList<LaneWrites> lanes, Func<string, VersionVector> vectorOf, CancellationToken cancellationToken)
    {
        if (!_neighbourhood.IsNeeded) return lanes;
        var completed = new List<LaneWrites>(lanes.Count);
        foreach (var lane in lanes)
        {
            var takers = TakersOf(lane);
            completed.Add(takers.Count == 0 ? lane : await CompleteAsync(lane, takers, vectorOf(lane.Lane), cancellationToken).ConfigureAwait(false));
        }

        return completed;
    }

    private static Dictionary<Place, EntityId> TakersOf(LaneWrites lane)
    {
        var takers = new Dictionary<Place, EntityId>();
        foreach (var touched in lane.Entities)
        {
            if (!touched.Connects || touched.State is not { IsAlive: true, Type.IsConstrained: true }) continue;
            foreach (var place in Place.Of(touched.State.Type, touched.State.Id)) takers[place] = touched.State.Id;
        }

        return takers;
    }

    private async ValueTask<LaneWrites> CompleteAsync(LaneWrites lane, Dictionary<Place, EntityId> takers, VersionVector vector, CancellationToken cancellationToken)
    {
        var incident = await _neighbourhood.ReadIncidentAsync([.. takers.Keys.Select(place => place.Node).Distinct()], cancellationToken).ConfigureAwait(false);
        var rivals = incident.FindAll(id => TakersAt(id, takers).Any());
        var rows = await store.ReadAsync(rivals, cancellationToken).ConfigureAwait(false);
        var inHand = lane.Entities.ToDictionary(touched => touched.State.Id);
        var (replaced, settled) = (new List<TouchedEntity>(), new HashSet<EntityId>());
        for (var i = 0; i < rivals.Count; i++)
        {
            if (!EncodedEntity.IsAlive(rows[i].Span)) continue;
            settled.UnionWith(TakersAt(rivals[i], takers));
            if (!inHand.TryGetValue(rivals[i], out var touched)) replaced.Add(Delete(rivals[i], rows[i], lane.Author, vector));
            else if (touched.State.IsAlive) touched.State.Delete();
        }

        return lane with { Entities = [.. lane.Entities, .. replaced], Settled = settled };
    }

    /// <summary>Who takes the places that a stored relationship has.</summary>
    private IEnumerable<EntityId> TakersAt(EntityId id, Dictionary<Place, EntityId> takers) =>
        Place.Of(_neighbourhood.TypeOf(id)!, id).Where(takers.ContainsKey).Select(place => takers[place]).Where(taker => taker != id);

    private TouchedEntity Delete(EntityId id, ReadOnlyMemory<byte> row, Author author, VersionVector vector)
    {
        var entity = DynamicEntity.Create(_neighbourhood.TypeOf(id)!, id, author);
        entity.State.ReadRow(row.Span, vector);
        entity.State.Delete();
        return new(entity, IsNew: false);
    }
}
