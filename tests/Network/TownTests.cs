namespace Crdt.Tests.Network;

/// <summary>A hub and five replicas as processes that edit at random, while their connections are cut and all of them are killed and started again.</summary>
public sealed class TownTests
{
    private const int Edits = 300; // for each replica: ten minutes of somebody who writes every two seconds
    private static readonly string[] Names = ["ann", "bob", "cy", "dee", "eve"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(70);

    private static readonly string[] Queries =
    [
        "MATCH (p:Person) RETURN 'Person', p.Id, p.Name, p.Stock, p.Tags ORDER BY p.Id",
        "MATCH (a:Person)-[k:KNOWS]->(b:Person) RETURN 'KNOWS', a.Id, b.Id, k.Since ORDER BY a.Id, b.Id",
        "MATCH (e:Entry) RETURN 'Entry', e.Id, e.At ORDER BY e.Id",
    ];

    [Fact]
    public async Task All_show_the_same_in_the_end_and_no_acknowledged_commit_is_missing()
    {
        var (town, random) = (new Town((int)Pause.TotalMilliseconds), new Random(7));
        await using var closing = town;
        await town.StartAsync(Names);
        var victims = new Queue<string?>([null, .. Names, null]);
        while (town.Acknowledged.Count < Edits * Names.Length || victims.Count > 0)
        {
            await Task.Delay(random.Next(200, 900));
            var way = town.Ways[Names[random.Next(Names.Length)]];
            if (random.Next(4) == 0) await StallAsync(way, random);
            way.Cut();
            if (victims.Count > 0 && random.Next(3) > 0) await town.KillAndRestartAsync(victims.Dequeue(), TimeSpan.FromMilliseconds(random.Next(500)));
        }

        await town.SettleAsync(TimeSpan.FromMinutes(1));
        var shown = await town.DumpAsync(Names[0]);
        foreach (var name in Names.Skip(1)) Assert.Equal(shown, await town.DumpAsync(name));
        Assert.Equal(shown, await town.DumpHubAsync(Queries));
        var entries = shown.Where(row => row.StartsWith("Entry|", StringComparison.Ordinal)).Select(row => row.Split('|')[1]).ToHashSet();
        Assert.DoesNotContain(town.Acknowledged, entry => !entries.Contains(entry));
        Assert.Equal(Names.Length + 2, town.Kills);
        TestContext.Current.TestOutputHelper?.WriteLine($"{town.Acknowledged.Count} acknowledged commits, {town.Kills} kills, {town.Ways.Values.Sum(each => each.Cuts)} connections cut, {shown.Count} rows");
    }

    private static async Task StallAsync(FaultyProxy way, Random random)
    {
        way.IsStalled = true;
        await Task.Delay(random.Next(300));
        way.IsStalled = false;
    }
}
