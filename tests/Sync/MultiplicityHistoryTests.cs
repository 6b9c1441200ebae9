using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync;
using Crdt.Sync.Conflicts;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>Random histories of three replicas: whatever was connected when, all show the same, nothing too many, and nothing is lost.</summary>
public sealed class MultiplicityHistoryTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("CRDT_CASES") ?? "8"))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Replicas_agree_and_hold_to_the_multiplicities(int seed)
    {
        GraphReplica[] replicas = [await OpenAsync("office"), await OpenAsync("laptop"), await OpenAsync("phone")];
        var history = new StaffHistory(replicas, _scene.Time, seed);
        for (var round = 0; round < 6; round++)
        {
            for (var step = 0; step < 25; step++) await history.StepAsync();
            await RequireSoundAsync(replicas[round % replicas.Length]);
        }

        await history.MeetAsync();
        var expected = await PictureAsync(replicas[0]);
        foreach (var replica in replicas)
        {
            Assert.Equal(expected, await PictureAsync(replica));
            await RequireSoundAsync(replica);
            Assert.Empty(replica.Rebuilds);
        }

        await replicas[1].RebuildAsync();
        Assert.Equal(expected, await PictureAsync(replicas[1]));
    }

    private Task<GraphReplica> OpenAsync(string name) => _scene.OpenAsync(name, kuzu: true, StaffSchema.Instance);

    private static async Task<List<string>> PictureAsync(GraphReplica replica)
    {
        var lines = new List<string>();
        foreach (var type in StaffSchema.Relationships) lines.Add($"{type.Name}: {await replica.TiesAsync(type.Name)}; hidden {await replica.HiddenAsync(type.Name)}");
        return lines;
    }

    /// <summary>The graph database verifies, has nothing too many, and with the conflicts all that is alive between nodes that are.</summary>
    private static async Task RequireSoundAsync(GraphReplica replica)
    {
        Assert.Equal([], (await replica.VerifyAsync()).Differences);
        var hidden = await replica.ConflictsAsync().Where(conflict => conflict.Kind == ConflictKind.ConnectedElsewhere).ToListAsync();
        foreach (var type in StaffSchema.Relationships)
        {
            var shown = (await replica.TiesAsync(type.Name)).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(tie => tie.Split(':')[0]).ToList();
            RequireDistinct(type.Multiplicity is Multiplicity.ManyOne or Multiplicity.OneOne, shown.Select(tie => tie.Split('→')[0]));
            RequireDistinct(type.Multiplicity is Multiplicity.OneMany or Multiplicity.OneOne, shown.Select(tie => tie.Split('→')[1]));
            var all = await CandidatesAsync(replica, type);
            Assert.Equal(Greedy(type, all), shown.Order(StringComparer.Ordinal));
            Assert.Equal(all.Count - shown.Count, hidden.Count(conflict => conflict.Type == type));
        }
    }

    private static void RequireDistinct(bool isOne, IEnumerable<string> ends)
    {
        if (isOne) Assert.Distinct(ends);
    }

    private static async Task<List<(EntityId Id, Connection Connection)>> CandidatesAsync(GraphReplica replica, EntityType type)
    {
        var found = new List<(EntityId, Connection)>();
        foreach (var id in StaffHistory.AllTies(type))
        {
            if (await replica.GetEntityAsync(id) is not { } tie) continue;
            if (await replica.GetEntityAsync(id.Source) is null || await replica.GetEntityAsync(id.Target) is null) continue;
            var writer = new WireWriter(64);
            tie.State.WriteState(ref writer, context: null);
            found.Add((id, Connection.Read(writer.Finish())));
        }

        return found;
    }

    /// <summary>What should be shown, by the words of the documentation.</summary>
    private static IEnumerable<string> Greedy(EntityType type, IEnumerable<(EntityId Id, Connection Connection)> candidates)
    {
        var (sources, targets) = (new HashSet<EntityId>(), new HashSet<EntityId>());
        var shown = new List<string>();
        foreach (var (id, _) in candidates.OrderByDescending(candidate => candidate.Connection).ThenByDescending(candidate => candidate.Id))
        {
            if (type.Multiplicity is Multiplicity.ManyOne or Multiplicity.OneOne && sources.Contains(id.Source)) continue;
            if (type.Multiplicity is Multiplicity.OneMany or Multiplicity.OneOne && targets.Contains(id.Target)) continue;
            sources.Add(id.Source);
            targets.Add(id.Target);
            shown.Add(Staffing.NameOf(id));
        }

        return shown.Order(StringComparer.Ordinal);
    }
}
