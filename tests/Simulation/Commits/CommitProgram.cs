using System.Diagnostics;
using Crdt.Tests.Simulation.Worlds;

namespace Crdt.Tests.Simulation.Commits;

/// <summary>Runs schedules of distributed transactions and tells what came of them.</summary>
internal static class CommitProgram
{
    /// <summary>How many steps a schedule has before nothing more goes wrong.</summary>
    public const int Steps = 120;

    private const int MostFailures = 10;

    /// <summary>Runs the seeds of a range, such as <c>1..1000</c>.</summary>
    /// <returns>0 where all went well.</returns>
    public static int Explore(string range)
    {
        if (range.Split("..") is not [var first, var last] || !ulong.TryParse(first, out var from) || !ulong.TryParse(last, out var to) || from > to)
        {
            Console.Error.WriteLine("--commits --seeds FIRST..LAST");
            return 2;
        }

        var (clock, happened, failures, done) = (Stopwatch.StartNew(), new Dictionary<string, long>(), 0, 0L);
        for (var seed = from; seed <= to && failures < MostFailures; seed++, done++)
        {
            if (Failure(seed, CommitMistake.None, happened) is not { } failure) continue;
            failures++;
            Console.WriteLine(FormattableString.Invariant($"seed {seed}: {failure}"));
        }

        Console.WriteLine(FormattableString.Invariant($"{done} schedules of {Steps} steps in {clock.Elapsed.TotalSeconds:F1} s"));
        Console.WriteLine(string.Join(", ", happened.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => FormattableString.Invariant($"{each.Key} {each.Value}"))));
        Console.WriteLine(FormattableString.Invariant($"failed {failures}: partial commits, outcomes that differ, reservations left"));
        return failures == 0 ? 0 : 1;
    }

    /// <summary>What is wrong with what comes of a seed; null where nothing is.</summary>
    public static string? Failure(ulong seed, CommitMistake mistake, Dictionary<string, long>? happened = null)
    {
        var world = new CommitWorld(seed, mistake);
        try
        {
            world.Run(Steps);
            return null;
        }
        catch (Exception error)
        {
            return error is SimulationException ? error.Message : $"{error}"; // Whatever it is, nobody expected it.
        }
        finally
        {
            foreach (var (what, count) in world.Happened)
            {
                if (happened is not null) happened[what] = happened.GetValueOrDefault(what) + count;
            }
        }
    }
}
