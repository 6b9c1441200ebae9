using System.Globalization;
using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// Simple values as text: where they stand in JSON, as keys of a map, and where their column is text. It is exact, so that no two
/// values have the same, and in the form that <c>System.Text.Json</c> reads.
/// </summary>
internal static class ValueText
{
    /// <summary>The text of an encoded value.</summary>
    /// <exception cref="WireFormatException">It is no value of this type.</exception>
    public static string Of(ValueSchema type, ref WireReader value) => type.Kind switch
    {
        ValueKind.Boolean => Read<bool, BooleanCodec>(ref value) ? "true" : "false",
        ValueKind.Int8 => Invariant(Read<sbyte, SByteCodec>(ref value)),
        ValueKind.Int16 => Invariant(Read<short, Int16Codec>(ref value)),
        ValueKind.Int32 => Invariant(Read<int, Int32Codec>(ref value)),
        ValueKind.Int64 => Invariant(Read<long, Int64Codec>(ref value)),
        ValueKind.UInt8 => Invariant(Read<byte, ByteCodec>(ref value)),
        ValueKind.UInt16 => Invariant(Read<ushort, UInt16Codec>(ref value)),
        ValueKind.UInt32 => Invariant(Read<uint, UInt32Codec>(ref value)),
        ValueKind.UInt64 => Invariant(Read<ulong, UInt64Codec>(ref value)),
        ValueKind.Int128 => Invariant(Read<Int128, Int128Codec>(ref value)),
        ValueKind.Single => Invariant(Read<float, SingleCodec>(ref value), "R"),
        ValueKind.Double => Invariant(Read<double, DoubleCodec>(ref value), "R"),
        ValueKind.Decimal => Invariant(Read<decimal, DecimalCodec>(ref value)),
        ValueKind.Text => Read<string, TextCodec>(ref value),
        ValueKind.Bytes => Convert.ToBase64String(value.ReadBytes(value.Remaining)),
        ValueKind.Guid => Read<Guid, GuidCodec>(ref value).ToString(),
        ValueKind.Date => Invariant(Read<DateOnly, DateCodec>(ref value), "O"),
        ValueKind.Time => Invariant(Read<TimeOnly, TimeCodec>(ref value), "O"),
        ValueKind.DateTime => Invariant(Read<DateTime, DateTimeCodec>(ref value), "O"),
        ValueKind.DateTimeOffset => Invariant(Read<DateTimeOffset, DateTimeOffsetCodec>(ref value), "O"),
        ValueKind.Duration => Invariant(Read<TimeSpan, DurationCodec>(ref value), "c"),
        ValueKind.Enum => OfEnum(type, ref value),
        _ => throw new NotSupportedException($"Values of type {type} are not simple."),
    };

    /// <summary>Reads a value that takes all of its bytes.</summary>
    /// <exception cref="WireFormatException">It is no such value, or something follows it.</exception>
    public static T Read<T, TCodec>(ref WireReader bytes)
        where TCodec : IValueCodec<T>
    {
        var value = TCodec.Read(ref bytes);
        bytes.End();
        return value;
    }

    // One that has no name in this build's schema shows as its number.
    private static string OfEnum(ValueSchema type, ref WireReader value)
    {
        var isSigned = type.Element!.Kind < ValueKind.UInt8;
        var number = isSigned ? value.ReadZigZag() : (long)value.ReadVarint();
        value.End();
        var name = type.Names.FirstOrDefault(known => known.Number == number).Name;
        return name ?? (isSigned ? Invariant(number) : Invariant((ulong)number));
    }

    private static string Invariant<T>(T value, string? format = null)
        where T : IFormattable => value.ToString(format, CultureInfo.InvariantCulture);
}
