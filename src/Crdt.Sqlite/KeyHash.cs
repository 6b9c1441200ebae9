using System.Buffers.Binary;
using System.Numerics;

namespace Crdt.Sqlite;

/// <summary>
/// A 64-bit number for the bytes of an identity. It is part of the file format. It spreads; it does not withstand
/// somebody who looks for collisions, so whatever is found by it is compared with what was sought.
/// </summary>
internal static class KeyHash
{
    private const ulong Seed = 0x9E37_79B9_7F4A_7C15;
    private const ulong Factor = 0xA076_1D64_78BD_642F;

    /// <summary>Multiplies and folds, eight bytes at a time. O(length).</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Seed ^ (ulong)bytes.Length;
        for (; bytes.Length >= 8; bytes = bytes[8..]) hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        ulong rest = 0;
        for (var i = bytes.Length - 1; i >= 0; i--) rest = rest << 8 | bytes[i];
        return Mix(Mix(hash, rest), Seed);
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        var high = Math.BigMul(BitOperations.RotateLeft(hash, 29) ^ word, Factor, out var low);
        return high ^ low ^ hash;
    }
}
