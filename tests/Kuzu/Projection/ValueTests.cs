using Crdt.Codec;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Types.Counters;
using Crdt.Types.Flags;
using Crdt.Types.Lists;
using Crdt.Types.Maps;
using Crdt.Types.Registers;
using Crdt.Types.Sets;
using Crdt.Types;
using static Crdt.Tests.Kuzu.Projection.Things;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>What the database shows of every kind of value, before and after it was written to the file.</summary>
public sealed class ValueTests
{
    // A record is made of the others (RecordTests), and an optional value is part of a list or record.
    public static TheoryData<ValueKind> Kinds => [.. Enum.GetValues<ValueKind>().Except([ValueKind.Record, ValueKind.Optional])];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_register_shows_what_was_written(ValueKind kind)
    {
        var values = ValueCase.All.Single(known => known.Kind == kind);
        var type = TypeOf(values.Plain, values.Optional);
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        await shown.Projection.ApplyAsync(Entities.Batch(1, Enumerable.Range(0, values.Count).Select(i => WithRegisters(type, values, i))));
        await EveryWayAsync(shown, type, async () =>
        {
            var rows = await shown.RowsAsync("MATCH (e:Thing) RETURN e.plain, e.maybe ORDER BY e.id");
            Assert.Equal(values.Count, rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                AssertSame(values.ShownFor(i), rows[i][0]);
                AssertSame(values.ShownFor(i), rows[i][1]);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_register_without_a_write_shows_what_the_class_reads(ValueKind kind)
    {
        var values = ValueCase.All.Single(known => known.Kind == kind);
        var type = TypeOf(values.Plain, values.Optional);
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Entities.Unwritten(type, Id(type, 1))]));
        await EveryWayAsync(shown, type, async () =>
        {
            var row = Assert.Single(await shown.RowsAsync("MATCH (e:Thing) RETURN e.plain, e.maybe"));
            AssertSame(values.Initial, row[0]);
            Assert.Null(row[1]);
        });
    }

    [Fact]
    public async Task A_null_that_was_written_shows_as_NULL_or_as_what_the_class_reads()
    {
        var nullable = new FieldSchema("n", FieldKind.Register, ValueKind.Int32, Nullable: true, "n");
        var (optional, plain) = (TypeOf(nullable), TypeOf(nullable with { Nullable = false }));
        var register = new LwwRegister<int?, NullableCodec<int, Int32Codec>>(nullable, null);
        var entity = Entities.Written(optional, Id(optional, 1), [register], () =>
        {
            register.Value = 5;
            register.Value = null;
        });
        foreach (var (type, expected) in new (EntityType, object?)[] { (optional, null), (plain, 0) })
        {
            await using var shown = await Shown.OpenAsync(SchemaOf(type));
            await shown.Projection.ApplyAsync(Entities.Batch(1, [entity]));
            Assert.Equal(expected, await shown.ValueAsync("MATCH (e:Thing) RETURN e.n"));
        }
    }

    /// <summary>A field that can't be read is NULL, and the others stand in their own columns.</summary>
    [Theory]
    [InlineData("A", "B")]
    [InlineData("B", "A")]
    public async Task A_malformed_list_shows_as_NULL_and_holds_nothing_up(string hiddenName, string shownName)
    {
        var hidden = new FieldSchema(hiddenName, FieldKind.List, ValueSchema.Record(new ValueMember("X", ValueKind.Int32)), false, hiddenName);
        var number = new FieldSchema(shownName, FieldKind.Register, ValueKind.Int32, true, shownName);
        var type = TypeOf(hidden, number);
        // What a peer in error sends: the item of a list without a position.
        var asSent = new FieldSchema(hiddenName, FieldKind.Map, ValueKind.Bytes, false, hiddenName) { Key = ValueKind.Bytes };
        var (map, register) = (new OrMap<byte[], BytesCodec, byte[], BytesCodec>(asSent), new LwwRegister<int?, NullableCodec<int, Int32Codec>>(number, null));
        var sent = TypeOf(asSent, number);
        var entity = Entities.Written(sent, Id(sent, 1), Ordered(map, register), () =>
        {
            register.Value = 7;
            map[[1]] = [2];
        });
        var state = entity.State.ToArray();
        var at = state.AsSpan().IndexOf([.. BitConverter.GetBytes(hidden.Id).Reverse(), (byte)FieldKind.Map]);
        state[at + 4] = (byte)FieldKind.List;
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        await shown.Projection.ApplyAsync(Entities.Batch(1, [new(Id(type, 1), state)]));
        var row = Assert.Single(await shown.RowsAsync($"MATCH (e:Thing) RETURN e.{shownName}, e.{hiddenName}"));
        Assert.Equal([7, null], row.Values);
    }

    [Fact]
    public async Task Every_kind_of_field_shows_what_it_reads_as()
    {
        FieldSchema[] fields =
        [
            new("phones", FieldKind.MultiValue, ValueKind.Text, false, "phones"), new("best", FieldKind.Max, ValueKind.Int64, false, "best"),
            new("first", FieldKind.Min, ValueKind.Text, true, "first"), new("views", FieldKind.GrowOnlyCounter, ValueKind.Int64, false, "views"),
            new("active", FieldKind.EnableWins, ValueKind.Boolean, false, "active"), new("visible", FieldKind.DisableWins, ValueKind.Boolean, false, "visible"),
            new("steps", FieldKind.List, ValueKind.Text, false, "steps"),
            new("labels", FieldKind.Map, ValueKind.Text, false, "labels") { Key = ValueKind.Text },
            new("place", FieldKind.Register, ValueSchema.Record(new ValueMember("City", ValueKind.Text)), false, "place"),
        ];
        var type = TypeOf(fields);
        var (phones, best, first, views) = (new MultiValueRegister<string, TextCodec>(fields[0]), new MaxRegister<long, Int64Codec>(fields[1], 0), new MinRegister<string, TextCodec>(fields[2], null!), new GrowOnlyCounter(fields[3]));
        var (active, visible, steps) = (new EnableWinsFlag(fields[4]), new DisableWinsFlag(fields[5]), new OrderedList<string, TextCodec>(fields[6]));
        var labels = new OrMap<string, TextCodec, string, TextCodec>(fields[7]);
        var written = Entities.Written(type, Id(type, 1), Ordered(phones, best, first, views, active, visible, steps, labels, new LwwRegister<string, TextCodec>(fields[8], "")), () =>
        {
            phones.Set("+1");
            (best.Value, best.Value, first.Value, views.Value) = (7, 5, "a", 3);
            (active.Value, visible.Value) = (true, false);
            steps.Add("b");
            steps.Insert(0, "a");
            labels["k"] = "v";
        });
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        await shown.Projection.ApplyAsync(Entities.Batch(1, [written, Entities.Unwritten(type, Id(type, 2))]));
        await EveryWayAsync(shown, type, async () =>
        {
            var rows = await shown.RowsAsync("MATCH (e:Thing) RETURN e.phones, e.best, e.first, e.views, e.active, e.visible, e.steps, e.labels, e.place.City ORDER BY e.id");
            Assert.Equal("String [\"+1\"]|Int64 7|String a|Int64 3|Boolean True|Boolean False|String [\"a\",\"b\"]|String {\"k\":\"v\"}|String ", string.Join('|', Enumerable.Range(0, 9).Select(i => TextOf(rows[0][i]))));
            Assert.Equal("String []|Int64 0|NULL|Int64 0|Boolean False|Boolean True|String []|String {}|String ", string.Join('|', Enumerable.Range(0, 9).Select(i => TextOf(rows[1][i]))));
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(long.MinValue + 1)]
    [InlineData(long.MaxValue)]
    public async Task A_counter_shows_its_sum(long sum)
    {
        var count = new FieldSchema("count", FieldKind.Counter, ValueKind.Int64, Nullable: false, "count");
        var type = TypeOf(count);
        var counter = new Counter(count);
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        var counted = Entities.Written(type, Id(type, 1), [counter], () => counter.Add(sum));
        await shown.Projection.ApplyAsync(Entities.Batch(1, [counted, Entities.Unwritten(type, Id(type, 2))]));
        await EveryWayAsync(shown, type, async () =>
            Assert.Equal([sum, 0L], (await shown.RowsAsync("MATCH (e:Thing) RETURN e.count ORDER BY e.id")).Select(row => (long)row[0]!)));
    }

    // Beside small numbers, the engine's compression turns the lowest one into 0 when the column is written to the file.
    [Fact]
    public async Task The_lowest_integer_is_never_shown_as_another()
    {
        var (number, count) = (new FieldSchema("n", FieldKind.Register, ValueKind.Int32, false, "n"), new FieldSchema("c", FieldKind.Counter, ValueKind.Int64, false, "c"));
        var type = TypeOf(number, count);
        var (register, counter) = (new LwwRegister<int, Int32Codec>(number, 0), new Counter(count));
        var lowest = Entities.Written(type, Id(type, 1), Ordered(register, counter), () =>
        {
            register.Value = int.MinValue;
            counter.Add(long.MinValue);
        });
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        await shown.Projection.ApplyAsync(Entities.Batch(1, [lowest, Entities.Unwritten(type, Id(type, 2))]));
        await EveryWayAsync(shown, type, async () =>
        {
            var rows = await shown.RowsAsync("MATCH (e:Thing) RETURN e.n, e.c ORDER BY e.id");
            Assert.Equal([null, null], rows[0].Values);
            Assert.Equal([0, 0L], rows[1].Values);
        });
    }

    [Fact]
    public async Task A_value_that_is_none_of_the_declared_type_shows_as_NULL_and_holds_nothing_up()
    {
        var (asText, asBytes) = (new FieldSchema("a", FieldKind.Register, ValueKind.Text, false, "a"), new FieldSchema("s", FieldKind.Set, ValueKind.Bytes, false, "s"));
        var sent = TypeOf(asText, asBytes);
        var known = TypeOf(asText with { Value = ValueKind.Date }, asBytes with { Value = ValueKind.Text });
        var (text, set) = (new LwwRegister<string, TextCodec>(asText, ""), new OrSet<byte[], BytesCodec>(asBytes));
        var odd = Entities.Written(sent, Id(sent, 1), Ordered(text, set), () =>
        {
            text.Value = "no date, and too long for one";
            set.Add([0x61]);
            set.Add([0xFF, 0xFE]);
        });
        await using var shown = await Shown.OpenAsync(SchemaOf(known));
        await shown.Projection.ApplyAsync(Entities.Batch(1, [odd, Entities.Unwritten(known, Id(known, 2))]));
        var rows = await shown.RowsAsync("MATCH (e:Thing) RETURN e.a, e.s ORDER BY e.id");
        Assert.Null(rows[0][0]);
        Assert.Equal("[\"a\",null]", rows[0][1]);
        Assert.Equal(DateOnly.MinValue, rows[1][0]);
    }

    [Fact]
    public async Task A_time_is_found_by_the_parameter_that_it_was_written_from()
    {
        var at = new FieldSchema("at", FieldKind.Register, ValueKind.DateTime, Nullable: false, "at");
        var type = TypeOf(at);
        var register = new LwwRegister<DateTime, DateTimeCodec>(at, default);
        var time = new DateTime(1955, 11, 5, 6, 15, 0, DateTimeKind.Utc).AddTicks(7);
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Entities.Written(type, Id(type, 1), [register], () => register.Value = time)]));
        Assert.Equal(1L, await shown.ValueAsync("MATCH (e:Thing) WHERE e.at = $at RETURN e.id", new Dictionary<string, object?> { ["at"] = time }));
    }

    private static ProjectedEntity WithRegisters(EntityType type, ValueCase values, int index)
    {
        var (plain, optional) = (values.Register(values.Plain), values.Register(values.Optional));
        return Entities.Written(type, Id(type, index), Ordered(plain, optional), () =>
        {
            values.Write(plain, index);
            values.Write(optional, index);
        });
    }
}
