using System.Text.Json;
using System.Text.Json.Serialization;
using Crdt.Codec;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu;
using Crdt.Schema;
using Crdt.Types.Registers;
using Crdt.Types.Sets;
using Crdt.Types;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>Values of one kind, and what the database is to show for them.</summary>
internal abstract class ValueCase(ValueSchema type, object initial, int count)
{
    public ValueKind Kind => type.Kind;

    /// <summary>What a register that can't be null shows before it is written.</summary>
    public object Initial => initial;

    public int Count => count;

    public FieldSchema Plain { get; } = new("plain", FieldKind.Register, type, Nullable: false, "plain");

    public FieldSchema Optional { get; } = new("maybe", FieldKind.Register, type, Nullable: true, "maybe");

    public FieldSchema Set { get; } = new("items", FieldKind.Set, type, Nullable: false, "items");

    public static IReadOnlyList<ValueCase> All { get; } =
    [
        new Of<bool, BooleanCodec>(false, (true, true), (false, false)),
        new Of<sbyte, SByteCodec>((sbyte)0, [.. Same<sbyte>(-1, 1, sbyte.MinValue + 1, sbyte.MaxValue), (sbyte.MinValue, null)]),
        new Of<short, Int16Codec>((short)0, [.. Same<short>(-1, 1, short.MinValue + 1, short.MaxValue), (short.MinValue, null)]),
        new Of<int, Int32Codec>(0, [.. Same<int>(-1, 1, int.MinValue + 1, int.MaxValue), (int.MinValue, null)]),
        new Of<long, Int64Codec>(0L, [.. Same<long>(-1, 1, long.MinValue + 1, long.MaxValue), (long.MinValue, null)]),
        new Of<byte, ByteCodec>((byte)0, Same<byte>(1, byte.MaxValue)),
        new Of<ushort, UInt16Codec>((ushort)0, Same<ushort>(1, ushort.MaxValue)),
        new Of<uint, UInt32Codec>(0U, Same(1U, uint.MaxValue)),
        new Of<ulong, UInt64Codec>(0UL, Same(1UL, ulong.MaxValue)),
        new Of<Int128, Int128Codec>(Int128.Zero, Same(Int128.MinValue, Int128.MinValue + 1, Int128.NegativeOne, (Int128)ulong.MaxValue + 1, Int128.MaxValue)),
        new Of<float, SingleCodec>(0f, Same(float.MinValue, float.MaxValue, float.Epsilon, -0f, 0f, 1.1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity)),
        new Of<double, DoubleCodec>(0d, Same(double.MinValue, double.MaxValue, double.Epsilon, -0d, 0d, 1.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity)),
        new Of<decimal, DecimalCodec>("0", (1.0m, "1.0"), (1.00m, "1.00"), (-0.001m, "-0.001"), (decimal.MinValue, "-79228162514264337593543950335"), (1e-28m, "0.0000000000000000000000000001")),
        new Of<string, TextCodec>(
            "", ("", ""), ("plain", "plain"), ("'\"\\`$x{}", "'\"\\`$x{}"), ("Zürich 東京 🦀", "Zürich 東京 🦀"), ("e\u0301", "e\u0301"), ("line\r\n\tend", "line\r\n\tend"),
            (new('x', 262_144), new string('x', 262_144)), (new('x', 262_145), null), ("zero\0inside", null)),
        new Of<byte[], BytesCodec>(
            Array.Empty<byte>(), ([], Array.Empty<byte>()), ([0, 1, 2, 0], new byte[] { 0, 1, 2, 0 }), (Bytes(256), Bytes(256)), (Bytes(4096), Bytes(4096)), (Bytes(4097), null)),
        new Of<Guid, GuidCodec>(Guid.Empty, Same(Guid.Empty, Guid.AllBitsSet, new Guid("00112233-4455-6677-8899-aabbccddeeff"))),
        new Of<DateOnly, DateCodec>(DateOnly.MinValue, Same(DateOnly.MinValue, new(1969, 12, 31), new(2000, 2, 29), DateOnly.MaxValue)),
        new Of<TimeOnly, TimeCodec>("00:00:00.0000000", (TimeOnly.MinValue, "00:00:00.0000000"), (new(12, 30, 15), "12:30:15.0000000"), (TimeOnly.MaxValue, "23:59:59.9999999")),
        new Of<DateTime, DateTimeCodec>(
            Utc(0), (Utc(0), Utc(0)), (Utc(1_234_567), Utc(1_234_560)), (DateTime.UnixEpoch, DateTime.UnixEpoch), (DateTime.UnixEpoch.AddTicks(-1), DateTime.UnixEpoch.AddTicks(-10)),
            (DateTime.UnixEpoch.AddTicks(19), DateTime.UnixEpoch.AddTicks(10)), (Utc(DateTime.MaxValue.Ticks), Utc(DateTime.MaxValue.Ticks - 9))),
        new Of<DateTimeOffset, DateTimeOffsetCodec>(
            DateTimeOffset.MinValue, (DateTimeOffset.MinValue, DateTimeOffset.MinValue), (DateTimeOffset.MaxValue, DateTimeOffset.MaxValue.AddTicks(-9)),
            (new(2024, 2, 29, 1, 0, 0, TimeSpan.FromHours(14)), new DateTimeOffset(2024, 2, 28, 11, 0, 0, TimeSpan.Zero)),
            (new(2024, 2, 29, 23, 0, 0, TimeSpan.FromMinutes(-570)), new DateTimeOffset(2024, 3, 1, 8, 30, 0, TimeSpan.Zero))),
        new Of<TimeSpan, DurationCodec>(
            new KuzuInterval(0, 0, 0), (TimeSpan.Zero, new KuzuInterval(0, 0, 0)), (TimeSpan.FromTicks(-1), new KuzuInterval(0, 0, 0)), (TimeSpan.FromTicks(19), new KuzuInterval(0, 0, 1)),
            (TimeSpan.FromHours(-36), new KuzuInterval(0, -1, -43_200_000_000)), (TimeSpan.MinValue, new KuzuInterval(0, -10_675_199, -10_085_477_580)),
            (TimeSpan.MaxValue, new KuzuInterval(0, 10_675_199, 10_085_477_580))),
        new Of<DayOfWeek, EnumCodec<DayOfWeek, int, Int32Codec>>(
            ValueSchema.Enum(ValueKind.Int32, Enum.GetValues<DayOfWeek>().Select(day => new EnumName((long)day, $"{day}"))),
            "Sunday", (DayOfWeek.Sunday, "Sunday"), (DayOfWeek.Saturday, "Saturday"), ((DayOfWeek)77, "77")),
        new Of<IReadOnlyList<string?>, ListCodec<string?, OptionalReferenceCodec<string, TextCodec>>>(
            ValueSchema.List(ValueSchema.Optional(ValueKind.Text)), "[]",
            ([], "[]"), (["b", null, "a"], "[\"b\",null,\"a\"]"), (["\"quoted\" \\ ä\0"], "[\"\\\"quoted\\\" \\\\ ä\\u0000\"]")),
    ];

