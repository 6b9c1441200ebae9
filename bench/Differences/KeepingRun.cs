using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Sync.Differences;

namespace Crdt.Bench.Differences;

/// <summary>What it costs to keep digests up to date at each write, to make them anew, and to hold them.</summary>
internal static class KeepingRun
{
    private const int Size = 1_000_000, Batch = 2_000, Batches = 400;

    public static void Print(TextWriter output)
    {
        var digests = Digests(Size + Batch);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var lane = Build(digests, Size);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        Line(output, $"keeping the digests of {Size:N0} entities; ns a write: medians of {Batches} batches of {Batch:N0} writes, and the fastest batch");
        Line(output, $"{"",-52}{"median",9}{"fastest",9}");
        PrintParts(output, digests);
        var replaced = digests[Size..];
        var at = 0;
        Time(output, "a changed entity: tree, syndromes, cells and index", i => lane.Replace(digests[at + i], replaced[i], (uint)(at + i)), () =>
        {
            for (var i = 0; i < Batch; i++) lane.Replace(replaced[i], digests[at + i], (uint)(at + i));
            at = (at + Batch * 7) % (Size - Batch);
        });
        PrintWhole(output, lane, digests, memory);
    }

    private static void PrintParts(TextWriter output, UInt128[] digests)
    {
        var (id, state) = (EntityId.Read([1, 0, 0, 0, 7, 1, 2, 3, 4, 5, 6, 7, 8]), new byte[200]);
        foreach (var length in (int[])[50, 200]) Time(output, $"digest of a state of {length} bytes", i => EntityDigest.Of(id, state.AsSpan(0, length)), () => state[0]++);
        var (tree, cells) = (new MerkleTree(), new CellPrefix());
        var items = digests.Select(EntityDigest.ItemOf).ToArray();
        var at = 0;
        Time(output, "tree, a digest added", i => tree.Add(digests[at + i]), () => at = (at + Batch) % Size);
        Time(output, "tree, a digest added and the root asked for", i => Touch(tree, digests[at + i]), () => at = (at + Batch) % Size);
        var syndromes = new SyndromeSketch();
        Time(output, "syndromes, an item added", i => syndromes.Toggle(items[at + i]), () => at = (at + Batch) % Size);
        Time(output, "syndromes, an item replaced", i => Replace(syndromes, items[at + i], items[at + i + 1]), () => at = (at + Batch) % (Size - Batch));
        Time(output, "cells, an item added", i => cells.Add(items[at + i]), () => at = (at + Batch) % Size);
    }

    private static void PrintWhole(TextWriter output, LaneDigests lane, UInt128[] digests, long memory)
    {
        Once(output, "build from digests", () => Build(digests, Size));
        Once(output, "tree alone", () =>
        {
            var tree = new MerkleTree();
            for (var i = 0; i < Size; i++) tree.Add(digests[i]);
        });
        var items = lane.Index.ToItems();
        Once(output, "4,096 cells beyond the prefix", () => new CellStream(items).Read(CellPrefix.Length, CellPrefix.Length));
        Once(output, "65,536 cells beyond the prefix", () => new CellStream(items).Read(65_536, 65_536));
        Once(output, "freeze", () => lane.Freeze());
        var bytes = Written(lane);
        Once(output, "write as a blob", () => Written(lane));
        Once(output, "read from a blob", () =>
        {
            var reader = new WireReader(bytes);
            LaneDigests.Read(ref reader);
        });
        Line(output, $"{"memory of all, MB",-52}{memory / 1e6,9:N1}   of it the index {lane.Index.Size / 1e6:N1}; the blob {bytes.Length / 1e6:N1}");
    }

    private static void Touch(MerkleTree tree, UInt128 digest)
    {
        tree.Add(digest);
        _ = tree.Root;
    }

    private static void Replace(SyndromeSketch syndromes, ulong before, ulong after)
    {
        syndromes.Toggle(before);
        syndromes.Toggle(after);
    }

    private static LaneDigests Build(UInt128[] digests, int count)
    {
        var lane = new LaneDigests();
        for (var row = 0; row < count; row++) lane.Replace(0, digests[row], (uint)row);
        return lane;
    }

    private static byte[] Written(LaneDigests lane)
    {
        var writer = new WireWriter(1 << 20);
        lane.Write(ref writer);
        return writer.Finish();
    }

    private static UInt128[] Digests(int count)
    {
        var dice = new Random(1);
        var bytes = new byte[16];
        var digests = new UInt128[count];
        for (var i = 0; i < count; i++)
        {
            dice.NextBytes(bytes);
            digests[i] = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        }

        return digests;
    }

    /// <summary>Times batches of writes; what is between batches is not timed. The first half warms up.</summary>
    private static void Time(TextWriter output, string name, Action<int> write, Action between)
    {
        var times = new List<double>();
        for (var batch = -Batches; batch < Batches; batch++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Batch; i++) write(i);
            var time = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Batch;
            between();
            if (batch >= 0) times.Add(time);
        }

        times.Sort();
        Line(output, $"{name,-52}{times[Batches / 2],9:N0}{times[0],9:N0}");
    }

    private static void Once(TextWriter output, string name, Action work)
    {
        var times = new List<double>();
        for (var run = 0; run < 9; run++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        Line(output, $"{name + ", ms",-52}{times[4],9:N2}{times[0],9:N2}");
    }

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
