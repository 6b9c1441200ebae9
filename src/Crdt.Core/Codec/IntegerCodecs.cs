using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>One byte, 0 or 1.</summary>
public readonly struct BooleanCodec : IValueCodec<bool>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Boolean;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, bool value) => writer.WriteByte(value ? (byte)1 : (byte)0);

    /// <inheritdoc/>
    public static bool Read(ref WireReader reader) => reader.ReadByte() switch
    {
        0 => false,
        1 => true,
        var other => throw reader.Malformed($"{other} is neither true nor false"),
    };
}

/// <summary>A zigzag number in base 128.</summary>
public readonly struct SByteCodec : IValueCodec<sbyte>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Int8;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, sbyte value) => writer.WriteZigZag(value);

    /// <inheritdoc/>
    public static sbyte Read(ref WireReader reader)
    {
        var value = reader.ReadZigZag();
        return value is >= sbyte.MinValue and <= sbyte.MaxValue ? (sbyte)value : throw reader.Malformed($"{value} is out of the range of sbyte");
    }
}

/// <summary>A zigzag number in base 128.</summary>
public readonly struct Int16Codec : IValueCodec<short>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Int16;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, short value) => writer.WriteZigZag(value);

    /// <inheritdoc/>
    public static short Read(ref WireReader reader)
    {
        var value = reader.ReadZigZag();
        return value is >= short.MinValue and <= short.MaxValue ? (short)value : throw reader.Malformed($"{value} is out of the range of short");
    }
}

/// <summary>A zigzag number in base 128.</summary>
public readonly struct Int32Codec : IValueCodec<int>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Int32;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, int value) => writer.WriteZigZag(value);

    /// <inheritdoc/>
    public static int Read(ref WireReader reader)
    {
        var value = reader.ReadZigZag();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw reader.Malformed($"{value} is out of the range of int");
    }
}

/// <summary>A zigzag number in base 128.</summary>
public readonly struct Int64Codec : IValueCodec<long>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Int64;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, long value) => writer.WriteZigZag(value);

    /// <inheritdoc/>
    public static long Read(ref WireReader reader) => reader.ReadZigZag();

    /// <inheritdoc/>
    /// <remarks>Both halves count: <c>GetHashCode</c> folds them, and whole families of values would share a code.</remarks>
    public static int Hash(long value) => HashCode.Combine((int)value, (int)(value >> 32));
}

/// <summary>A number in base 128.</summary>
public readonly struct ByteCodec : IValueCodec<byte>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.UInt8;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, byte value) => writer.WriteVarint(value);

    /// <inheritdoc/>
    public static byte Read(ref WireReader reader)
    {
        var value = reader.ReadVarint();
        return value <= byte.MaxValue ? (byte)value : throw reader.Malformed($"{value} is out of the range of byte");
    }
}

/// <summary>A number in base 128.</summary>
public readonly struct UInt16Codec : IValueCodec<ushort>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.UInt16;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, ushort value) => writer.WriteVarint(value);

    /// <inheritdoc/>
    public static ushort Read(ref WireReader reader)
    {
        var value = reader.ReadVarint();
        return value <= ushort.MaxValue ? (ushort)value : throw reader.Malformed($"{value} is out of the range of ushort");
    }
}

/// <summary>A number in base 128.</summary>
public readonly struct UInt32Codec : IValueCodec<uint>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.UInt32;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, uint value) => writer.WriteVarint(value);

    /// <inheritdoc/>
    public static uint Read(ref WireReader reader)
    {
        var value = reader.ReadVarint();
        return value <= uint.MaxValue ? (uint)value : throw reader.Malformed($"{value} is out of the range of uint");
    }
}

/// <summary>A number in base 128.</summary>
public readonly struct UInt64Codec : IValueCodec<ulong>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.UInt64;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, ulong value) => writer.WriteVarint(value);

    /// <inheritdoc/>
    public static ulong Read(ref WireReader reader) => reader.ReadVarint();

    /// <inheritdoc/>
    /// <remarks>Both halves count: <c>GetHashCode</c> folds them, and whole families of values would share a code.</remarks>
    public static int Hash(ulong value) => Int64Codec.Hash((long)value);
}

/// <summary>Sixteen bytes, two's complement, most significant first.</summary>
public readonly struct Int128Codec : IValueCodec<Int128>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Int128;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, Int128 value) => writer.WriteUInt128((UInt128)value);

    /// <inheritdoc/>
    public static Int128 Read(ref WireReader reader) => (Int128)reader.ReadUInt128();

    /// <inheritdoc/>
    /// <remarks>Both halves count: <c>GetHashCode</c> folds them, and whole families of values would share a code.</remarks>
    public static int Hash(Int128 value) => HashCode.Combine(Int64Codec.Hash((long)value), Int64Codec.Hash((long)(value >> 64)));
}
