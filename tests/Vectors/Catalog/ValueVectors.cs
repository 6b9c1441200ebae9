using Crdt.Codec;
using Crdt.Schema;
using static Crdt.Tests.Vectors.Catalog.Made;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>Values of every kind at their edges.</summary>
internal static class ValueVectors
{
    public static IEnumerable<Vector> All() => [.. Integers(), .. Fractions(), .. Texts(), .. Times(), .. Composed()];

    private static IEnumerable<Vector> Integers() =>
    [
        Value<bool, BooleanCodec>("false", false), Value<bool, BooleanCodec>("true", true),
        Value<sbyte, SByteCodec>("least Int8", sbyte.MinValue), Value<sbyte, SByteCodec>("greatest Int8", sbyte.MaxValue),
        Value<short, Int16Codec>("least Int16", short.MinValue), Value<short, Int16Codec>("greatest Int16", short.MaxValue),
        Value<int, Int32Codec>("least Int32", int.MinValue), Value<int, Int32Codec>("greatest Int32", int.MaxValue),
        Value<long, Int64Codec>("zero", 0), Value<long, Int64Codec>("minus one", -1), Value<long, Int64Codec>("one", 1),
        Value<long, Int64Codec>("two to the 53rd", 1L << 53), Value<long, Int64Codec>("least Int64", long.MinValue), Value<long, Int64Codec>("greatest Int64", long.MaxValue),
        Value<byte, ByteCodec>("greatest UInt8", byte.MaxValue), Value<ushort, UInt16Codec>("greatest UInt16", ushort.MaxValue),
        Value<uint, UInt32Codec>("greatest UInt32", uint.MaxValue), Value<ulong, UInt64Codec>("127", 127), Value<ulong, UInt64Codec>("128", 128),
        Value<ulong, UInt64Codec>("greatest UInt64", ulong.MaxValue),
        Value<Int128, Int128Codec>("least Int128", Int128.MinValue), Value<Int128, Int128Codec>("minus one as Int128", -1), Value<Int128, Int128Codec>("greatest Int128", Int128.MaxValue),
    ];

    private static IEnumerable<Vector> Fractions() =>
    [
        Value<float, SingleCodec>("one and a half", 1.5f), Value<float, SingleCodec>("minus zero as Single", -0f), Value<float, SingleCodec>("no number as Single", float.NaN),
        Value<double, DoubleCodec>("zero as Double", 0.0), Value<double, DoubleCodec>("minus zero", -0.0), Value<double, DoubleCodec>("no number", double.NaN),
        Value<double, DoubleCodec>("least positive Double", double.Epsilon), Value<double, DoubleCodec>("minus infinity", double.NegativeInfinity),
        Value<decimal, DecimalCodec>("1.0", 1.0m), Value<decimal, DecimalCodec>("1.00", 1.00m), Value<decimal, DecimalCodec>("minus zero as Decimal", -0.0m),
        Value<decimal, DecimalCodec>("least Decimal", decimal.MinValue), Value<decimal, DecimalCodec>("28 places", 0.0000000000000000000000000001m),
    ];

    private static IEnumerable<Vector> Texts() =>
    [
        Value<string, TextCodec>("empty text", ""), Value<string, TextCodec>("composed", "é"), Value<string, TextCodec>("decomposed", "e\u0301"),
        Value<string, TextCodec>("beyond 16 bits", "\U0001F600"), Value<string, TextCodec>("zero and a mark", "\0\uFEFF"),
        Value<byte[], BytesCodec>("no bytes", []), Value<byte[], BytesCodec>("some bytes", [0, 255, 127]),
        Value<Guid, GuidCodec>("a guid", new("00112233-4455-6677-8899-aabbccddeeff")),
    ];

    private static IEnumerable<Vector> Times() =>
    [
        Value<DateOnly, DateCodec>("first day", DateOnly.MinValue), Value<DateOnly, DateCodec>("leap day", new(2024, 2, 29)), Value<DateOnly, DateCodec>("last day", DateOnly.MaxValue),
        Value<TimeOnly, TimeCodec>("midnight", TimeOnly.MinValue), Value<TimeOnly, TimeCodec>("last tick of a day", TimeOnly.MaxValue),
        Value<DateTime, DateTimeCodec>("a moment", new(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc)), Value<DateTime, DateTimeCodec>("last moment", new(DateTime.MaxValue.Ticks, DateTimeKind.Utc)),
        Value<DateTimeOffset, DateTimeOffsetCodec>("a moment in UTC", new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero)),
        Value<DateTimeOffset, DateTimeOffsetCodec>("the same moment in the east", new(2024, 2, 29, 14, 0, 0, TimeSpan.FromHours(2))),
        Value<DateTimeOffset, DateTimeOffsetCodec>("a moment in the west", new(new DateTime(2024, 2, 29, 12, 0, 0).AddTicks(1), TimeSpan.FromMinutes(-210))),
        Value<TimeSpan, DurationCodec>("shortest duration", TimeSpan.MinValue), Value<TimeSpan, DurationCodec>("a tick", new(1)),
    ];

    private static IEnumerable<Vector> Composed() =>
    [
        Value<DayOfWeek, EnumCodec<DayOfWeek, int, Int32Codec>>("a value of an enum", DayOfWeek.Saturday, Subjects.Weekday),
        Value<DayOfWeek, EnumCodec<DayOfWeek, int, Int32Codec>>("a value that an enum has no name for", (DayOfWeek)(-3), Subjects.Weekday),
        Value<IReadOnlyList<long>, ListCodec<long, Int64Codec>>("empty list", [], ValueSchema.List(ValueKind.Int64)),
        Value<IReadOnlyList<long>, ListCodec<long, Int64Codec>>("list of numbers", [1, -1, 1_000], ValueSchema.List(ValueKind.Int64)),
        Value<IReadOnlyList<string?>, ListCodec<string?, OptionalReferenceCodec<string, TextCodec>>>("list with an absent text", ["a", null, ""], Subjects.OptionalNames),
        Value<IReadOnlyList<int?>, ListCodec<int?, OptionalCodec<int, Int32Codec>>>("list with an absent number", [5, null], ValueSchema.List(ValueSchema.Optional(ValueKind.Int32))),
        Value<IReadOnlyList<Address>, ListCodec<Address, AddressCodec>>("list of records", [new("Elm", 1, null), new("", -2, "x")], ValueSchema.List(AddressCodec.Schema)),
        Value<Address, AddressCodec>("record", new("Main", 7, "0815"), AddressCodec.Schema),
        Value<Address, AddressCodec>("record with an absent member", new("Main", 7, null), AddressCodec.Schema),
    ];
}
