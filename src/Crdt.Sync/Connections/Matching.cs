using Crdt.Entities;

namespace Crdt.Sync.Connections;

/// <summary>
/// Which of the relationships that could be shown are: from the latest connection to the earliest, each whose places are all free. Where a type
/// has one place that is the latest at each; where it has two, the greedy matching of a graph with ordered edges. A function of the set alone,
/// so that replicas which hold the same show the same.
/// </summary>
internal sealed class Matching
{
    private readonly Dictionary<Place, EntityId> _takers = [];
    private readonly ILookup<Place, Candidate> _wanted;

    /// <summary>O(n log n).</summary>
    /// <param name="candidates">All that compete with each other, of whatever types.</param>
    public Matching(IEnumerable<Candidate> candidates)
    {
        List<Candidate> ordered = [.. candidates.OrderDescending()];
        _wanted = ordered.SelectMany(PlacesOf, (candidate, place) => (candidate, place)).ToLookup(pair => pair.place, pair => pair.candidate);
        foreach (var candidate in ordered)
        {
            if (PlacesOf(candidate).Any(_takers.ContainsKey)) continue;
            foreach (var place in PlacesOf(candidate)) _takers.Add(place, candidate.Id);
        }
    }

    /// <summary>Whether a candidate is shown.</summary>
    public bool Shows(Candidate candidate) => _takers.TryGetValue(PlacesOf(candidate).First(), out var taker) && taker == candidate.Id;

    /// <summary>The latest of those, shown, that keep a candidate hidden.</summary>
    public EntityId RivalOf(Candidate candidate) => Around(candidate).Where(Shows).Max().Id;

    /// <summary>How many candidates have a place in common with one, itself included.</summary>
    public int CountAt(Candidate candidate) => Around(candidate).Distinct().Count();

    private IEnumerable<Candidate> Around(Candidate candidate) => PlacesOf(candidate).SelectMany(place => _wanted[place]);

    private static IEnumerable<Place> PlacesOf(Candidate candidate) => Place.Of(candidate.Type, candidate.Id);
}
