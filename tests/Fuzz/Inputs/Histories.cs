using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;
using Crdt.Tests.Vectors.Catalog;
using static Crdt.Tests.Properties.Subjects.FieldFactory;

namespace Crdt.Tests.Fuzz.Inputs;

/// <summary>Entities as real histories leave them, and their deltas.</summary>
internal static class Histories
{
    /// <summary>An entity of a field of each kind, those that the golden vectors have.</summary>
    public static Subject Kinds { get; } = Combine("kinds", [.. Subjects.All.Except([Subjects.EveryValue, Subjects.UpdateWins])]);

    /// <summary>An entity of a register of each type.</summary>
    public static Subject Values => Subjects.EveryValue;

    /// <summary>An entity of sets and maps with keys of each type, and of what values can be made of besides.</summary>
    public static Subject Keys { get; } = BareSubject.Of(
        "keys",
        Set<bool, BooleanCodec>("A"), Set<sbyte, SByteCodec>("B"), Set<Int128, Int128Codec>("C"), Set<float, SingleCodec>("D"), Set<double, DoubleCodec>("E"), Set<decimal, DecimalCodec>("F"),
        Set<byte[], BytesCodec>("G"), Set<Guid, GuidCodec>("H"), Set<DateTimeOffset, DateTimeOffsetCodec>("I"), Set<TimeOnly, TimeCodec>("J"), Set<DateTime, DateTimeCodec>("K"),
        Map<decimal, DecimalCodec, byte[], BytesCodec>("L"), CounterMap<Guid, GuidCodec>("M"), List<DateTimeOffset, DateTimeOffsetCodec>("N"), MultiValue<double, DoubleCodec>("O"),
        Max<DateOnly, DateCodec>("P"), Register<long?, NullableCodec<long, Int64Codec>>("Q", nullable: true),
        Register<IReadOnlyList<Address>, ListCodec<Address, AddressCodec>>("R", initial: [], type: ValueSchema.List(AddressCodec.Schema)),
        Register<IReadOnlyList<decimal?>, ListCodec<decimal?, OptionalCodec<decimal, DecimalCodec>>>("S", initial: [], type: ValueSchema.List(ValueSchema.Optional(ValueKind.Decimal))));

    public static byte[][] Encoded(Subject subject) => [.. Copies(subject).SelectMany(copy => copy.Shipped.Append(copy.State.Encode()))];

    public static byte[][] States(Subject subject) => [.. Copies(subject).SelectMany(copy => (byte[][])[Law.Row(copy.State, true), Law.Row(copy.State, false)])];

    /// <summary>Clocks as replicas have them.</summary>
    public static VersionVector Vector(int replicas)
    {
        var vector = new VersionVector();
        for (var i = 0; i < replicas; i++) vector.Advance(World.IdOf(i), 1ul << (9 * i % 64));
        return vector;
    }

    private static IEnumerable<Copy> Copies(Subject subject) =>
        Enumerable.Range(1, 40).SelectMany(seed => History.Make(subject, new Dice((ulong)seed)).Run().Copies).OrderByDescending(copy => copy.State.Encode().Length).Take(60);

    private static Subject Combine(string name, Subject[] parts)
    {
        var schemas = parts.SelectMany(part => part.Fields).DistinctBy(field => field.Id).ToArray();
        return Subject.OfFields(name, parts[0].Type, parts[0].Id, schemas, () => [.. parts.SelectMany(part => part.New(null).Fields).DistinctBy(field => field.Id)]);
    }
}
