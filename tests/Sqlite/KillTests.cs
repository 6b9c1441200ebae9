using System.Globalization;
using Crdt.Sqlite;
using static Crdt.Tests.Sqlite.TestGraph;

namespace Crdt.Tests.Sqlite;

public sealed class KillTests : IDisposable
{
    private const int Kills = 10;
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_process_loses_no_commit_that_was_acknowledged()
    {
        var (random, revision) = (new Random(5), 0L);
        for (var kill = 0; kill < Kills; kill++)
        {
            var acknowledged = await WriteAndKillAsync(random.Next(3, 120));
            Assert.True(acknowledged > revision);
            revision = await CheckAsync();
            Assert.InRange(revision, acknowledged, acknowledged + 1);
        }
    }

    private async Task<long> WriteAndKillAsync(int milliseconds)
    {
        using var writer = new WriterProcess("commit", _folder.File);
        Assert.Equal("open", await writer.ReadLineAsync());
        var first = await writer.ReadLineAsync();
        await Task.Delay(milliseconds);
        var last = (await writer.KillAsync()).LastOrDefault() ?? first!;
        return long.Parse(last, CultureInfo.InvariantCulture);
    }

    // The store is what its revision says: every commit up to it as a whole, and nothing of the next.
    private async Task<long> CheckAsync()
    {
        await using var store = new SqliteStore(_folder.File, SteadyWork.Limits);
        var state = await store.OpenAsync(Offer());
        Assert.Equal((ulong)state.Revision, state.Vectors["main"][Phone]);
        Assert.Equal(state.Revision.ToString(CultureInfo.InvariantCulture), (await store.ReadAsync([SteadyWork.Head]))[0].AsText());
        var log = await store.ReadLogAsync("main", new(), 0, int.MaxValue);
        Assert.Equal(Enumerable.Range(1, (int)state.Revision).Select(i => (ulong)i), log.Events.Select(item => item.Last));
        for (var revision = 1L; revision <= state.Revision + 1; revision++)
        {
            var expected = revision <= state.Revision ? revision.ToString(CultureInfo.InvariantCulture) : "";
            Assert.All(await store.ReadAsync(SteadyWork.Edges(revision)), edge => Assert.Equal(expected, edge.AsText()));
        }

        Assert.Equal(state.Revision * SteadyWork.EdgesEach, (await store.ReadIncidentAsync([SteadyWork.Head])).Count);
        return state.Revision;
    }
}
