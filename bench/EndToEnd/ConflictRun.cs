using System.Diagnostics;
using System.Globalization;
using Crdt.Sync;
using Crdt.Sync.Conflicts;

namespace Crdt.Bench.EndToEnd;

/// <summary>
/// One conflict, from the session that brings it to the commit that settles it, on a graph of 10,000 nodes; and what the offline queue costs a commit.
/// </summary>
internal static class ConflictRun
{
    private const int People = 10_000, Runs = 200, Increments = 1_000;

    public static async Task PrintAsync(TextWriter output)
    {
        await using var here = await TimedReplica.OpenAsync("here", hasGraphDatabase: false);
        await using var there = await TimedReplica.OpenAsync("there", hasGraphDatabase: false);
        await FillAsync(here.Graph);
        await there.Graph.SyncAsync(here.Graph);
        await PrintConflictsAsync(output, here.Graph, there.Graph);
        await PrintIncrementsAsync(output, here.Graph);
    }

    private static async Task PrintConflictsAsync(TextWriter output, GraphReplica here, GraphReplica there)
    {
        string[] parts = ["session that finds it", "list", "settle"];
        var times = parts.Select(_ => new List<double>()).ToArray();
        for (var run = 0; run <= Runs; run++)
        {
            await EditAsync(here, run, person => person.Age = 1000 + run);
            await EditAsync(there, run, person => person.Age = 2000 + run);
            var marks = new List<long> { Stopwatch.GetTimestamp() };
            await here.SyncAsync(there);
            marks.Add(Stopwatch.GetTimestamp());
            var conflict = await here.Conflicts.ListAsync().SingleAsync();
            marks.Add(Stopwatch.GetTimestamp());
            await here.Conflicts.SettleAsync(conflict, Settlement.Accept);
            marks.Add(Stopwatch.GetTimestamp());
            if (run > 0) Add(times, marks); // The first compiles.
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ms for one conflict, {People:N0} nodes; medians and 99th percentiles of {Runs} runs; the bar is 10 in all"));
        for (var i = 0; i < parts.Length; i++) output.WriteLine(Row(parts[i], times[i]));
        output.WriteLine(Row("in all", [.. Enumerable.Range(0, Runs).Select(run => times.Sum(part => part[run]))]));
    }

    private static async Task PrintIncrementsAsync(TextWriter output, GraphReplica replica)
    {
        await EditAsync(replica, 1, person => person.Stock += 1);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Increments; i++) await EditAsync(replica, 1, person => person.Stock += 1);
        var one = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Increments;
        var queued = await replica.OfflineQueue.MeasureAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Increments:N0} increments of one counter: {one:N0} µs each; {queued.Operations} operations and {queued.EstimatedBytes:N0} bytes wait for a peer"));
    }

    private static string Row(string name, List<double> times)
    {
        var sorted = times.Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{name,-24}{sorted[sorted.Count / 2],10:N2}{sorted[sorted.Count * 99 / 100],10:N2}");
    }

    private static void Add(List<double>[] times, List<long> marks)
    {
        for (var i = 0; i < times.Length; i++) times[i].Add(Stopwatch.GetElapsedTime(marks[i], marks[i + 1]).TotalMilliseconds);
    }

    private static async Task FillAsync(GraphReplica replica)
    {
        await using var transaction = await replica.BeginAsync();
        for (var number = 0; number < People; number++) transaction.Add<Person>(number).Name = $"Person {number}";
        await transaction.CommitAsync();
    }

    private static async Task EditAsync(GraphReplica replica, long number, Action<Person> edit)
    {
        await using var transaction = await replica.BeginAsync();
        edit((await transaction.GetAsync<Person>(number))!);
        await transaction.CommitAsync();
    }
}
