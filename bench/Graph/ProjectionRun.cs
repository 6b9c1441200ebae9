using System.Diagnostics;
using System.Globalization;

namespace Crdt.Bench.Graph;

/// <summary>What batches of different sizes cost on a small and on a large graph: no cost may grow with the graph.</summary>
internal static class ProjectionRun
{
    private const int Small = 10_000, Large = 300_000, Runs = 7;

    public static async Task PrintAsync(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ms for a batch in one transaction; medians of {Runs} runs, taken in turn"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-28}{Small,10:N0}{Large,12:N0}{"ratio",10}  nodes"));
        await using var small = await ProjectedCrowd.OpenAsync(Small);
        await using var large = await ProjectedCrowd.OpenAsync(Large);
        foreach (var rows in (int[])[10, 100, 1_000]) await PrintAsync(output, small, large, rows);
    }

    private static async Task PrintAsync(TextWriter output, ProjectedCrowd small, ProjectedCrowd large, int rows)
    {
        var steps = Steps(0, 1, rows).Select(step => step.Name).ToArray();
        var times = steps.ToDictionary(name => name, _ => (Small: new List<double>(), Large: new List<double>()));
        for (var run = -1; run < Runs; run++)
        {
            foreach (var ((name, onSmall), (_, onLarge)) in Steps(run, Small, rows).Zip(Steps(run, Large, rows)))
            {
                var (first, second) = (await TimeAsync(onSmall, small), await TimeAsync(onLarge, large));
                if (run < 0) continue;
                times[name].Small.Add(first);
                times[name].Large.Add(second);
            }
        }

        foreach (var name in steps)
        {
            var (first, second) = (Median(times[name].Small), Median(times[name].Large));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28}{first,10:N1}{second,12:N1}{second / first,10:N2}"));
        }
    }

    /// <summary>One after the other they leave the nodes as they were.</summary>
    private static IEnumerable<(string Name, Func<ProjectedCrowd, Task> Work)> Steps(int run, int people, int rows)
    {
        var dice = new Random(run);
        var born = Enumerable.Range(people, rows).ToArray();
        var known = Enumerable.Range(0, rows).Select(_ => dice.Next(people)).Distinct().ToArray();
        var pairs = known.Select(number => (number, dice.Next(people))).ToArray();
        yield return ($"create {rows:N0} nodes", crowd => crowd.CreateAsync(born));
        yield return ($"update {rows:N0} nodes", crowd => crowd.UpdateAsync(known));
        yield return ($"connect {rows:N0} pairs", crowd => crowd.ConnectAsync(pairs));
        yield return ($"update {rows:N0} relationships", crowd => crowd.UpdateAsync(pairs));
        yield return ($"delete {rows / 2:N0} relationships", crowd => crowd.DisconnectAsync(pairs.Take(rows / 2)));
        yield return ($"delete {rows:N0} nodes", crowd => crowd.DeleteAsync(born));
    }

    private static async Task<double> TimeAsync(Func<ProjectedCrowd, Task> work, ProjectedCrowd crowd)
    {
        var start = Stopwatch.GetTimestamp();
        await work(crowd);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
