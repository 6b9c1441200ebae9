using Crdt.Tests.Simulation.Schedules;

namespace Crdt.Tests.Browser;

/// <summary>What is made in .NET WebAssembly is what is made on this machine, byte for byte.</summary>
public sealed class SameBytesTests(Site site)
{
    /// <summary>How many schedules each run of the tests tries, each of which takes seconds without a compiler; <c>CRDT_CASES</c> says otherwise, as everywhere.</summary>
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("CRDT_CASES"), out var cases) ? cases : 20;

    private const int AtOnce = 50;

    [Fact]
    public async Task Every_vector_is_made_read_and_written_as_it_was_frozen()
    {
        var page = await site.OpenAsync();
        var lines = (await page.EvaluateAsync<string>("run('Vectors')")).Split('\n');
        var frozen = Directory.GetFiles(Path.Combine(PublishedSuite.Root, "tests", "Vectors", "Files"), "*.txt").SelectMany(File.ReadLines).Count(line => line.StartsWith('['));
        Assert.Equal((frozen, true), (lines.Length, frozen > 100));
        Assert.All(lines, line => Assert.EndsWith(": equal", line, StringComparison.Ordinal));
    }

    /// <summary>The hash is of all that happened: each frame, each write and each fault of the schedule.</summary>
    [Fact]
    public async Task The_same_happens_in_every_schedule()
    {
        var page = await site.OpenAsync();
        page.SetDefaultTimeout(0);
        var halves = await Task.WhenAll(RunAsync(page, 1, Seeds / 2), RunAsync(page, 1 + (Seeds / 2), Seeds / 2));
        var there = halves.SelectMany(half => half).ToArray();
        var here = Enumerable.Range(1, Seeds).Select(seed => Outcome.Of(Schedule.Of((ulong)seed, new() { IsPlain = true }))).Select(outcome => $"{outcome.Hash:x16} {outcome.Failure}").ToArray();
        Assert.Equal(here, there);
        Assert.All(here, line => Assert.EndsWith(" ", line, StringComparison.Ordinal));
    }

    // A runtime for some of them only: its memory never shrinks.
    private static async Task<List<string>> RunAsync(Microsoft.Playwright.IPage page, int first, int count)
    {
        var lines = new List<string>();
        for (var (next, end) = (first, first + count); next < end; next += AtOnce)
            lines.AddRange((await page.EvaluateAsync<string>("([first, count]) => run('Simulate', first, count)", new[] { next, Math.Min(AtOnce, end - next) })).Split('\n'));
        return lines;
    }
}
