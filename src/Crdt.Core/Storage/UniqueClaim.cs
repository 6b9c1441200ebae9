using System.Buffers.Binary;
using System.Security.Cryptography;
using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Storage;

/// <summary>
/// A value of a unique field, as stores look it up: the first 16 bytes of the SHA-256 of the type's number, the field's, and the value's canonical bytes. Nobody can make two values meet in one
/// without 2^64 attempts, and who does only keeps a value of his own from being written.
/// </summary>
/// <param name="Value">The bytes, as a number.</param>
public readonly record struct UniqueClaim(UInt128 Value) : IComparable<UniqueClaim>
{
    /// <summary>How many bytes a claim takes.</summary>
    public const int Size = 16;

    /// <summary>The claim that an entity lays to a value. O(bytes).</summary>
    /// <param name="type">The number of its type.</param>
    /// <param name="field">The number of the field.</param>
    /// <param name="value">The value in its canonical bytes.</param>
    public static UniqueClaim Of(uint type, uint field, ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[2 * sizeof(uint)], hash = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(head, type);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(uint)..], field);
        using var hashing = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hashing.AppendData(head);
        hashing.AppendData(value);
        hashing.GetHashAndReset(hash);
        return Read(hash);
    }

    /// <summary>The claim whose bytes begin here.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than <see cref="Size"/>.</exception>
    public static UniqueClaim Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>Its bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    /// <summary>Orders by bytes.</summary>
    public int CompareTo(UniqueClaim other) => Value.CompareTo(other.Value);
}
