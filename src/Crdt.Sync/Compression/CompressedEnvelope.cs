using Crdt.Codec;
using Crdt.Sync.Telemetry;

namespace Crdt.Sync.Compression;

/// <summary>
/// Content that says itself how it was compressed.
/// <code>
/// envelope := codec[1] length body      length: of the content, in bytes
/// </code>
/// </summary>
public static class CompressedEnvelope
{
    /// <summary>The most content in bytes.</summary>
    public const int MaxContent = 16 * 1024 * 1024;

    /// <summary>Content below this, in bytes, isn't worth compressing.</summary>
    public const int LeastCompressed = 128;

    /// <summary>Puts content into an envelope, as it is where it is tiny or doesn't shrink. O(bytes).</summary>
    /// <param name="content">The content.</param>
    /// <param name="compressor">What the other side can read.</param>
    /// <exception cref="ArgumentException">It exceeds <see cref="MaxContent"/>.</exception>
    public static byte[] Seal(ReadOnlySpan<byte> content, IFrameCompressor compressor)
    {
        var writer = new WireWriter(content.Length + 64);
        Seal(content, compressor, ref writer);
        return writer.Finish();
    }

    /// <summary>Does the same as <see cref="Seal(ReadOnlySpan{byte}, IFrameCompressor)"/> at the end of what was written before.</summary>
    /// <exception cref="ArgumentException">It exceeds <see cref="MaxContent"/>.</exception>
    public static void Seal(ReadOnlySpan<byte> content, IFrameCompressor compressor, ref WireWriter output)
    {
        if (content.Length > MaxContent) throw new ArgumentException($"{content.Length} bytes exceed the limit of {MaxContent}.", nameof(content));
        var start = output.Length;
        if (content.Length >= LeastCompressed && compressor.Id != PlainCompressor.WireId)
        {
            Write(compressor.Id, content, ref output);
            var head = output.Length;
            compressor.Compress(content, ref output);
            SyncTelemetry.Compress(content.Length, Math.Min(content.Length, output.Length - head));
            if (output.Length - head < content.Length) return;
            output.Truncate(start);
        }

        Write(PlainCompressor.WireId, content, ref output);
        output.WriteBytes(content);
    }

    /// <summary>Takes the content out of an envelope. O(bytes), of which none are allocated on the word of the envelope.</summary>
    /// <param name="envelope">The envelope, to its last byte.</param>
    /// <param name="limit">The most content to accept, in bytes.</param>
    /// <exception cref="WireFormatException">It is truncated, altered or followed by something, exceeds the limit, or was compressed by what this host lacks.</exception>
    public static byte[] Open(ReadOnlySpan<byte> envelope, int limit = MaxContent)
    {
        var reader = new WireReader(envelope);
        var id = reader.ReadByte();
        var compressor = CompressorChoice.Find(id) ?? throw new WireFormatException($"this host has no compressor {id}", 0);
        var length = reader.ReadVarint();
        if (length > (ulong)Math.Min(limit, MaxContent)) throw reader.Malformed($"content of {length} bytes exceeds the limit of {Math.Min(limit, MaxContent)}");
        if (length < LeastCompressed && id != PlainCompressor.WireId) throw reader.Malformed("content so small travels as it is");
        return compressor.Decompress(reader.Rest, (int)length, reader.Offset);
    }

    private static void Write(byte id, ReadOnlySpan<byte> content, ref WireWriter output)
    {
        output.WriteByte(id);
        output.WriteVarint((ulong)content.Length);
    }
}
