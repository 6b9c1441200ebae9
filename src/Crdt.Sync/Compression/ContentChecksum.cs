using System.Numerics;

namespace Crdt.Sync.Compression;

/// <summary>CRC-32C of content whose compressed form has no checksum of its own.</summary>
internal static class ContentChecksum
{
    public const int Size = 4;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) checksum = BitOperations.Crc32C(checksum, BitConverter.ToUInt64(bytes));
        foreach (var value in bytes) checksum = BitOperations.Crc32C(checksum, value);
        return ~checksum;
    }
}
