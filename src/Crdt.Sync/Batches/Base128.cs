using System.Numerics;

namespace Crdt.Sync.Batches;

/// <summary>Numbers in base 128, for loops that a reader with offsets would slow down.</summary>
internal static class Base128
{
    public const int MostBytes = 10;

    public static int SizeOf(ulong value) => 1 + (BitOperations.Log2(value | 1) / 7);

    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    public static int Write(Span<byte> target, ulong value)
    {
        var size = 0;
        for (; value >= 0x80; value >>= 7) target[size++] = (byte)(value | 0x80);
        target[size++] = (byte)value;
        return size;
    }

    /// <summary>Reads a number in its shortest form; false where there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if ((uint)position >= (uint)source.Length) return false;
            var next = source[position++];
            if (shift == 63 && next > 1) return false;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return next != 0 || shift == 0;
        }

        return false;
    }
}
