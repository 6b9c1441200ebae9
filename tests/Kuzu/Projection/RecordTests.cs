using Crdt.Codec;
using Crdt.Kuzu.Tables;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Types.Registers;
using Crdt.Types.Sets;
using static Crdt.Tests.Kuzu.Projection.Things;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>Records are structs where they stand alone, and JSON where there are many.</summary>
public sealed class RecordTests
{
    private static readonly ValueSchema Inner = ValueSchema.Record(new ValueMember("Order", ValueKind.Int32), new("order", ValueSchema.Optional(ValueKind.Text)));

    private static readonly ValueSchema Outer = ValueSchema.Record(
        new ValueMember("Id", ValueKind.Guid), new("Data", ValueKind.Bytes), new("Größe", ValueKind.Double), new("Inner", ValueSchema.Optional(Inner)), new("Tags", ValueSchema.List(ValueKind.Text)));

    [Fact]
    public async Task A_record_is_a_struct_in_which_every_member_can_be_asked_for()
    {
        var (plain, optional) = (new FieldSchema("plain", FieldKind.Register, Outer, false, "plain"), new FieldSchema("maybe", FieldKind.Register, Outer, true, "maybe"));
        var type = TypeOf(plain, optional);
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Written(type, 1, Whole()), Written(type, 2, Bare()), Entities.Unwritten(type, Id(type, 3)), Written(type, 4, [1, 2, 3])]));
        await EveryWayAsync(shown, type, async () =>
        {
            var rows = await shown.RowsAsync("MATCH (e:Thing) RETURN e.plain.Id, e.plain.Data, e.plain.`Größe`, e.plain.Inner.Order_, e.plain.Inner.order__, e.plain.Tags, e.maybe.Inner.Order_, e.maybe.Tags ORDER BY e.id");
            Assert.Equal(["00112233-4455-6677-8899-aabbccddeeff", "AQI=", 1.5, 7, "x", "[\"a\",\"b\"]", 7, "[\"a\",\"b\"]"], rows[0].Values);
            Assert.Equal([$"{Guid.Empty}", "", 0d, null, null, "[]", null, "[]"], rows[1].Values);
            Assert.Equal([$"{Guid.Empty}", "", 0d, null, null, "[]", null, null], rows[2].Values);
            Assert.Equal([null, null, null, null, null, null, null, null], rows[3].Values);
        });
    }

    [Fact]
    public async Task Records_in_a_set_are_objects()
    {
        var items = new FieldSchema("items", FieldKind.Set, Outer, false, "items");
        var type = TypeOf(items);
        var asBytes = new OrSet<byte[], BytesCodec>(items);
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Entities.Written(type, Id(type, 1), [asBytes], () => asBytes.UnionWith([Whole(), [9, 9]]))]));
        var text = (string)(await shown.ValueAsync("MATCH (e:Thing) RETURN e.items"))!;
        Assert.Contains("""{"Id":"00112233-4455-6677-8899-aabbccddeeff","Data":"AQI=","Größe":1.5,"Inner":{"Order":7,"order":"x"},"Tags":["a","b"]}""", text, StringComparison.Ordinal);
        Assert.Contains("null", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name", "name", "Name", "name_")]
    [InlineData("End", "end_", "End_", "end__")]
    [InlineData("a\u0301", "Item1", "Item1", "Item1_")]
    public void Members_get_names_that_the_engine_takes(string first, string second, string firstShown, string secondShown) =>
        Assert.Equal([firstShown, secondShown], MemberNames.Of([new(first, ValueKind.Int32), new(second, ValueKind.Int32)]));

    // Registers keep bytes as they are, so a record's are as good as the record.
    private static ProjectedEntity Written(EntityType type, long id, byte[] record)
    {
        var registers = type.Fields.Select(field => new LwwRegister<byte[], BytesCodec>(field, [])).ToArray();
        return Entities.Written(type, Id(type, id), Ordered(registers), () => Array.ForEach(registers, register => register.Value = record));
    }

    private static byte[] Whole()
    {
        var inner = new WireWriter(16);
        RecordMember.Write<int, Int32Codec>(ref inner, 7);
        RecordMember.Write<string?, OptionalReferenceCodec<string, TextCodec>>(ref inner, "x");
        return Outside(new Guid("00112233-4455-6677-8899-aabbccddeeff"), [1, 2], 1.5, inner.Finish(), ["a", "b"]);
    }

    private static byte[] Bare() => Outside(Guid.Empty, [], 0, null, []);

    private static byte[] Outside(Guid id, byte[] data, double size, byte[]? inner, IReadOnlyList<string> tags)
    {
        var writer = new WireWriter(64);
        RecordMember.Write<Guid, GuidCodec>(ref writer, id);
        RecordMember.Write<byte[], BytesCodec>(ref writer, data);
        RecordMember.Write<double, DoubleCodec>(ref writer, size);
        RecordMember.Write<byte[]?, OptionalReferenceCodec<byte[], BytesCodec>>(ref writer, inner);
        RecordMember.Write<IReadOnlyList<string>, ListCodec<string, TextCodec>>(ref writer, tags);
        return writer.Finish();
    }
}
