using System.Buffers.Binary;
using Crdt.Codec;

namespace Crdt.Browser.Compression;

/// <summary>The head of a Zstandard frame (RFC 8878, section 3.1.1.1), which says what the library would set memory aside for.</summary>
internal static class ZstdFrame
{
    private const uint Magic = 0xFD2F_B528;
    private const byte SingleSegment = 1 << 5;

    /// <summary>Demands that a frame says it has content of a length.</summary>
    /// <exception cref="WireFormatException">It doesn't, or it is no frame.</exception>
    public static void RequireLength(ReadOnlySpan<byte> frame, int length, int origin)
    {
        if (LengthOf(frame) is not { } announced) throw new WireFormatException("this is no zstd frame that says its length", origin);
        if (announced != (ulong)length) throw new WireFormatException($"a zstd frame of {announced} bytes was announced as one of {length}", origin);
    }

    private static ulong? LengthOf(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 5 || BinaryPrimitives.ReadUInt32LittleEndian(frame) != Magic) return null;
        var descriptor = frame[4];
        var rest = frame[5..];
        var isSingle = (descriptor & SingleSegment) != 0;
        var dictionary = (descriptor & 3) switch { 3 => 4, var small => small };
        var size = (descriptor >> 6) switch { 0 => isSingle ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        var at = (isSingle ? 0 : 1) + dictionary;
        if (size == 0 || rest.Length < at + size) return null;
        return size switch
        {
            1 => rest[at],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(rest[at..]) + 256UL,
            4 => BinaryPrimitives.ReadUInt32LittleEndian(rest[at..]),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(rest[at..]),
        };
    }
}
