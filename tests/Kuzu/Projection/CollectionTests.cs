using System.Text.Json;
using Crdt.Codec;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Types.Maps;
using Crdt.Types.Sets;
using static Crdt.Tests.Kuzu.Projection.Things;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>What the database shows of fields that hold any number of values.</summary>
public sealed class CollectionTests
{
    public static TheoryData<ValueKind> Kinds => ValueTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_set_shows_its_elements(ValueKind kind)
    {
        var values = ValueCase.All.Single(known => known.Kind == kind);
        var type = TypeOf(values.Set);
        await using var database = await Shown.OpenAsync(SchemaOf(type));
        var (elements, shown) = (values.NewSet(), Enumerable.Range(0, values.Count).Where(values.IsShort).ToList());
        var full = Entities.Written(type, Id(type, 1), [elements], () =>
        {
            foreach (var i in shown) values.Add(elements, i);
        });
        var emptied = values.NewSet();
        var empty = Entities.Written(type, Id(type, 2), [emptied], () =>
        {
            values.Add(emptied, 0);
            values.Remove(emptied, 0);
        });
        await database.Projection.ApplyAsync(Entities.Batch(1, [full, empty, Entities.Unwritten(type, Id(type, 3))]));
        await EveryWayAsync(database, type, async () =>
        {
            var rows = await database.RowsAsync("MATCH (e:Thing) RETURN e.items ORDER BY e.id");
            var items = JsonDocument.Parse(Assert.IsType<string>(rows[0][0])).RootElement.EnumerateArray().ToList();
            Assert.Equal(shown.Count, items.Count);
            Assert.All(shown, i => Assert.Single(items, item => values.IsIn(item, i)));
            Assert.Equal(["[]", "[]"], rows.Skip(1).Select(row => row[0]));
        });
    }

    [Fact]
    public async Task A_set_that_is_too_long_shows_as_NULL()
    {
        var items = new FieldSchema("items", FieldKind.Set, ValueKind.Text, false, "items");
        var type = TypeOf(items);
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        foreach (var (length, watermark) in new[] { (262_140, 1L), (262_141, 2L) })
        {
            var set = new OrSet<string, TextCodec>(items);
            await shown.Projection.ApplyAsync(Entities.Batch(watermark, [Entities.Written(type, Id(type, watermark), [set], () => set.Add(new('x', length)))]));
        }

        var rows = await shown.RowsAsync("MATCH (e:Thing) RETURN e.items ORDER BY e.id");
        Assert.Equal($"[\"{new string('x', 262_140)}\"]", rows[0][0]);
        Assert.Null(rows[1][0]);
    }

    /// <summary>The engine's lists were mixed up with one another by the second checkpoint (<see cref="Binding.CheckpointTests"/>).</summary>
    [Fact]
    public async Task Sets_are_kept_when_some_change_and_others_are_new()
    {
        var scores = new FieldSchema("scores", FieldKind.Set, ValueKind.Int64, false, "scores");
        var type = TypeOf(scores);
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        ProjectedEntity Scored(long id, params long[] elements)
        {
            var set = new OrSet<long, Int64Codec>(scores);
            return Entities.Written(type, Id(type, id), [set], () => set.UnionWith(elements));
        }

        await shown.Projection.ApplyAsync(Entities.Batch(1, [Scored(1, 10, 20)]));
        await shown.ReopenAsync(SchemaOf(type));
        await shown.Projection.ApplyAsync(Entities.Batch(2, [Scored(2, 13, 14, 15)], [Scored(1, 11, 12)]));
        await shown.ReopenAsync(SchemaOf(type));
        Assert.Equal(["[11,12]", "[13,14,15]"], (await shown.RowsAsync("MATCH (e:Thing) RETURN e.scores ORDER BY e.id")).Select(row => row[0]));
        Assert.Equal(2L, await shown.ValueAsync("MATCH (e:Thing) WHERE json_contains(e.scores, '14') RETURN e.id"));
    }

