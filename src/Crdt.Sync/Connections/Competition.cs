using Crdt.Entities;
using Crdt.Sync.Projecting;

namespace Crdt.Sync.Connections;

/// <summary>The relationships that compete for places with some that are looked at, and which of them are shown.</summary>
/// <param name="neighbourhood">Finds them.</param>
/// <param name="known">Who is alive; what isn't known yet is looked up.</param>
internal sealed class Competition(Neighbourhood neighbourhood, Existences known)
{
    private readonly HashSet<EntityId> _all = [];

    /// <summary>All of them, alive or not.</summary>
    public IReadOnlyCollection<EntityId> All => _all;

    /// <summary>Who is shown as things are now.</summary>
    public Matching Now { get; private set; } = new([]);

    /// <summary>Whether a relationship is among them; where not, its type has no multiplicity.</summary>
    public bool Has(EntityId relationship) => _all.Contains(relationship);

    /// <summary>Whether one of them is shown.</summary>
    public bool Shows(EntityId relationship) => known.WithEnds(relationship).Is && Now.Shows(CandidateOf(relationship));

    /// <summary>One of them as a candidate, by its state as it is now.</summary>
    public Candidate CandidateOf(EntityId relationship) =>
        new(neighbourhood.TypeOf(relationship)!, relationship, Connection.Read(known.StateOf(relationship).Span));

    /// <summary>Finds those that compete with some relationships. For its costs see <see cref="Neighbourhood.FindAsync"/>.</summary>
    public async ValueTask FindAsync(IEnumerable<EntityId> relationships, CancellationToken cancellationToken)
    {
        if (!neighbourhood.IsNeeded) return;
        _all.UnionWith(await neighbourhood.FindAsync(relationships, cancellationToken).ConfigureAwait(false));
        await known.LookUpAsync(_all, cancellationToken).ConfigureAwait(false);
        await known.LookUpEndsAsync(_all, cancellationToken).ConfigureAwait(false);
        Now = new(_all.Where(id => known.WithEnds(id).Is).Select(CandidateOf));
    }

    /// <summary>Those that could be shown at the watermark, and which of them were where no other could.</summary>
    public (List<EntityId> Alone, List<EntityId> Contested) Before()
    {
        var (alone, contested) = (new List<EntityId>(), new List<EntityId>());
        var were = _all.Where(id => known.WithEnds(id).Was).ToList();
        var takers = were.SelectMany(PlacesOf).GroupBy(place => place).ToDictionary(place => place.Key, place => place.Count());
        foreach (var id in were) (PlacesOf(id).All(place => takers[place] == 1) ? alone : contested).Add(id);
        return (alone, contested);
    }

    private IEnumerable<Place> PlacesOf(EntityId id) => Place.Of(neighbourhood.TypeOf(id)!, id);
}