    /// <summary>A register of this kind, which is written by <see cref="Write"/>.</summary>
    public abstract Field Register(FieldSchema schema);

    public abstract Field NewSet();

    /// <summary>Writes a value into a register.</summary>
    public abstract void Write(Field register, int index);

    /// <summary>Adds a value to a set.</summary>
    public abstract void Add(Field set, int index);

    /// <summary>Removes a value from a set.</summary>
    public abstract void Remove(Field set, int index);

    /// <summary>A value as C# has it.</summary>
    public abstract object Written(int index);

    /// <summary>What the database is to show for a value.</summary>
    public abstract object? ShownFor(int index);

    /// <summary>Whether a value is short enough to be one of many in a column.</summary>
    public abstract bool IsShort(int index);

    /// <summary>Whether JSON holds a value, to the last bit, for those who read it as .NET does.</summary>
    public abstract bool IsIn(JsonElement json, int index);

    public override string ToString() => type.ToString();

    private static (T, object?)[] Same<T>(params T[] values) => [.. values.Select(value => (value, (object?)value))];

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    private static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);

    private static readonly JsonSerializerOptions Reading = new()
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    private sealed class Of<T, TCodec>(ValueSchema type, object initial, params (T Written, object? Shown)[] values) : ValueCase(type, initial, values.Length)
        where T : notnull
        where TCodec : IValueCodec<T>
    {
        public Of(object initial, params (T Written, object? Shown)[] values)
            : this(TCodec.Kind, initial, values)
        {
        }

        public override Field Register(FieldSchema schema) => new LwwRegister<T, TCodec>(schema, default!);

        public override Field NewSet() => new OrSet<T, TCodec>(Set);

        public override void Write(Field register, int index) => ((LwwRegister<T, TCodec>)register).Value = values[index].Written;

        public override void Add(Field set, int index) => ((OrSet<T, TCodec>)set).Add(values[index].Written);

        public override void Remove(Field set, int index) => ((OrSet<T, TCodec>)set).Remove(values[index].Written);

        public override object Written(int index) => values[index].Written;

        public override object? ShownFor(int index) => values[index].Shown;

        public override bool IsShort(int index) => values[index].Written is not string { Length: > 1000 };

        public override bool IsIn(JsonElement json, int index) => json.Deserialize<T>(Reading) is { } read && TCodec.Same(read, values[index].Written);
    }
}
