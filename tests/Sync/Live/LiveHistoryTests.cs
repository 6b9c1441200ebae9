using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Live;

/// <summary>Random histories over ways that stay open, and break.</summary>
public sealed class LiveHistoryTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Replicas_that_edit_at_random_while_ways_break_come_to_agree(int seed)
    {
        await using var live = new LiveScene();
        var random = new Random(seed);
        var replicas = new List<GraphReplica>();
        foreach (var name in new[] { "hub", "a", "b", "c" }) replicas.Add(await live.OpenAsync(name));
        var ways = new LiveScene.Connection?[replicas.Count];
        for (var step = 0; step < 120; step++)
        {
            var who = random.Next(replicas.Count);
            if (random.Next(8) == 0 && who > 0) await ToggleAsync(live, ways, replicas, who);
            else if (random.Next(25) == 0) live.Time.Advance(TimeSpan.FromSeconds(40));
            else await EditAsync(replicas[who], random);
        }

        for (var who = 1; who < replicas.Count; who++)
        {
            if (ways[who] is null) await ToggleAsync(live, ways, replicas, who);
        }

        await LiveScene.EqualAsync([.. replicas]);
        Assert.All(ways.Skip(1), way => Assert.False(way!.Here.IsFaulted || way.There.IsFaulted));
    }

    private static async Task ToggleAsync(LiveScene live, LiveScene.Connection?[] ways, List<GraphReplica> replicas, int who)
    {
        if (ways[who] is { } open)
        {
            await open.DisposeAsync();
            ways[who] = null;
            return;
        }

        ways[who] = live.Connect(replicas[0], replicas[who]);
    }

    private static async Task EditAsync(GraphReplica replica, Random random)
    {
        var (id, what, number) = (random.Next(15), random.Next(4), random.Next(100));
        try
        {
            await replica.EditAsync(async tx => Edit(await tx.GetAsync<Person>(id) ?? tx.Add<Person>(id), what, number));
        }
        catch (EntityExistsException)
        {
            // It came from elsewhere between the look and the commit.
        }
    }

    private static void Edit(Person person, int what, int number)
    {
        switch (what)
        {
            case 0: person.Email = $"{number}"; break;
            case 1: person.Stock += number - 50; break;
            case 2: person.Tags.Add($"{number % 5}"); break;
            default: person.Delete(); break;
        }
    }
}
