using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sync.Differences;

/// <summary>
/// What stands for an entity when replicas are compared: 128 bits of SHA-256 over its identity and its state. It is a
/// cryptographic hash on purpose: a writer who could make two states of one digest could hide a difference.
/// </summary>
public static class EntityDigest
{
    private const int OnStack = 1024;

    /// <summary>
    /// The digest of an entity: of the length of its identity (four bytes), its identity and its state. Equal states have
    /// equal digests on every replica. It is never zero, which stands for an entity that is absent, and neither are its
    /// upper 64 bits. Linear in the length of the state; nothing is allocated (long states borrow from the shared pool).
    /// </summary>
    /// <param name="id">Which entity.</param>
    /// <param name="state">Its state in canonical bytes.</param>
    public static UInt128 Of(EntityId id, ReadOnlySpan<byte> state)
    {
        var length = checked(sizeof(int) + id.Bytes.Length + state.Length);
        if (length <= OnStack) return Digest(id.Bytes, state, stackalloc byte[OnStack]);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        var digest = Digest(id.Bytes, state, rented);
        ArrayPool<byte>.Shared.Return(rented);
        return digest;
    }

    /// <summary>The digest of an entity by its row in the store; 0 where that is empty, since then the entity is absent.</summary>
    internal static UInt128 OfRow(EntityId id, ReadOnlySpan<byte> row) => row.IsEmpty ? UInt128.Zero : Of(id, row);

    /// <summary>The part of a digest that cells and the index know an entity by: its upper 64 bits.</summary>
    internal static ulong ItemOf(UInt128 digest) => (ulong)(digest >> 64);

    /// <summary>The item of a row.</summary>
    internal static ulong ItemOf(StoredEntity row) => ItemOf(Of(row.Id, row.State.Span));

    private static UInt128 Digest(ReadOnlySpan<byte> id, ReadOnlySpan<byte> state, Span<byte> buffer)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer, id.Length);
        id.CopyTo(buffer[sizeof(int)..]);
        state.CopyTo(buffer[(sizeof(int) + id.Length)..]);
        var digest = Hash(buffer[..(sizeof(int) + id.Length + state.Length)]);
        // One digest in 2^64 starts with 64 zeros, and takes its neighbour's place.
        return ItemOf(digest) == 0 ? digest | (UInt128.One << 64) : digest;
    }

    /// <summary>SHA-256, cut to its first 128 bits.</summary>
    internal static UInt128 Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
