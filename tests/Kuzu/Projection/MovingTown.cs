using Crdt.Projection;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>What is to be seen: people by id with their names, and who knows whom since when.</summary>
internal sealed class MovingTown
{
    private const int People = 40;
    private readonly SortedDictionary<long, string> _people = [];
    private readonly SortedDictionary<(long From, long To), int> _known = [];

    /// <summary>A batch of random changes, which are made here as well. Now and then all relationships go.</summary>
    public ProjectionBatch Next(long watermark, Random dice)
    {
        var chance = dice.Next(4) == 0 ? 1 : dice.NextDouble() / 2;
        var disconnected = _known.Keys.Where(_ => dice.NextDouble() < chance).ToList();
        var gone = _people.Keys.Where(_ => dice.Next(10) == 0).ToList();
        var lost = _known.Keys.Where(pair => gone.Contains(pair.From) || gone.Contains(pair.To));
        foreach (var pair in disconnected.Concat(lost).ToList()) _known.Remove(pair);
        foreach (var id in gone) _people.Remove(id);

        var born = Some(dice, id => id).Where(id => !_people.ContainsKey(id)).ToList();
        var renamed = _people.Keys.Where(_ => dice.Next(3) == 0).ToList();
        foreach (var id in born.Concat(renamed)) _people[id] = new string((char)('a' + dice.Next(26)), 1 + dice.Next(200));
        var changed = _known.Keys.Where(_ => dice.Next(3) == 0).ToList();
        var met = Some(dice, id => (id, (id * 7) % People)).Where(pair => _people.ContainsKey(pair.id) && _people.ContainsKey(pair.Item2) && !_known.ContainsKey(pair)).ToList();
        foreach (var pair in changed.Concat(met)) _known[pair] = dice.Next(3000);
        return Entities.Batch(
            watermark,
            created: [.. born.Select(Person), .. met.Select(Knows)],
            updated: [.. renamed.Select(Person), .. changed.Select(Knows)],
            deleted: [.. disconnected.Select(pair => Town.Between(Town.Knows, pair.From, pair.To)), .. gone.Select(Town.PersonId)]);
    }

    public List<string> Dump() =>
        [.. _people.Select(person => $"{person.Key} {person.Value}"), .. _known.Select(pair => $"knows {pair.Key.From} {pair.Key.To} {pair.Value}")];

    private static List<T> Some<T>(Random dice, Func<long, T> make) =>
        [.. Enumerable.Range(0, People).Where(_ => dice.Next(3) == 0).Select(id => make(id))];

    private ProjectedEntity Person(long id) => Town.PersonOf(id, _people[id]);

    private ProjectedEntity Knows((long From, long To) pair) => Town.KnowsOf(pair.From, pair.To, _known[pair]);
}
