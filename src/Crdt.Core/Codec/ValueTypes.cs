using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>Which C# type and which codec stand for a kind of value. Without reflection, so that nothing is trimmed away.</summary>
internal static class ValueTypes
{
    /// <summary>Shows a visitor the type of a simple value, or of the integer that an enum is stored as.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryVisit<TVisitor, TResult>(ValueSchema type, TVisitor visitor, out TResult result)
        where TVisitor : IValueVisitor<TResult>, allows ref struct
    {
        if (type.Kind == ValueKind.Enum) return TryVisit(type.Element!, visitor, out result);
        result = type.Kind < ValueKind.Text ? VisitNumber<TVisitor, TResult>(type.Kind, visitor) : VisitOther<TVisitor, TResult>(type.Kind, visitor)!;
        return type.Kind <= ValueKind.Duration;
    }

    private static TResult VisitNumber<TVisitor, TResult>(ValueKind kind, TVisitor visitor)
        where TVisitor : IValueVisitor<TResult>, allows ref struct => kind switch
        {
            ValueKind.Boolean => visitor.Visit<bool, BooleanCodec>(),
            ValueKind.Int8 => visitor.Visit<sbyte, SByteCodec>(),
            ValueKind.Int16 => visitor.Visit<short, Int16Codec>(),
            ValueKind.Int32 => visitor.Visit<int, Int32Codec>(),
            ValueKind.Int64 => visitor.Visit<long, Int64Codec>(),
            ValueKind.UInt8 => visitor.Visit<byte, ByteCodec>(),
            ValueKind.UInt16 => visitor.Visit<ushort, UInt16Codec>(),
            ValueKind.UInt32 => visitor.Visit<uint, UInt32Codec>(),
            ValueKind.UInt64 => visitor.Visit<ulong, UInt64Codec>(),
            ValueKind.Int128 => visitor.Visit<Int128, Int128Codec>(),
            ValueKind.Single => visitor.Visit<float, SingleCodec>(),
            ValueKind.Double => visitor.Visit<double, DoubleCodec>(),
            ValueKind.Decimal => visitor.Visit<decimal, DecimalCodec>(),
            _ => throw new NotSupportedException($"There is no C# type for values of kind {(byte)kind}."),
        };

    private static TResult? VisitOther<TVisitor, TResult>(ValueKind kind, TVisitor visitor)
        where TVisitor : IValueVisitor<TResult>, allows ref struct => kind switch
        {
            ValueKind.Text => visitor.Visit<string, TextCodec>(),
            ValueKind.Bytes => visitor.Visit<byte[], BytesCodec>(),
            ValueKind.Guid => visitor.Visit<Guid, GuidCodec>(),
            ValueKind.Date => visitor.Visit<DateOnly, DateCodec>(),
            ValueKind.Time => visitor.Visit<TimeOnly, TimeCodec>(),
            ValueKind.DateTime => visitor.Visit<DateTime, DateTimeCodec>(),
            ValueKind.DateTimeOffset => visitor.Visit<DateTimeOffset, DateTimeOffsetCodec>(),
            ValueKind.Duration => visitor.Visit<TimeSpan, DurationCodec>(),
            _ => default,
        };
}