    [Fact]
    public async Task A_map_shows_its_entries_and_an_empty_one_none()
    {
        var (prices, votes) = (Map("prices", FieldKind.Map, ValueKind.DateTime, ValueKind.Decimal), Map("votes", FieldKind.CounterMap, ValueKind.Text, ValueKind.Int64));
        var type = TypeOf(prices, votes);
        var (price, vote) = (new OrMap<DateTime, DateTimeCodec, decimal, DecimalCodec>(prices), new CounterMap<string, TextCodec>(votes));
        // Both keys are the same microsecond, to which the engine's own type would cut them.
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1);
        var full = Entities.Written(type, Id(type, 1), Ordered(price, vote), () =>
        {
            (price[time], price[time.AddTicks(1)]) = (1.50m, 2m);
            vote.Add("tea \0\"", -3);
            vote.Add("lowest", long.MinValue);
        });
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        await shown.Projection.ApplyAsync(Entities.Batch(1, [full, Entities.Unwritten(type, Id(type, 2))]));
        await EveryWayAsync(shown, type, async () =>
        {
            var rows = await shown.RowsAsync("MATCH (e:Thing) RETURN e.prices, e.votes ORDER BY e.id");
            Assert.Equal("""{"2026-01-02T03:04:05.0000001Z":"1.50","2026-01-02T03:04:05.0000002Z":"2"}""", rows[0][0]);
            var counts = JsonSerializer.Deserialize<Dictionary<string, long>>((string)rows[0][1]!)!;
            Assert.Equal((-3, long.MinValue, 2), (counts["tea \0\""], counts["lowest"], counts.Count));
            Assert.Equal(["{}", "{}"], rows[1].Values);
            Assert.Equal(1L, await shown.ValueAsync("MATCH (e:Thing) WHERE json_extract(e.votes, 'lowest') = '-9223372036854775808' RETURN e.id"));
        });
    }

    [Fact]
    public async Task What_cant_be_read_of_a_map_takes_nothing_else_away()
    {
        var asSent = Map("m", FieldKind.Map, ValueKind.Bytes, ValueKind.Bytes);
        var (sent, known) = (TypeOf(asSent), TypeOf(Map("m", FieldKind.Map, ValueKind.Text, ValueKind.Date)));
        var map = new OrMap<byte[], BytesCodec, byte[], BytesCodec>(asSent);
        var odd = Entities.Written(sent, Id(sent, 1), [map], () => (map["a"u8.ToArray()], map["b"u8.ToArray()], map[[0xFF]]) = ([0], [1, 2, 3, 4, 5, 6, 7], [0]));
        await using var shown = await Shown.OpenAsync(SchemaOf(known));
        await shown.Projection.ApplyAsync(Entities.Batch(1, [odd]));
        Assert.Equal("""{"a":"0001-01-01","b":null}""", await shown.ValueAsync("MATCH (e:Thing) RETURN e.m"));
    }

    [Fact]
    public async Task A_map_whose_writes_cant_be_read_shows_its_keys()
    {
        var asSent = Map("m", FieldKind.CounterMap, ValueKind.Text, ValueKind.Int64);
        var (sent, known) = (TypeOf(asSent), TypeOf(Map("m", FieldKind.Map, ValueKind.Text, ValueKind.Int64)));
        var map = new CounterMap<string, TextCodec>(asSent);
        var state = Entities.Written(sent, Id(sent, 1), [map], () => map.Add("a", 1)).State.ToArray();
        var at = state.AsSpan().IndexOf([.. BitConverter.GetBytes(asSent.Id).Reverse(), (byte)FieldKind.CounterMap]);
        state[at + 4] = (byte)FieldKind.Map;
        await using var shown = await Shown.OpenAsync(SchemaOf(known));
        await shown.Projection.ApplyAsync(Entities.Batch(1, [new(Id(known, 1), state)]));
        Assert.Equal("""{"a":null}""", await shown.ValueAsync("MATCH (e:Thing) RETURN e.m"));
    }

    private static FieldSchema Map(string name, FieldKind kind, ValueKind key, ValueKind value) => new(name, kind, value, false, name) { Key = key };
}
