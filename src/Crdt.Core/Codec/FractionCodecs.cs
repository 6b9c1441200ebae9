using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>The four bytes of IEEE 754, most significant first; every NaN is the quiet one, −0 stays −0.</summary>
public readonly struct SingleCodec : IValueCodec<float>
{
    private const uint QuietNaN = 0x7FC00000;

    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Single;

    /// <inheritdoc/>
    public static void CheckKey(float value)
    {
        if (float.IsNaN(value)) throw new ArgumentException("NaN can't be a key.");
    }

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, float value) => writer.WriteUInt32(Bits(value));

    /// <inheritdoc/>
    public static float Read(ref WireReader reader)
    {
        var value = BitConverter.UInt32BitsToSingle(reader.ReadUInt32());
        return !float.IsNaN(value) || BitConverter.SingleToUInt32Bits(value) == QuietNaN ? value : throw reader.Malformed("a NaN is not in its one form");
    }

    /// <inheritdoc/>
    public static bool Same(float left, float right) => Bits(left) == Bits(right);

    /// <inheritdoc/>
    public static int Hash(float value) => Bits(value).GetHashCode();

    private static uint Bits(float value) => float.IsNaN(value) ? QuietNaN : BitConverter.SingleToUInt32Bits(value);
}

/// <summary>The eight bytes of IEEE 754, most significant first; every NaN is the quiet one, −0 stays −0.</summary>
public readonly struct DoubleCodec : IValueCodec<double>
{
    private const ulong QuietNaN = 0x7FF8000000000000;

    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Double;

    /// <inheritdoc/>
    public static void CheckKey(double value)
    {
        if (double.IsNaN(value)) throw new ArgumentException("NaN can't be a key.");
    }

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, double value) => writer.WriteUInt64(Bits(value));

    /// <inheritdoc/>
    public static double Read(ref WireReader reader)
    {
        var value = BitConverter.UInt64BitsToDouble(reader.ReadUInt64());
        return !double.IsNaN(value) || BitConverter.DoubleToUInt64Bits(value) == QuietNaN ? value : throw reader.Malformed("a NaN is not in its one form");
    }

    /// <inheritdoc/>
    public static bool Same(double left, double right) => Bits(left) == Bits(right);

    /// <inheritdoc/>
    public static int Hash(double value) => UInt64Codec.Hash(Bits(value));

    private static ulong Bits(double value) => double.IsNaN(value) ? QuietNaN : BitConverter.DoubleToUInt64Bits(value);
}

/// <summary>The 96-bit integer, then sign and scale: sixteen bytes that tell <c>1.0</c> from <c>1.00</c>.</summary>
public readonly struct DecimalCodec : IValueCodec<decimal>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Decimal;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, decimal value)
    {
        foreach (var part in Parts(value)) writer.WriteUInt32((uint)part);
    }

    /// <inheritdoc/>
    public static decimal Read(ref WireReader reader)
    {
        Span<int> parts = [(int)reader.ReadUInt32(), (int)reader.ReadUInt32(), (int)reader.ReadUInt32(), (int)reader.ReadUInt32()];
        try
        {
            return new(parts);
        }
        catch (ArgumentException)
        {
            throw reader.Malformed("the scale of a decimal exceeds 28");
        }
    }

    /// <inheritdoc/>
    public static bool Same(decimal left, decimal right) => Parts(left).AsSpan().SequenceEqual(Parts(right));

    /// <inheritdoc/>
    public static int Hash(decimal value)
    {
        var parts = Parts(value);
        return HashCode.Combine(parts[0], parts[1], parts[2], parts[3]);
    }

    private static int[] Parts(decimal value) => decimal.GetBits(value);
}
