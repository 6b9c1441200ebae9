using System.Buffers.Binary;
using System.Security.Cryptography;
using Crdt.Entities;

namespace Crdt.Sync.Differences;

/// <summary>
/// What identifies an entity together with its state: the first 128 bits of SHA-256 over the length of the id, the id and the state. Cryptographic on
/// purpose: who can make two states with one digest could hide a difference for ever.
/// </summary>
internal static class EntityDigest
{
    private const int OnStack = 1024;

    /// <summary>The digest of an entity; 0 where there is none, which is where the state is empty. O(bytes).</summary>
    public static UInt128 Of(EntityId id, ReadOnlySpan<byte> state)
    {
        if (state.IsEmpty) return 0;
        var size = sizeof(int) + id.Bytes.Length + state.Length;
        var rented = size > OnStack ? System.Buffers.ArrayPool<byte>.Shared.Rent(size) : null;
        var input = rented is null ? stackalloc byte[OnStack] : rented;
        BinaryPrimitives.WriteInt32BigEndian(input, id.Bytes.Length);
        id.Bytes.CopyTo(input[sizeof(int)..]);
        state.CopyTo(input[(sizeof(int) + id.Bytes.Length)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..size], hash);
        if (rented is not null) System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>The part of a digest that stands for it where differences are searched.</summary>
    public static ulong ItemOf(UInt128 digest) => (ulong)(digest >> 64);
}
