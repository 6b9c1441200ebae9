using System.Text.Json;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Tests.Kuzu.Projection;
using static Crdt.Tests.Kuzu.Projection.Things;

namespace Crdt.Tests.Kuzu.RoundTrip;

/// <summary>Every type of value, with its extremes, through a commit, a session, the graph database and a query.</summary>
public sealed class EveryTypeTests
{
    public static TheoryData<ValueKind> Kinds => ValueTests.Kinds;

    public static TheoryData<ValueKind> KeyKinds => [.. KeyTests.Cases.Select(known => known.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_value_travels_and_shows(ValueKind kind)
    {
        var values = ValueCase.All.Single(known => known.Kind == kind);
        var type = TypeOf(values.Plain, values.Optional, values.Set);
        await using var journey = await Journey.BeginAsync(SchemaOf(type));
        await journey.TravelAsync(tx =>
        {
            for (var i = 0; i < values.Count; i++)
                tx.AddNode("Thing", i, ("plain", values.Written(i)), ("maybe", values.Written(i)), ("items", values.IsShort(i) ? new[] { values.Written(i) } : []));
        });
        await journey.LookTwiceAsync(async () =>
        {
            var rows = await journey.RowsAsync("MATCH (e:Thing) RETURN e.plain, e.maybe, e.items ORDER BY e.id");
            Assert.Equal(values.Count, rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                AssertSame(values.ShownFor(i), rows[i][0]);
                AssertSame(values.ShownFor(i), rows[i][1]);
                AssertHolds(values, i, (string)rows[i][2]!);
                await journey.AssertSameTruthAsync(Id(type, i));
            }
        });
    }

    /// <summary>Of a node and of a relationship, which are written one by one, each value and NULL after each other.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_value_that_changes_travels_and_shows(ValueKind kind)
    {
        var values = ValueCase.All.Single(known => known.Kind == kind);
        var thing = TypeOf(values.Optional);
        var link = new EntityType("L", "L", EntityType.MainLane, new("d", ValueKind.Int32, "d"), thing, thing, values.Optional);
        await using var journey = await Journey.BeginAsync(new GraphSchema("changes", 1, thing, link));
        EntityId LinkOf(int i) => EntityId.Relationship(link, Id(thing, 0), Id(thing, 1), i);
        await journey.TravelAsync(tx =>
        {
            for (var i = 0; i <= values.Count; i++) tx.AddNode("Thing", i);
            for (var i = 0; i < values.Count; i++) tx.AddRelationship("L", Id(thing, 0), Id(thing, 1), i);
        });
        for (var turn = 0; turn < 3; turn++)
        {
            object? Wanted(int i) => (i + turn) % 3 == 0 ? null : values.Written((i + turn) % values.Count);
            await journey.TravelAsync(async tx =>
            {
                for (var i = 0; i < values.Count; i++)
                {
                    (await tx.GetNodeAsync("Thing", i))!["maybe"] = Wanted(i);
                    (await tx.GetEntityAsync(LinkOf(i)))!["maybe"] = Wanted(i);
                }
            });
            await journey.LookTwiceAsync(async () =>
            {
                var nodes = await journey.RowsAsync("MATCH (e:Thing) RETURN e.maybe ORDER BY e.id");
                var links = await journey.RowsAsync("MATCH (:Thing)-[l:L]->(:Thing) RETURN l.maybe ORDER BY l.d");
                for (var i = 0; i < values.Count; i++)
                {
                    var shown = Wanted(i) is null ? null : values.ShownFor((i + turn) % values.Count);
                    AssertSame(shown, nodes[i][0]);
                    AssertSame(shown, links[i][0]);
                }
            });
        }
    }

    [Theory]
    [MemberData(nameof(KeyKinds))]
    public async Task A_key_travels_and_is_found(ValueKind kind)
    {
        var node = new EntityType("N", "N", EntityType.MainLane, new("k", kind, "k"), null, null);
        var link = new EntityType("L", "L", EntityType.MainLane, new("d", kind, "d"), node, node);
        var keys = KeyTests.Cases.Single(known => known.Kind == kind).Keys;
        await using var journey = await Journey.BeginAsync(new GraphSchema("keys", 1, node, link));
        await journey.TravelAsync(tx =>
        {
            foreach (var (key, _) in keys) tx.AddNode("N", key);
            foreach (var (key, _) in keys) tx.AddRelationship("L", EntityId.Node(node, keys[0].Key), EntityId.Node(node, key), key);
        });
        await journey.LookTwiceAsync(async () =>
        {
            foreach (var (_, shown) in keys)
            {
                var row = Assert.Single(await journey.RowsAsync("MATCH (a:N)-[l:L]->(b:N) WHERE b.k = $k RETURN a.k, l.d, b.k", new Dictionary<string, object?> { ["k"] = shown }));
                Assert.Equal([keys[0].Shown, shown, shown], row.Values);
            }
        });
    }

    [Theory]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(-1L, -1L)]
    [InlineData(long.MinValue + 1, long.MinValue + 1)]
    [InlineData(long.MinValue, null)]
    public async Task A_count_travels_and_shows(long count, long? shown)
    {
        var type = TypeOf(
            new FieldSchema("counter", FieldKind.Counter, ValueKind.Int64, Nullable: false, "counter"),
            new FieldSchema("grows", FieldKind.GrowOnlyCounter, ValueKind.Int64, Nullable: false, "grows"),
            new FieldSchema("bounded", FieldKind.BoundedCounter, ValueKind.Int64, Nullable: false, "bounded") { Min = -5 },
            new FieldSchema("votes", FieldKind.CounterMap, ValueKind.Int64, Nullable: false, "votes") { Key = ValueKind.Text });
        await using var journey = await Journey.BeginAsync(SchemaOf(type));
        await journey.TravelAsync(tx =>
        {
            var thing = tx.AddNode("Thing", 1);
            // The lowest count can't be taken away in one step, for it has no opposite.
            foreach (var part in count == long.MinValue ? new[] { count + 1, -1 } : [count])
            {
                thing.Increment("counter", part);
                thing.IncrementAt("votes", "tea", part);
            }

            thing.Increment("grows", Math.Max(count, 0));
            thing.Increment("bounded", Math.Max(count, 0));
        });
        await journey.LookTwiceAsync(async () =>
        {
            var row = Assert.Single(await journey.RowsAsync("MATCH (e:Thing) RETURN e.counter, e.grows, e.bounded, e.votes"));
            Assert.Equal([shown, Math.Max(count, 0), Math.Max(count, 0) - 5, $"{{\"tea\":{count}}}"], row.Values);
            await journey.AssertSameTruthAsync(Id(type, 1));
        });
    }

    private static void AssertHolds(ValueCase values, int index, string json)
    {
        using var items = JsonDocument.Parse(json);
        if (values.IsShort(index)) Assert.True(values.IsIn(Assert.Single(items.RootElement.EnumerateArray()), index), $"{json} should hold {values.Written(index)}.");
        else Assert.Equal("[]", json);
    }
}
