using Crdt.Codec;

namespace Crdt.Sync.Compression;

/// <summary>
/// Zstandard (RFC 8878) by the host's libzstd, where there is one. Frames say the length of their content, have a checksum and need no
/// window beyond 8 MiB.
/// </summary>
public sealed class ZstdCompressor : IFrameCompressor
{
    /// <summary>Its id in the protocol.</summary>
    public const byte WireId = 2;

    /// <summary>The library's own default.</summary>
    public const int DefaultLevel = 3;

    private readonly int _level;
    private CompressionContext? _compression;
    private DecompressionContext? _decompression;

    /// <param name="level">1 to 19: what is smaller takes longer.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level, or it needs a window of more than 8 MiB.</exception>
    /// <exception cref="PlatformNotSupportedException">See <see cref="IsSupported"/>.</exception>
    public ZstdCompressor(int level = DefaultLevel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 19);
        if (!IsSupported) throw new PlatformNotSupportedException("This host has no libzstd of version 1.4 or later.");
        _level = level;
    }

    /// <summary>Whether this host has libzstd 1.4 or later. Asking loads it; where it is absent, nothing else happens.</summary>
    public static bool IsSupported => ZstdLibrary.IsFound;

    /// <inheritdoc/>
    public byte Id => WireId;

    /// <inheritdoc/>
    public string Name => "zstd";

    /// <inheritdoc/>
    public unsafe void Compress(ReadOnlySpan<byte> content, ref WireWriter output)
    {
        // Whoever takes the context has it alone; one that comes when it is taken makes another.
        var context = Interlocked.Exchange(ref _compression, null) ?? new(_level);
        var start = output.Length;
        var room = output.Take((int)ZstdLibrary.Bound((nuint)content.Length));
        nuint size;
        fixed (byte* input = content, space = room) size = ZstdLibrary.Compress(context, space, (nuint)room.Length, input, (nuint)content.Length);
        Interlocked.Exchange(ref _compression, context)?.Dispose();
        if (ZstdLibrary.IsError(size) != 0) throw new InvalidOperationException($"libzstd could not compress {content.Length} bytes.");
        output.Truncate(start + (int)size);
    }

    /// <inheritdoc/>
    public byte[] Decompress(ReadOnlySpan<byte> body, int length, int origin = 0)
    {
        RequireLength(body, length, origin);
        var context = Interlocked.Exchange(ref _decompression, null) ?? new();
        var stream = new ContentStream(context);
        try
        {
            stream.Restart();
            return BoundedContent.Read(ref stream, body, length, origin);
        }
        finally
        {
            Interlocked.Exchange(ref _decompression, context)?.Dispose();
        }
    }

    // The library sets memory aside for the window or the content, whichever is less: both have to be what was announced before it is asked.
    private static unsafe void RequireLength(ReadOnlySpan<byte> body, int length, int origin)
    {
        ulong announced;
        fixed (byte* input = body) announced = ZstdLibrary.ContentSize(input, (nuint)body.Length);
        if (announced >= ZstdLibrary.UnknownContentSize - 1) throw new WireFormatException("this is no zstd frame that says its length", origin);
        if (announced != (ulong)length) throw new WireFormatException($"a zstd frame of {announced} bytes was announced as one of {length}", origin);
    }

    private readonly struct ContentStream(DecompressionContext context) : IContentStream
    {
        public void Restart() => ZstdLibrary.Reset(context, ZstdLibrary.ResetSession);

        public unsafe bool Advance(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
        {
            fixed (byte* from = input, to = output)
            {
                var (source, target) = (new ZstdLibrary.Buffer { Start = from, Size = (nuint)input.Length }, new ZstdLibrary.Buffer { Start = to, Size = (nuint)output.Length });
                var left = ZstdLibrary.Decompress(context, &target, &source);
                if (ZstdLibrary.IsError(left) != 0) throw new InvalidDataException("this is no zstd frame, or one that was altered");
                (consumed, written) = ((int)source.Position, (int)target.Position);
                return left == 0;
            }
        }
    }
}
