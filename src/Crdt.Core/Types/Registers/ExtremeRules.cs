using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Types.Registers;

/// <summary>What concurrent writes to a register of an extreme read as, for those who know its schema and not its C# type.</summary>
internal static class ExtremeRules
{
    /// <summary>The rule of a field; null where the field keeps no extreme.</summary>
    public static ResolutionRule? Of(FieldSchema field) => field.Kind switch
    {
        FieldKind.Max => Of(field.Value, isMax: true),
        FieldKind.Min => Of(field.Value, isMax: false),
        _ => null,
    };

    private static ResolutionRule? Of(ValueSchema value, bool isMax) => value.Kind switch
    {
        ValueKind.Boolean => Of<bool, BooleanCodec>(isMax),
        ValueKind.Int8 => Of<sbyte, SByteCodec>(isMax),
        ValueKind.Int16 => Of<short, Int16Codec>(isMax),
        ValueKind.Int32 => Of<int, Int32Codec>(isMax),
        ValueKind.Int64 => Of<long, Int64Codec>(isMax),
        ValueKind.UInt8 => Of<byte, ByteCodec>(isMax),
        ValueKind.UInt16 => Of<ushort, UInt16Codec>(isMax),
        ValueKind.UInt32 => Of<uint, UInt32Codec>(isMax),
        ValueKind.UInt64 => Of<ulong, UInt64Codec>(isMax),
        ValueKind.Int128 => Of<Int128, Int128Codec>(isMax),
        ValueKind.Single => Of<float, SingleCodec>(isMax),
        ValueKind.Double => Of<double, DoubleCodec>(isMax),
        ValueKind.Decimal => Of<decimal, DecimalCodec>(isMax),
        ValueKind.Text => Of<string, TextCodec>(isMax),
        ValueKind.Bytes => Of<byte[], BytesCodec>(isMax),
        ValueKind.Guid => Of<Guid, GuidCodec>(isMax),
        ValueKind.Date => Of<DateOnly, DateCodec>(isMax),
        ValueKind.Time => Of<TimeOnly, TimeCodec>(isMax),
        ValueKind.DateTime => Of<DateTime, DateTimeCodec>(isMax),
        ValueKind.DateTimeOffset => Of<DateTimeOffset, DateTimeOffsetCodec>(isMax),
        ValueKind.Duration => Of<TimeSpan, DurationCodec>(isMax),
        ValueKind.Enum => Of(value.Element!, isMax),
        _ => null,
    };

    private static ResolutionRule Of<T, TCodec>(bool isMax)
        where TCodec : IValueCodec<T> => isMax ? ResolutionRule<T, TCodec>.Max : ResolutionRule<T, TCodec>.Min;
}
