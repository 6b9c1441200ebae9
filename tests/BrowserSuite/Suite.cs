using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Crdt.Browser;
using Crdt.Codec;
using Crdt.Signing;
using Crdt.Sync.Compression;
using Crdt.Tests.Simulation.Schedules;
using Crdt.Tests.Vectors.Catalog;
using Crdt.Tests.Vectors.Files;

namespace Crdt.Tests.BrowserSuite;

/// <summary>What the page calls, and who runs it compares with what it gets on this machine without a browser.</summary>
[SupportedOSPlatform("browser")]
internal static partial class Suite
{
    public static void Main()
    {
        // The page calls when it wants something.
    }

    /// <summary>Makes, reads and writes every vector, and says which aren't as they were frozen.</summary>
    /// <returns>The number of vectors, and a line for each that differs.</returns>
    [JSExport]
    public static string Vectors()
    {
        var lines = new List<string>();
        foreach (var (file, vectors) in VectorCatalog.Files)
        {
            var frozen = VectorFile.Parse(ReadResource($"{file}.txt")).ToDictionary(block => block.Name);
            foreach (var vector in vectors)
            {
                var difference = frozen.TryGetValue(vector.Name, out var block) ? Comparison.Difference(block, vector) : "it isn't frozen";
                lines.Add($"{file} {vector.Name}: {difference ?? "equal"}");
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>Runs some schedules of the simulation.</summary>
    /// <param name="first">The seed of the first.</param>
    /// <param name="count">How many.</param>
    /// <returns>A line for each: the hash of all that happened, and what is wrong, if anything.</returns>
    [JSExport]
    public static string Simulate(int first, int count) =>
        string.Join('\n', Enumerable.Range(first, count).Select(seed => Outcome.Of(Schedule.Of((ulong)seed, new() { IsPlain = true }))).Select(outcome => $"{outcome.Hash:x16} {outcome.Failure}"));

    /// <summary>Reads a frame of the host's zstd, and makes one.</summary>
    /// <param name="frame">A frame, in base 64.</param>
    /// <param name="length">How long its content is.</param>
    /// <returns>A frame with the same content, in base 64.</returns>
    [JSExport]
    public static async Task<string> Recompress(string frame, int length)
    {
        await BrowserModule.LoadAsync();
        var compressor = CompressorChoice.Find(ZstdCompressor.WireId)!;
        var content = compressor.Decompress(Convert.FromBase64String(frame), length);
        var writer = new WireWriter(1024);
        compressor.Compress(content, ref writer);
        return Convert.ToBase64String(writer.Finish());
    }

    /// <summary>Whether a signature is by a key, all in base 64.</summary>
    [JSExport]
    public static async Task<bool> Verify(string key, string purpose, string message, string signature)
    {
        await BrowserModule.LoadAsync();
        return ReplicaKey.Verify(Convert.FromBase64String(key), purpose, Convert.FromBase64String(message), Convert.FromBase64String(signature));
    }

    private static string ReadResource(string name)
    {
        using var reader = new StreamReader(typeof(Suite).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"'{name}' is not among what was published."));
        return reader.ReadToEnd();
    }
}
