using Crdt.Codec;
using Crdt.Entities;
using Crdt.Types.Flags;
using Crdt.Types.Registers;
using static Crdt.Tests.Vectors.Catalog.Made;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>Registers and flags.</summary>
internal static class RegisterVectors
{
    public static IEnumerable<Vector> All() => [.. Registers(), .. Siblings(), Extremes(), ConcurrentExtremes(), .. Flags(), Every()];

    private static IEnumerable<Vector> Registers()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Note);
        var note = state.Get<LwwRegister<string, TextCodec>>("Note");
        note.Value = "first";
        yield return Entity("register", "A writes \"first\".", Subjects.Note, state);
        stage.Tick('A', 1_500);
        note.Value = null!;
        yield return Entity("register that holds nothing", "A writes null 1.5 s later.", Subjects.Note, state);
        stage.Replica('A').IsOffline = true;
        note.Value = "away";
        yield return Entity("register written offline", "A, which is offline, writes \"away\" in the same millisecond.", Subjects.Note, state);
    }

    private static IEnumerable<Vector> Siblings()
    {
        var stage = new Stage();
        stage.Tick('B', 5);
        var state = stage.Create(Subjects.Name);
        var other = stage.Copy(Subjects.Name, state, 'B');
        state.Get<LwwRegister<string, TextCodec>>("Name").Value = "by A";
        other.Get<LwwRegister<string, TextCodec>>("Name").Value = "by B";
        state.Join(other);
        yield return Entity("siblings", "A and B write the name concurrently; B's clock is 5 ms ahead.", Subjects.Name, state);

        state = stage.Create(Subjects.Phone);
        other = stage.Copy(Subjects.Phone, state, 'C');
        state.Get<MultiValueRegister<string, TextCodec>>("Phone").Set("112");
        other.Get<MultiValueRegister<string, TextCodec>>("Phone").Set("110");
        yield return Entity("multi-value register", "C writes \"110\".", Subjects.Phone, other);
        state.Join(other);
        yield return Entity("multi-value register with two values", "A writes \"112\" and C \"110\" concurrently.", Subjects.Phone, state);
    }

    private static Vector Extremes()
    {
        var state = new Stage().Create(Subjects.Extremes);
        Write(state, 1.50m, 7);
        Write(state, 1.0m, 9);
        return Entity("extremes", "A writes 1.50 and then 1.0 to the max register, 7 and then 9 to the min register.", Subjects.Extremes, state);
    }

    private static Vector ConcurrentExtremes()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Extremes);
        var other = stage.Copy(Subjects.Extremes, state, 'B');
        Write(state, 2m, -5);
        Write(other, 3m, 5);
        state.Join(other);
        return Entity("concurrent extremes", "A writes 2 and -5, B 3 and 5 concurrently; all four stay stored.", Subjects.Extremes, state);
    }

    private static IEnumerable<Vector> Flags()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Flags);
        yield return Entity("flags as they start", "Nothing is written to either flag.", Subjects.Flags, state);
        var other = stage.Copy(Subjects.Flags, state, 'B');
        Switch(state, active: true, visible: false);
        yield return Entity("flags that hold dots", "A switches one on and the other off, which is what holds dots.", Subjects.Flags, state);
        var before = stage.Copy(Subjects.Flags, state, 'C');
        Switch(state, active: false, visible: true);
        yield return Entity("flags that were released", "A switches both back.", Subjects.Flags, state);
        Switch(other, active: true, visible: false);
        state.Join(other);
        state.Join(before);
        yield return Entity("flags that were switched concurrently", "B switches like A first did, without having seen it: its dots win.", Subjects.Flags, state);
    }

    private static void Switch(EntityState state, bool active, bool visible)
    {
        state.Get<EnableWinsFlag>("Active").Value = active;
        state.Get<DisableWinsFlag>("Visible").Value = visible;
    }

    private static void Write(EntityState state, decimal best, long first)
    {
        state.Get<MaxRegister<decimal, DecimalCodec>>("Best").Value = best;
        state.Get<MinRegister<long, Int64Codec>>("First").Value = first;
    }

    // One register for each kind of value, so that the fields of one entity have every type.
    private static Vector Every()
    {
        var state = new Stage().Create(Subjects.EveryValue);
        state.Get<LwwRegister<bool, BooleanCodec>>("Boolean").Value = true;
        state.Get<LwwRegister<sbyte, SByteCodec>>("Int8").Value = -8;
        state.Get<LwwRegister<short, Int16Codec>>("Int16").Value = -16;
        state.Get<LwwRegister<int, Int32Codec>>("Int32").Value = -32;
        state.Get<LwwRegister<long, Int64Codec>>("Int64").Value = -64;
        state.Get<LwwRegister<byte, ByteCodec>>("UInt8").Value = 8;
        state.Get<LwwRegister<ushort, UInt16Codec>>("UInt16").Value = 16;
        state.Get<LwwRegister<uint, UInt32Codec>>("UInt32").Value = 32;
        state.Get<LwwRegister<ulong, UInt64Codec>>("UInt64").Value = 64;
        state.Get<LwwRegister<Int128, Int128Codec>>("Int128").Value = -128;
        state.Get<LwwRegister<float, SingleCodec>>("Single").Value = 0.5f;
        state.Get<LwwRegister<double, DoubleCodec>>("Double").Value = -0.25;
        state.Get<LwwRegister<decimal, DecimalCodec>>("Decimal").Value = 9.90m;
        state.Get<LwwRegister<string, TextCodec>>("Text").Value = "text";
        state.Get<LwwRegister<byte[], BytesCodec>>("Bytes").Value = [1, 2, 3];
        state.Get<LwwRegister<Guid, GuidCodec>>("Guid").Value = new("00112233-4455-6677-8899-aabbccddeeff");
        state.Get<LwwRegister<DateOnly, DateCodec>>("Date").Value = new(2024, 2, 29);
        state.Get<LwwRegister<TimeOnly, TimeCodec>>("Time").Value = new(12, 30);
        state.Get<LwwRegister<DateTime, DateTimeCodec>>("DateTime").Value = new(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc);
        state.Get<LwwRegister<DateTimeOffset, DateTimeOffsetCodec>>("DateTimeOffset").Value = new(2024, 2, 29, 14, 0, 0, TimeSpan.FromHours(2));
        state.Get<LwwRegister<TimeSpan, DurationCodec>>("Duration").Value = TimeSpan.FromSeconds(-1);
        state.Get<LwwRegister<DayOfWeek, EnumCodec<DayOfWeek, int, Int32Codec>>>("Enum").Value = DayOfWeek.Friday;
        state.Get<LwwRegister<IReadOnlyList<string?>, ListCodec<string?, OptionalReferenceCodec<string, TextCodec>>>>("List").Value = ["one", null];
        state.Get<LwwRegister<Address, AddressCodec>>("Record").Value = new("Main", 7, null);
        return Entity("a register of every type", "A writes one value of each kind.", Subjects.EveryValue, state);
    }
}
