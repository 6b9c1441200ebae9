using System.Diagnostics;
using System.Globalization;
using Crdt.Codec;
using Crdt.Storage;
using Crdt.Sync.Batches;
using Crdt.Sync.Compression;

namespace Crdt.Bench.Compression;

/// <summary>How much less compression and columns make of a snapshot, and how fast they are.</summary>
internal static class CompressionRun
{
    private const int Runs = 15, WarmUps = 40;

    public static void Print(TextWriter output)
    {
        output.WriteLine($"sizes of snapshots and MB of rows a second, there and back; medians of {Runs} runs after {WarmUps} to warm up; batches of {RowBatchBuilder.DefaultCapacity / 1024} KiB");
        Print(output, GraphRows.Make("W1: 10,000 nodes", 10_000, 0));
        Print(output, GraphRows.Make("1,000 nodes, 5,000 relationships", 1_000, 5_000));
        Print(output, GraphRows.MakeEdited("W1, a third edited elsewhere", 10_000));
        Print(output, GraphRows.MakeDrawn("10,000 nodes of drawn values", 10_000));
        PrintEvents(output, 20);
        PrintEvents(output, 1_000);
    }

    private static void Print(TextWriter output, GraphRows graph)
    {
        var (plain, json) = (graph.Plain(), graph.Json);
        var batches = Batches(graph.Rows);
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{graph.Name}: {graph.Rows.Count:N0} rows in {batches.Count} batches"));
        output.WriteLine($"  {"",-28}{"bytes",12}{"of rows",10}{"of JSON",10}{"MB/s to",10}{"MB/s from",10}");
        Line(output, "JSON of the values", json.Length, plain.Length, json.Length);
        Line(output, "rows", plain.Length, plain.Length, json.Length);
        Line(output, "columns", batches.Sum(batch => batch.Length), plain.Length, json.Length, Speed(plain.Length, () => Batches(graph.Rows)), Speed(plain.Length, () => Read(batches)));
        foreach (var (name, compressor) in Compressors())
        {
            byte[][] rowsOf = [.. plain.Chunk(RowBatchBuilder.DefaultCapacity)];
            Compressed(output, $"JSON, {name}", [.. json.Chunk(RowBatchBuilder.DefaultCapacity)], compressor, plain.Length, json.Length);
            Compressed(output, $"rows, {name}", rowsOf, compressor, plain.Length, json.Length);
            Compressed(output, $"columns, {name}", batches, compressor, plain.Length, json.Length);
        }
    }

    private static void PrintEvents(TextWriter output, int count)
    {
        var events = SmallEvents.Make(count);
        var builder = new WireWriter(1 << 16);
        foreach (var bytes in events) builder.WriteBlock(bytes.Span);
        var (plain, columns) = (builder.Finish(), EventBatchCodec.Encode(events));
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} events of one change each"));
        Line(output, "events", plain.Length, plain.Length, 0);
        Line(output, "columns", columns.Length, plain.Length, 0, Speed(plain.Length, () => EventBatchCodec.Encode(events)), Speed(plain.Length, () => EventBatchCodec.Decode(columns)));
        foreach (var (name, compressor) in Compressors())
        {
            Compressed(output, $"events, {name}", [plain], compressor, plain.Length, 0);
            Compressed(output, $"columns, {name}", [columns], compressor, plain.Length, 0);
        }
    }

    private static IEnumerable<(string Name, IFrameCompressor Compressor)> Compressors()
    {
        foreach (var level in ZstdCompressor.IsSupported ? new[] { 1, 3, 9 } : []) yield return ($"zstd {level}", new ZstdCompressor(level));
        if (BrotliCompressor.IsSupported) yield return ($"brotli {BrotliCompressor.DefaultQuality}", new BrotliCompressor());
    }

    // The speed is that of compression alone, by bytes of what is compressed.
    private static void Compressed(TextWriter output, string name, IReadOnlyList<byte[]> parts, IFrameCompressor compressor, int rows, int json)
    {
        byte[][] compressed = [.. parts.Select(part => CompressedEnvelope.Seal(part, compressor))];
        var size = parts.Sum(part => part.Length);
        var there = Speed(size, () =>
        {
            foreach (var part in parts) CompressedEnvelope.Seal(part, compressor);
        });
        var back = Speed(size, () =>
        {
            foreach (var part in compressed) CompressedEnvelope.Open(part);
        });
        Line(output, name, compressed.Sum(part => part.Length), rows, json, there, back);
    }

    private static List<byte[]> Batches(IReadOnlyList<StoredEntity> rows)
    {
        var (builder, batches) = (new RowBatchBuilder(), new List<byte[]>());
        foreach (var row in rows)
        {
            if (builder.TryAdd(row.Id, row.State)) continue;
            batches.Add(builder.Build());
            builder.TryAdd(row.Id, row.State);
        }

        batches.Add(builder.Build());
        return batches;
    }

    private static void Read(List<byte[]> batches)
    {
        foreach (var batch in batches) RowBatchCodec.Decode(batch);
    }

    private static double Speed(int bytes, Action work)
    {
        var times = new List<double>(Runs);
        for (var run = -WarmUps; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            if (run >= 0) times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        times.Sort();
        return bytes / times[times.Count / 2] / 1e6;
    }

    private static void Line(TextWriter output, string name, int size, int rows, int json, double there = 0, double back = 0)
    {
        var speeds = there > 0 ? string.Create(CultureInfo.InvariantCulture, $"{there,10:N0}{back,10:N0}") : "";
        var ofJson = json > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * size / json,9:N1}%") : $"{"",10}";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-28}{size,12:N0}{100.0 * size / rows,9:N1}%{ofJson}{speeds}"));
    }
}
