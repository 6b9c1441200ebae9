using System.Diagnostics;
using System.Globalization;
using Crdt.Tests.Simulation.Commits;
using Crdt.Tests.Simulation.Schedules;
using Crdt.Tests.Simulation.Worlds;
using Xunit.Runner.InProc.SystemConsole;

namespace Crdt.Tests.Simulation;

/// <summary>Runs schedules and tells what came of them; without arguments of its own, the tests of this project.</summary>
internal static class Program
{
    private const string Usage = "[--seeds FIRST..LAST | --seed NUMBER [--shrink]] [--replicas NUMBER] [--whole-logs] [--renewed-by-engine] [--signed] [--mistake NAME], or --commits --seeds FIRST..LAST";
    private const int MostFailures = 10;

    public static Task<int> Main(string[] arguments)
    {
        if (arguments is ["--commits", "--seeds", var range]) return Task.FromResult(CommitProgram.Explore(range));
        if (!arguments.Any(argument => argument is "--seeds" or "--seed" or "--help")) return ConsoleRunner.Run(arguments);
        if (Read(arguments) is { } asked) return Task.FromResult(asked.First == asked.Last ? Replay(asked) : Explore(asked));
        Console.Error.WriteLine(Usage);
        return Task.FromResult(2);
    }

    private static int Explore(Request asked)
    {
        var (clock, tally, failures, done) = (Stopwatch.StartNew(), new Tally(), 0, 0L);
        for (var seed = asked.First; seed <= asked.Last && failures < MostFailures; seed++)
        {
            var outcome = Outcome.Of(Schedule.Of(seed, asked.Options));
            tally.Add(outcome.Tally);
            done++;
            if (outcome.Failure is not { } failure) continue;
            failures++;
            Console.WriteLine(FormattableString.Invariant($"seed {seed}: {failure}"));
        }

        var seconds = clock.Elapsed.TotalSeconds;
        Console.WriteLine(FormattableString.Invariant($"{done} schedules of {asked.Options.Replicas} replicas in {seconds:F1} s, {done / seconds:F0} a second"));
        Console.WriteLine(FormattableString.Invariant($"{tally.Steps} steps, {tally.Committed} events committed, {tally.Applied} made durable, {tally.Held} held back"));
        Console.WriteLine(FormattableString.Invariant($"{tally.Sessions} sessions, {tally.Frames} frames: {string.Join(", ", tally.Modes.OrderBy(mode => mode.Key).Select(mode => $"{mode.Key} {mode.Value}"))}"));
        Console.WriteLine($"faults: {string.Join(", ", tally.Faults.OrderBy(fault => fault.Key, StringComparer.Ordinal).Select(fault => $"{fault.Key} {fault.Value}"))}");
        Console.WriteLine($"diverged {failures}");
        return failures == 0 ? 0 : 1;
    }

    private static int Replay(Request asked)
    {
        var schedule = Schedule.Of(asked.First, asked.Options);
        if (asked.Shrinks && Outcome.Of(schedule).Failure is not null)
        {
            var shorter = Shrinker.Shrink(schedule);
            Console.WriteLine($"{schedule.Steps.Count} steps, of which {shorter.Steps.Count} do");
            schedule = shorter;
            // As a regression has it: the seed alone would mean something else as soon as the weights of steps are changed.
            foreach (var step in schedule.Steps) Console.WriteLine(FormattableString.Invariant($"new(StepKind.{step.Kind}, {step.First}, {step.Second}, {step.Seed}),"));
        }

        var outcome = Outcome.Of(schedule, Console.WriteLine);
        Console.WriteLine(FormattableString.Invariant($"trace {outcome.Hash:x16}"));
        Console.WriteLine(outcome.Failure ?? "diverged 0");
        return outcome.Failure is null ? 0 : 1;
    }

    private static Request? Read(string[] arguments)
    {
        var asked = new Request(0, 0, false, new());
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            var next = Read(asked, arguments[i], value);
            if (next is null) return null;
            if (arguments[i] is not ("--shrink" or "--whole-logs" or "--renewed-by-engine" or "--signed")) i++;
            asked = next;
        }

        return asked;
    }

    private static Request? Read(Request asked, string name, string value) => name switch
    {
        "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) => asked with { First = seed, Last = seed },
        "--seeds" when value.Split("..") is [var first, var last] && ulong.TryParse(first, out var from) && ulong.TryParse(last, out var to) && from <= to => asked with { First = from, Last = to },
        "--replicas" when int.TryParse(value, out var count) && count is >= 2 and <= 100 => asked with { Options = asked.Options with { Replicas = count } },
        "--mistake" when Enum.TryParse<Mistake>(value, out var mistake) => asked with { Options = asked.Options with { Mistake = mistake } },
        "--shrink" => asked with { Shrinks = true },
        "--whole-logs" => asked with { Options = asked.Options with { CutsLogs = false } },
        "--renewed-by-engine" => asked with { Options = asked.Options with { RenewsRestored = false } },
        "--signed" => asked with { Options = asked.Options with { Signs = true } },
        _ => null,
    };

    private sealed record Request(ulong First, ulong Last, bool Shrinks, Options Options);
}
