using System.Diagnostics;
using System.Globalization;
using Crdt.Sync.Differences;

namespace Crdt.Bench.Differences;

/// <summary>What it takes to get items back from all syndromes that are kept, also from such as a peer might choose to cost most.</summary>
internal static class DecodingRun
{
    private const int Most = SyndromeSketch.Capacity - SyndromeDecoder.Spare, Runs = 1_000;

    public static void Print(TextWriter output)
    {
        output.WriteLine($"decoding {SyndromeSketch.Capacity} syndromes, µs: medians of {Runs} runs, and the slowest of 99 in 100");
        var dice = new Random(1);
        for (var run = 0; run < Runs; run++) SyndromeDecoder.Decode(Sketch(Items(dice, Most))); // The first ones compile.
        foreach (var count in (int[])[1, 10, 20, Most]) Time(output, $"{count} random items", () => Items(dice, count));
        // A pair that differs by this has equal traces for all elements of the basis but the last: 64 rounds, with as many factors as there can be.
        var apart = BinaryField.Inverse(5);
        Time(output, $"{Most} items that are alike in all traces but the last", () => [.. Items(dice, Most / 2).SelectMany(item => (ulong[])[item, item ^ apart]), .. Items(dice, 1)]);
        Time(output, "200 random items, which are too many", () => Items(dice, 200));
        Time(output, $"a locator of degree {Most} without roots", () => Rootless(dice), areSums: true);
    }

    /// <summary>The sums of the powers of what would be the roots of a random polynomial, by Newton's identities: a locator of full degree that hardly has any root here.</summary>
    private static ulong[] Rootless(Random dice)
    {
        var (coefficients, sums) = (Items(dice, Most), new ulong[2 * SyndromeSketch.Capacity]);
        for (var power = 1; power < sums.Length; power++)
        {
            for (var i = 1; i < Math.Min(power, Most + 1); i++) sums[power] ^= BinaryField.Multiply(coefficients[i - 1], sums[power - i]);
            if (power % 2 == 1 && power <= Most) sums[power] ^= coefficients[power - 1];
        }

        return [.. sums.Where((_, power) => power % 2 == 1)];
    }

    private static ulong[] Items(Random dice, int count) => [.. Enumerable.Range(0, count).Select(_ => ((ulong)dice.NextInt64() << 1) | 1)];

    private static void Time(TextWriter output, string name, Func<ulong[]> next, bool areSums = false)
    {
        var times = new List<double>();
        for (var run = -Runs; run < Runs; run++)
        {
            var sums = areSums ? next() : Sketch(next());
            var start = Stopwatch.GetTimestamp();
            SyndromeDecoder.Decode(sums);
            if (run >= 0) times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-60}{times[Runs / 2],9:N1}{times[Runs * 99 / 100],9:N1}"));
    }

    private static ulong[] Sketch(ulong[] items)
    {
        var sketch = new SyndromeSketch();
        foreach (var item in items) sketch.Toggle(item);
        return sketch.Sums.ToArray();
    }
}
