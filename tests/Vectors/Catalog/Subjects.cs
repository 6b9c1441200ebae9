using Crdt.Codec;
using Crdt.Schema;
using static Crdt.Tests.Properties.Subjects.FieldFactory;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>The types that the vectors are of.</summary>
internal static class Subjects
{
    public static readonly Subject Liveness = BareSubject.Of("liveness");
    public static readonly Subject UpdateWins = BareSubject.Of("updates win", Deletion.UpdateWins, Register<string, TextCodec>("Name", initial: ""));
    public static readonly Subject Name = BareSubject.Of("register", Register<string, TextCodec>("Name", initial: ""));
    public static readonly Subject Note = BareSubject.Of("nullable register", Register<string, TextCodec>("Note", nullable: true));
    public static readonly Subject Stock = BareSubject.Of("counter", FieldFactory.Counter("Stock"));
    public static readonly Subject Views = BareSubject.Of("grow-only counter", GrowOnly("Views"));
    public static readonly Subject Phone = BareSubject.Of("multi-value", MultiValue<string, TextCodec>("Phone"));
    public static readonly Subject Flags = BareSubject.Of("flags", EnableWins("Active"), DisableWins("Visible"));
    public static readonly Subject Extremes = BareSubject.Of("extremes", Max<decimal, DecimalCodec>("Best"), Min<long, Int64Codec>("First", long.MaxValue));
    public static readonly Subject Tags = BareSubject.Of("set of text", Set<string, TextCodec>("Tags"));
    public static readonly Subject Codes = BareSubject.Of("set of numbers", Set<long, Int64Codec>("Codes"));
    public static readonly Subject Labels = BareSubject.Of("map", Map<string, TextCodec, string, TextCodec>("Labels", nullable: true));
    public static readonly Subject Votes = BareSubject.Of("counter map", CounterMap<int, Int32Codec>("Votes"));
    public static readonly Subject Steps = BareSubject.Of("list", List<string, TextCodec>("Steps"));
    public static readonly Subject Seats = BareSubject.Of("bounded counter", Bounded("Seats", -2));
    public static readonly Subject Several = BareSubject.Of("several", Register<string, TextCodec>("Name", initial: ""), FieldFactory.Counter("Stock"), Set<string, TextCodec>("Tags"), Map<string, TextCodec, string, TextCodec>("Labels", nullable: true));

    public static readonly Subject EveryValue = BareSubject.Of(
        "every value",
        Register<bool, BooleanCodec>("Boolean"), Register<sbyte, SByteCodec>("Int8"), Register<short, Int16Codec>("Int16"), Register<int, Int32Codec>("Int32"),
        Register<long, Int64Codec>("Int64"), Register<byte, ByteCodec>("UInt8"), Register<ushort, UInt16Codec>("UInt16"), Register<uint, UInt32Codec>("UInt32"),
        Register<ulong, UInt64Codec>("UInt64"), Register<Int128, Int128Codec>("Int128"), Register<float, SingleCodec>("Single"), Register<double, DoubleCodec>("Double"),
        Register<decimal, DecimalCodec>("Decimal"), Register<string, TextCodec>("Text", initial: ""), Register<byte[], BytesCodec>("Bytes", initial: []), Register<Guid, GuidCodec>("Guid"),
        Register<DateOnly, DateCodec>("Date"), Register<TimeOnly, TimeCodec>("Time"), Register<DateTime, DateTimeCodec>("DateTime"),
        Register<DateTimeOffset, DateTimeOffsetCodec>("DateTimeOffset"), Register<TimeSpan, DurationCodec>("Duration"),
        Register<DayOfWeek, EnumCodec<DayOfWeek, int, Int32Codec>>("Enum", type: Weekday),
        Register<IReadOnlyList<string?>, ListCodec<string?, OptionalReferenceCodec<string, TextCodec>>>("List", initial: [], type: OptionalNames),
        Register<Address, AddressCodec>("Record", initial: new("", 0, null), type: AddressCodec.Schema));

    public static readonly Subject[] All =
        [Liveness, UpdateWins, Name, Note, Stock, Views, Phone, Flags, Extremes, Tags, Codes, Labels, Votes, Steps, Several, EveryValue, Seats];

    public static ValueSchema Weekday => ValueSchema.Enum(ValueKind.Int32, Enum.GetValues<DayOfWeek>().Select(day => new EnumName((long)day, $"{day}")));

    public static ValueSchema OptionalNames => ValueSchema.List(ValueSchema.Optional(ValueKind.Text));
}
