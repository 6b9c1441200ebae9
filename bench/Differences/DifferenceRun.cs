using System.Buffers.Binary;
using System.Globalization;
using Crdt.Sync.Differences;

namespace Crdt.Bench.Differences;

/// <summary>What it takes to find the difference of two replicas, by syndromes, by cells and by the tree.</summary>
internal static class DifferenceRun
{
    private const int Small = 10_000, Large = 1_000_000;

    public static void Print(TextWriter output)
    {
        KeepingRun.Print(output);
        output.WriteLine();
        DecodingRun.Print(output);
        output.WriteLine();
        Line(output, $"finding a difference; request: 8 bytes for each item that the other side has to send, included in bytes; µs: both sides on one thread");
        Line(output, $"{"",-60}{"bytes p50",11}{"p99",8}{"request",9}{"comparisons p50",17}{"p99",6}{"rounds p50",12}{"p99",5}{"1 round",9}{"µs p50",9}{"p99",8}");
        foreach (var size in (int[])[Small, Large])
        {
            var (here, there) = (Lane(size), Lane(size));
            foreach (var writes in (int[])[1, 4])
            {
                PrintSyndromes(output, here, there, "missing here", 10, 0, writes);
                PrintSyndromes(output, here, there, "changed there", 10, 10, writes);
            }

            PrintCells(output, here, there, "missing here", 10, 0, 10, 2_000);
            PrintCells(output, here, there, "changed there", 10, 10, 20, 2_000);
            PrintCells(output, here, there, "changed there, 10 expected", 10, 10, 10, 2_000);
            if (size == Small) continue;
            PrintCells(output, here, there, "missing here", 1_000, 0, 1_000, 100);
            PrintCells(output, here, there, "missing here, 10 expected", 1_000, 0, 10, 100);
            PrintCells(output, here, there, "changed there", 1_000, 1_000, 2_000, 100);
        }
    }

    private static void PrintSyndromes(TextWriter output, LaneDigests here, LaneDigests there, string name, int added, int replaced, int writes) =>
        Print(output, here, there, $"{name}: syndromes, {added * writes} writes", added, replaced, 2_000, () => Trial.RunSyndromes(here, there, added * writes, added + replaced));

    private static void PrintCells(TextWriter output, LaneDigests here, LaneDigests there, string name, int added, int replaced, int expected, int runs) =>
        Print(output, here, there, $"{name}: cells", added, replaced, runs, () => Trial.Run(here, there, expected, added + replaced));

    /// <summary>Times a comparison again and again, each time with other differences.</summary>
    private static void Print(TextWriter output, LaneDigests here, LaneDigests there, string name, int added, int replaced, int runs, Func<Trial> compare)
    {
        var trials = new List<Trial>();
        // A seed beyond those of the rows: what is added is nothing that is there already.
        var (dice, trees) = (new Random(2 * Large), new List<int>());
        for (var run = -runs / 5; run < runs; run++)
        {
            var rows = new HashSet<uint>();
            while (rows.Count < replaced) rows.Add((uint)dice.Next(there.Count));
            var born = Enumerable.Range(0, added).Select(_ => Next(dice)).ToArray();
            foreach (var row in rows) there.Replace(Digest(row), 0, row);
            for (var i = 0; i < born.Length; i++) there.Replace(0, born[i], (uint)(Large + i));
            var trial = compare();
            if (run >= 0) trials.Add(trial);
            if (run == 0) trees.Add(here.Freeze().Tree.Compare(there.Freeze().Tree).Comparisons);
            for (var i = 0; i < born.Length; i++) there.Replace(born[i], 0, (uint)(Large + i));
            foreach (var row in rows) there.Replace(0, Digest(row), row);
        }

        double At(Func<Trial, double> figure, double share) => trials.Select(figure).Order().ElementAt((int)(share * (trials.Count - 1)));
        Line(output, $"{$"{added:N0} of {here.Count:N0} {name}",-60}{At(t => t.Bytes, .5),11:N0}{At(t => t.Bytes, .99),8:N0}{At(t => t.RequestBytes, .5),9:N0}{At(t => t.Comparisons, .5),17:N0}{At(t => t.Comparisons, .99),6:N0}{At(t => t.Rounds, .5),12}{At(t => t.Rounds, .99),5}{trials.Count(t => t.Rounds == 1) / (double)trials.Count,9:P1}{At(t => t.Microseconds, .5),9:N0}{At(t => t.Microseconds, .99),8:N0}");
        Line(output, $"{"",-60}(the tree compares {trees[0]:N0} hashes)");
    }

    private static LaneDigests Lane(int size)
    {
        var lane = new LaneDigests();
        for (var row = 0u; row < size; row++) lane.Replace(0, Digest(row), row);
        return lane;
    }

    /// <summary>The same digest for a row each time.</summary>
    private static UInt128 Digest(uint row) => Next(new(1 + (int)row));

    private static UInt128 Next(Random dice)
    {
        Span<byte> bytes = stackalloc byte[16];
        dice.NextBytes(bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
