using System.Buffers;
using Crdt.Codec;

namespace Crdt.Sync.Compression;

/// <summary>Collects the content of a compressed stream in chunks, so that memory follows what has arrived and not what was announced.</summary>
internal static class BoundedContent
{
    /// <summary>How much is taken at a time.</summary>
    public const int Chunk = 64 * 1024;

    // Honest traffic rarely shrinks so much. What claims to is decompressed once without keeping anything, so that a bomb takes a chunk however much it announces.
    private const int Trusted = 512 * 1024, TrustedRatio = 16;

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="WireFormatException">It is malformed, or its content hasn't exactly the length that was announced.</exception>
    public static byte[] Read<T>(ref T stream, ReadOnlySpan<byte> body, int length, int origin)
        where T : IContentStream
    {
        if (length > Trusted && length / TrustedRatio > body.Length)
        {
            Walk(ref stream, body, length, origin, kept: null);
            stream.Restart();
        }

        var chunks = new List<byte[]>();
        try
        {
            Walk(ref stream, body, length, origin, chunks);
            return Join(chunks, length);
        }
        finally
        {
            foreach (var chunk in chunks) ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static void Walk<T>(ref T stream, ReadOnlySpan<byte> body, int length, int origin, List<byte[]>? kept)
        where T : IContentStream
    {
        var scratch = kept is null ? ArrayPool<byte>.Shared.Rent(Chunk) : [];
        try
        {
            var (at, total, isComplete) = (0, 0, false);
            Span<byte> spill = stackalloc byte[1];
            while (!isComplete)
            {
                // Once all that was announced is there, one byte more is asked for: it shows what is too long.
                var room = total == length ? spill : Room(kept, scratch, total, length);
                isComplete = Advance(ref stream, body[at..], room, origin + at, out var consumed, out var written);
                (at, total) = (at + consumed, total + written);
                if (total > length) throw new WireFormatException($"the content exceeds the {length} bytes that were announced", origin + at);
                if (!isComplete && consumed == 0 && written == 0) throw new WireFormatException("compressed content is truncated", origin + at);
            }

            if (total != length) throw new WireFormatException($"{length} bytes were announced, and there are {total}", origin + at);
            if (at != body.Length) throw new WireFormatException($"{body.Length - at} bytes follow the compressed content", origin + at);
        }
        finally
        {
            if (scratch.Length > 0) ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static bool Advance<T>(ref T stream, ReadOnlySpan<byte> input, Span<byte> room, int offset, out int consumed, out int written)
        where T : IContentStream
    {
        try
        {
            return stream.Advance(input, room, out consumed, out written);
        }
        catch (InvalidDataException error)
        {
            throw new WireFormatException(error.Message, offset);
        }
    }

    private static Span<byte> Room(List<byte[]>? kept, byte[] scratch, int total, int length)
    {
        if (kept is null) return scratch.AsSpan(0, Chunk);
        if (total / Chunk == kept.Count) kept.Add(ArrayPool<byte>.Shared.Rent(Math.Min(Chunk, length - total)));
        return kept[^1].AsSpan(total % Chunk, Math.Min(Chunk - (total % Chunk), length - total));
    }

    private static byte[] Join(List<byte[]> chunks, int length)
    {
        var content = new byte[length];
        for (var i = 0; i < chunks.Count; i++)
        {
            var size = Math.Min(Chunk, length - (i * Chunk));
            chunks[i].AsSpan(0, size).CopyTo(content.AsSpan(i * Chunk));
        }

        return content;
    }
}
