using System.Diagnostics;
using System.Globalization;
using Crdt.Tests.Fuzz.Inputs;
using Crdt.Tests.Fuzz.Targets;

namespace Crdt.Tests.Fuzz;

/// <summary>Feeds inputs to decoders until there were enough of them or time is up. Each input is made from the seed and its index alone.</summary>
/// <param name="seed">Repeats a run.</param>
/// <param name="first">The index of the first input.</param>
/// <param name="count">How many inputs there are.</param>
/// <param name="limit">How long it may take.</param>
/// <param name="threads">How many threads work at once.</param>
public sealed class FuzzRun(ulong seed, ulong first, ulong count, TimeSpan limit, int threads)
{
    private const int MostFailures = 20;
    private const int MostShown = 2_000;

    private readonly Stopwatch _time = new();
    private readonly List<string> _failures = [];
    private readonly Target[] _targets = TargetList.Make();
    private long _inputs;

    /// <summary>What was found, each with what repeats it.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>How many inputs there were.</summary>
    public long Inputs => _inputs;

    /// <summary>Runs to the end and tells, line by line, what came of it.</summary>
    public void Execute(Action<string> tell)
    {
        // What is compiled or made on first use would count as the first input's.
        foreach (var target in _targets) target.WarmUp();
        _time.Start();
        var workers = Enumerable.Range(0, threads).Select(i => new Thread(() => Work((ulong)i))).ToList();
        workers.ForEach(worker => worker.Start());
        foreach (var worker in workers)
        {
            while (!worker.Join(TimeSpan.FromSeconds(60))) tell($"{_time.Elapsed.TotalSeconds:0} s: {Interlocked.Read(ref _inputs)} inputs, {_failures.Count} failures");
        }

        foreach (var target in _targets) tell($"{target}");
        _failures.ForEach(tell);
        tell(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {_inputs} inputs in {_time.Elapsed.TotalSeconds:0.0} s ({_inputs / _time.Elapsed.TotalSeconds:0} a second), {_failures.Count} failures"));
    }

    private void Work(ulong worker)
    {
        for (var i = worker; i < count && _time.Elapsed < limit && _failures.Count < MostFailures; i += (ulong)threads)
        {
            Try(first + i);
            Interlocked.Increment(ref _inputs);
        }
    }

    private string Describe(Target target, ulong index, byte[] input, Exception error) => string.Join(
        Environment.NewLine,
        $"FAILED {target.Name}: {error.GetType().Name}: {Shortened(error.Message)}",
        $"  input of {input.Length} bytes: {Shortened(Convert.ToHexString(input))}",
        $"  repeat with --seed {seed} --first {index} --count 1",
        error is LawBrokenException ? "" : error.StackTrace);

    private static string Shortened(string text) => text.Length <= MostShown ? text : $"{text[..MostShown]}…";

    private void Try(ulong index)
    {
        var dice = new Dice(new Dice(seed ^ (index * 0xD1342543DE82EF95)).Next());
        var target = _targets[dice.Below(_targets.Length)];
        var input = InputMaker.Make(target, dice);
        try
        {
            target.Try(input, dice);
        }
        catch (Exception error)
        {
            lock (_failures) _failures.Add(Describe(target, index, input, error));
        }
    }
}
