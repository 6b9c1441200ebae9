using System.Buffers;
using System.IO.Compression;
using Crdt.Codec;

namespace Crdt.Sync.Compression;

/// <summary>Brotli (RFC 7932), which the framework brings along: for hosts without libzstd. The compressed form follows a CRC-32C of the content, as Brotli has none.</summary>
/// <param name="quality">0 to 11: what is smaller takes longer.</param>
public sealed class BrotliCompressor(int quality = BrotliCompressor.DefaultQuality) : IFrameCompressor
{
    /// <summary>Its id in the protocol.</summary>
    public const byte WireId = 1;

    /// <summary>About as fast as zstd at its default level, and about as small.</summary>
    public const int DefaultQuality = 4;

    private const int Window = 22;
    private readonly int _quality = quality is >= 0 and <= 11 ? quality : throw new ArgumentOutOfRangeException(nameof(quality), quality, "Brotli has qualities 0 to 11.");

    /// <summary>Whether this host has it: all but browsers do.</summary>
    public static bool IsSupported => !OperatingSystem.IsBrowser();

    /// <inheritdoc/>
    public byte Id => WireId;

    /// <inheritdoc/>
    public string Name => "brotli";

    /// <inheritdoc/>
    /// <exception cref="PlatformNotSupportedException">See <see cref="IsSupported"/>.</exception>
    public void Compress(ReadOnlySpan<byte> content, ref WireWriter output)
    {
        if (OperatingSystem.IsBrowser()) throw new PlatformNotSupportedException("Browsers have no Brotli for programs.");
        output.WriteUInt32(ContentChecksum.Of(content));
        var start = output.Length;
        var room = output.Take(BrotliEncoder.GetMaxCompressedLength(content.Length));
        if (!BrotliEncoder.TryCompress(content, room, out var written, _quality, Window)) throw new InvalidOperationException("Brotli exceeded its own bound.");
        output.Truncate(start + written);
    }

    /// <inheritdoc/>
    /// <exception cref="PlatformNotSupportedException">See <see cref="IsSupported"/>.</exception>
    public byte[] Decompress(ReadOnlySpan<byte> body, int length, int origin = 0)
    {
        if (OperatingSystem.IsBrowser()) throw new PlatformNotSupportedException("Browsers have no Brotli for programs.");
        var reader = new WireReader(body, origin);
        var checksum = reader.ReadUInt32();
        RequireWindow(reader);
        var stream = new ContentStream();
        try
        {
            var content = BoundedContent.Read(ref stream, reader.Rest, length, reader.Offset);
            if (ContentChecksum.Of(content) != checksum) throw new WireFormatException("compressed content was altered", origin);
            return content;
        }
        finally
        {
            stream.Dispose();
        }
    }

    // RFC 7932, section 9.1: the first four bits are all set where the window has 16 MiB, and seven are 0010001 where it is larger still.
    private static void RequireWindow(WireReader reader)
    {
        var first = reader.ReadByte();
        if ((first & 0xF) == 0xF || (first & 0x7F) == 0x11) throw new WireFormatException("compressed content asks for a window of more than 8 MiB", reader.Offset - 1);
    }

    private struct ContentStream : IContentStream, IDisposable
    {
        private BrotliDecoder _decoder;

        public void Restart()
        {
            _decoder.Dispose();
            _decoder = default;
        }

        public bool Advance(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
        {
            var status = _decoder.Decompress(input, output, out consumed, out written);
            return status == OperationStatus.InvalidData ? throw new InvalidDataException("this is no Brotli") : status == OperationStatus.Done;
        }

        public void Dispose() => _decoder.Dispose();
    }
}
