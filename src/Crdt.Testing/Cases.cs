using Crdt.Testing.Histories;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using TestResult = FsCheck.TestResult;

namespace Crdt.Testing;

/// <summary>
/// Runs a law on generated cases. <c>CRDT_CASES</c> sets how many (1,000 by default), <c>CRDT_SEED</c> the seed; a failure
/// names the seed that repeats it.
/// </summary>
internal static class Cases
{
    public static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("CRDT_CASES"), out var count) && count > 0 ? count : 1_000;

    public static ulong Seed { get; } = ulong.TryParse(Environment.GetEnvironmentVariable("CRDT_SEED"), out var seed)
        ? seed
        : (ulong)Random.Shared.NextInt64();

    public static void ForAll<T>(Arbitrary<T> cases, Action<T> law) => ForAll(cases, law, Seed, Count);

    public static void ForAll<T>(Arbitrary<T> cases, Action<T> law, ulong seed, int count)
    {
        var replay = new Replay(new Rnd(seed, (2 * seed) + 1), FSharpOption<int>.None);
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(count)
            .WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(replay))
            .WithRunner(new Reporter(seed, count));
        Check.One(config, Prop.ForAll(cases, law));
    }

    /// <summary>Cases that are made from one random number, which is much cheaper than a generator for every part.</summary>
    public static Arbitrary<T> From<T>(Func<Dice, T> make, Func<T, IEnumerable<T>> shrink)
    {
        var numbers = Gen.Choose(int.MinValue, int.MaxValue);
        return Arb.From(Gen.Select(Gen.Two(numbers), pair => make(new Dice(((ulong)(uint)pair.Item1 << 32) | (uint)pair.Item2))), shrink);
    }

    public static Arbitrary<T> From<T>(Func<Dice, T> make) => From(make, _ => []);

    private sealed class Reporter(ulong seed, int count) : IRunner
    {
        public void OnStartFixture(Type t)
        {
        }

        public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
        {
        }

        public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink)
        {
        }

        private static string Show(object argument) => argument is byte[] bytes ? Convert.ToHexString(bytes) : $"{argument}";

        public void OnFinished(string name, TestResult result)
        {
            if (result is TestResult.Passed) return;
            if (result is not TestResult.Failed failed) throw new InvalidOperationException("The cases were exhausted before the law was tried often enough.");
            var error = failed.Item4 is Outcome.Failed { Item: var exception } ? exception : null;
            throw new LawBrokenException(
                $"""
                 Broken after {failed.Item1.NumberOfTests} cases and {failed.Item1.NumberOfShrinks} shrinks. Repeat with CRDT_SEED={seed} CRDT_CASES={count}
                 {string.Join(Environment.NewLine, failed.Item3.Select(Show))}
                 {error?.Message}
                 """,
                error);
        }
    }
}
