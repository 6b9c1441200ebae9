using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Crdt.Signing;

namespace Crdt.Clocks;

/// <summary>
/// The identity of one writer: 128 bits, unique for ever. A store that was copied must write under a new one, because
/// two writers under one id give the same dot to different writes.
/// </summary>
/// <param name="Value">The 128 bits, compared as an unsigned integer wherever replicas are ordered.</param>
/// <remarks>Aligned like its halves: a dot takes 24 bytes, and not the 32 that the alignment of 128-bit numbers would make of it.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public readonly record struct ReplicaId(UInt128 Value) : IComparable<ReplicaId>
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = 16;

    /// <summary>Draws an id from the system's cryptographic source of randomness, one that nothing is signed under: see <see cref="ReplicaKey"/>.</summary>
    public static ReplicaId Random()
    {
        Span<byte> bytes = stackalloc byte[Size];
        do RandomNumberGenerator.Fill(bytes);
        while (ReplicaKey.IsSigned(Read(bytes)));
        return Read(bytes);
    }

    /// <summary>Reads the 16 bytes, most significant first, that <see cref="Write"/> wrote.</summary>
    public static ReplicaId Read(ReadOnlySpan<byte> source) => new(BinaryPrimitives.ReadUInt128BigEndian(source));

    /// <summary>Writes the id as 16 bytes, most significant first, so that byte order is id order.</summary>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <summary>Reads the 32 hexadecimal digits of <see cref="ToString"/>.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not a 128-bit hexadecimal number.</exception>
    public static ReplicaId Parse(string text) =>
        new(UInt128.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    /// <summary>A number from 0 up to 1 that follows from the id: pauses that are stretched by it differ from replica to replica, so that two that meet don't come back at the same time.</summary>
    internal double Share => (((ulong)(Value >> 64) ^ ((ulong)Value >> 16)) * 0x9E37_79B9_7F4A_7C15 >> 11) * (1.0 / (1UL << 53));

    /// <inheritdoc/>
    public int CompareTo(ReplicaId other) => Value.CompareTo(other.Value);

    /// <summary>The id as 32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
