using System.Diagnostics;
using System.Globalization;
using Crdt.Codec;

namespace Crdt.Bench.Workloads;

/// <summary>The workloads in memory, with a stopwatch: medians of several runs after some to warm up.</summary>
internal static partial class QuickRun
{
    private const int Nodes = 10_000;
    private const int EditCount = 1_000;
    private const int WarmUps = 5;
    private const int Runs = 15;

    public static void Print(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Nodes:N0} nodes with 4 properties; medians of {Runs} runs after {WarmUps} to warm up"));
        BuildAndEncode(output);
        TakeAndRead(output);
        Edit(output);
        EditApart(output);
        AddAndRemove(output);
        LoadThePast(output);
        SettleOne(output);
        OneEntity(output);
        EachType(output);
    }

    private static void BuildAndEncode(TextWriter output)
    {
        var encoded = Array.Empty<byte>();
        Report(output, "W1 build, encode", Median(() => 0, _ => encoded = Crowd.Build("phone", Nodes).Encode()), Size(encoded.Length));
        var crowd = Crowd.Build("phone", Nodes);
        Report(output, "W1 encode alone", Median(() => 0, _ => crowd.Encode()));
    }

    private static void TakeAndRead(TextWriter output)
    {
        var encoded = Crowd.Build("phone", Nodes).Encode();
        Report(output, "W2 take, read all", Median(() => new Crowd("laptop"), crowd => { crowd.Take(encoded); Require(crowd.ReadAll() > 0); }));
        var taken = new Crowd("laptop");
        taken.Take(encoded);
        Report(output, "W2 take again", Median(() => 0, _ => taken.Take(encoded)));
        byte[][] states = [.. taken.People.Select(person => People.StateOf(person.Encode()).ToArray())];
        Report(output, "W2 take again, encoded join", Median(() => 0, _ =>
        {
            foreach (var state in states) Require(EncodedEntity.Join(state, state).Length == state.Length);
        }));
    }

    private static void Edit(TextWriter output)
    {
        var (phone, laptop) = (Crowd.Build("phone", Nodes), new Crowd("laptop"));
        laptop.Take(phone.Encode());
        foreach (var person in phone.People) person.TakeDelta();
        var bytes = 0;
        var seed = 0;
        var time = Median(() => new Edits(seed++, EditCount, Nodes), edits => bytes = edits.Run(phone, laptop));
        Require(phone.People.All(person => laptop[person.Id].Equals(person)));
        Report(output, "W3 1,000 edits, deltas, merges", time, Size(bytes));
    }

    private static void OneEntity(TextWriter output)
    {
        const int Times = 10_000;
        var benchmarks = new CoreBenchmarks();
        benchmarks.Setup();
        Each("mutate", benchmarks.Mutate);
        Each("encode", () => benchmarks.Encode());
        Each("decode", () => benchmarks.Decode());
        Each("merge again", benchmarks.MergeAgain);
        Each("decode, merge", () => benchmarks.DecodeAndMerge());
        Each("edit, take delta, merge delta", benchmarks.EditTakeAndMergeDelta);
        Each("encoded join", () => benchmarks.EncodedJoin());

        void Each(string name, Action work)
        {
            var time = Median(() => 0, _ =>
            {
                for (var i = 0; i < Times; i++) work();
            });
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-32}{time.TotalNanoseconds / Times,10:N0} ns"));
        }
    }

    private static TimeSpan Median<T>(Func<T> prepare, Action<T> work)
    {
        var times = new List<TimeSpan>(Runs);
        for (var run = -WarmUps; run < Runs; run++)
        {
            var input = prepare();
            GC.Collect();
            var start = Stopwatch.GetTimestamp();
            work(input);
            if (run >= 0) times.Add(Stopwatch.GetElapsedTime(start));
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static void Report(TextWriter output, string name, TimeSpan time, string note = "") =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-32}{time.TotalMilliseconds,10:N2} ms  {note}").TrimEnd());

    private static string Size(int bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} B raw");

    private static void Require(bool condition)
    {
        if (!condition) throw new InvalidOperationException("The workload came to a wrong result, so its time says nothing.");
    }
}
