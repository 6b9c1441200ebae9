using System.Buffers;
using System.Globalization;

namespace Crdt.Kuzu.Native;

/// <summary>
/// Blobs as text, byte by byte as <c>\xHH</c>: the C API makes none from bytes, and gives one back without its length.
/// </summary>
internal static class BlobText
{
    private const int Width = 4;

    /// <summary>Writes the text of a blob into UTF-8, four bytes for each of its own.</summary>
    public static int Write(ReadOnlySpan<byte> blob, Span<byte> text)
    {
        var digits = "0123456789ABCDEF"u8;
        var at = 0;
        foreach (var b in blob)
        {
            text[at] = (byte)'\\';
            text[at + 1] = (byte)'x';
            text[at + 2] = digits[b >> 4];
            text[at + 3] = digits[b & 15];
            at += Width;
        }

        return at;
    }

    /// <summary>The length of the text for a blob of a length.</summary>
    public static int LengthOf(int blobLength) => checked(blobLength * Width);

    /// <summary>Reads the engine's text of a blob, which leaves printable ASCII as it is.</summary>
    public static byte[] Parse(string text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            var count = 0;
            for (var at = 0; at < text.Length; count++)
            {
                var isEscape = text[at] == '\\';
                buffer[count] = isEscape
                    ? byte.Parse(text.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                    : (byte)text[at];
                at += isEscape ? Width : 1;
            }

            return buffer.AsSpan(0, count).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
