namespace Crdt.Sync.Compression;

/// <summary>Which compressors this host has, and which of them two peers use.</summary>
public static class CompressorChoice
{
    /// <summary>What this host has, the best first; <see cref="PlainCompressor"/> is always the last.</summary>
    public static IReadOnlyList<IFrameCompressor> Available { get; private set; } = Find();

    /// <summary>What to tell a peer: the ids of <see cref="Available"/>, the best first.</summary>
    public static ReadOnlyMemory<byte> Ids => Available.Select(compressor => compressor.Id).ToArray();

    /// <summary>The compressor of an id; null where this host has none.</summary>
    public static IFrameCompressor? Find(byte id) => Available.FirstOrDefault(compressor => compressor.Id == id);

    /// <summary>
    /// The best that both have, and <see cref="PlainCompressor.WireId"/> where there is none: zstd before Brotli before nothing. Both sides come
    /// to the same whatever the order of the lists; ids that this build doesn't know are passed over.
    /// </summary>
    public static byte Best(ReadOnlySpan<byte> mine, ReadOnlySpan<byte> theirs)
    {
        ReadOnlySpan<byte> preferred = [ZstdCompressor.WireId, BrotliCompressor.WireId];
        foreach (var id in preferred)
        {
            if (mine.Contains(id) && theirs.Contains(id)) return id;
        }

        return PlainCompressor.WireId;
    }

    /// <summary>Adds what the host has of something else than its own libraries. Replicas that are open already don't tell their peers of it.</summary>
    internal static void Provide(IFrameCompressor compressor)
    {
        if (Find(compressor.Id) is null) Available = [compressor, .. Available];
    }

    private static List<IFrameCompressor> Find()
    {
        var found = new List<IFrameCompressor>();
        if (ZstdCompressor.IsSupported) found.Add(new ZstdCompressor());
        if (BrotliCompressor.IsSupported) found.Add(new BrotliCompressor());
        found.Add(new PlainCompressor());
        return found;
    }
}
