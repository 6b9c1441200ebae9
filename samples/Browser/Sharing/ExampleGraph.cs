using Crdt.Samples.Browser.Model;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.Browser.Sharing;

/// <summary>Something to begin with: its keys are fixed, so that replicas which begin with it apart have one of each.</summary>
internal static class ExampleGraph
{
    private static readonly (string Name, string Tag, int Home)[] People =
        [("Ann", "climbs", 0), ("Bo", "cooks", 0), ("Cleo", "paints", 1), ("Dan", "climbs", 1), ("Eve", "sails", 2), ("Finn", "cooks", 2), ("Gita", "sings", 2)];

    private static readonly (string Name, int Stock)[] Places = [("Harbour", 12), ("Mill", 5), ("Old town", 30)];

    private static readonly (int, int)[] Acquaintances = [(0, 1), (0, 3), (1, 5), (2, 0), (2, 3), (3, 4), (4, 6), (5, 6), (6, 2)];

    public static void Add(GraphTransaction tx)
    {
        var places = Places.Select((place, i) => tx.Add<Place>($"place-{i}")).ToList();
        for (var i = 0; i < places.Count; i++) (places[i].Name, places[i].Stock) = (Places[i].Name, Places[i].Stock);
        var people = People.Select((person, i) => tx.Add<Person>($"person-{i}")).ToList();
        for (var i = 0; i < people.Count; i++)
        {
            people[i].Name = People[i].Name;
            people[i].Tags.Add(People[i].Tag);
            tx.Connect<LivesIn>(people[i], places[People[i].Home]);
        }

        foreach (var (one, other) in Acquaintances) tx.Connect<Knows>(people[one], people[other]);
    }
}
