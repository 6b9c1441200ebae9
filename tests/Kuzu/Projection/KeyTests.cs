using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>Keys of every kind that one can be, of nodes and of relationships, written one by one and joined.</summary>
public sealed class KeyTests
{
    private static readonly Guid SomeGuid = new("00112233-4455-6677-8899-aabbccddeeff");

    /// <summary>Keys of each kind, and what the database shows for them.</summary>
    internal static readonly (ValueKind Kind, (EntityKey Key, object Shown)[] Keys)[] Cases =
    [
        Case(ValueKind.Int8, (sbyte.MinValue + 1, (sbyte)-127), (0, (sbyte)0), (sbyte.MaxValue, sbyte.MaxValue)),
        Case(ValueKind.Int16, (short.MinValue + 1, (short)-32767), (-1, (short)-1), (short.MaxValue, short.MaxValue)),
        Case(ValueKind.Int32, (int.MinValue + 1, int.MinValue + 1), (-1, -1), (int.MaxValue, int.MaxValue)),
        Case(ValueKind.Int64, (long.MinValue + 1, long.MinValue + 1), (-1, -1L), (long.MaxValue, long.MaxValue)),
        Case(ValueKind.UInt8, (0, (byte)0), ((int)byte.MaxValue, byte.MaxValue)),
        Case(ValueKind.UInt16, (0, (ushort)0), ((int)ushort.MaxValue, ushort.MaxValue)),
        Case(ValueKind.UInt32, (0, 0U), (uint.MaxValue, uint.MaxValue)),
        Case(ValueKind.UInt64, (0, 0UL), (ulong.MaxValue, ulong.MaxValue)),
        Case(ValueKind.Text, ("", ""), ("a", "a"), ("A", "A"), ("'\"\\`$k", "'\"\\`$k"), ("Zürich 東京 🦀", "Zürich 東京 🦀"), ("e\u0301", "e\u0301"), ("\u00e9", "\u00e9"), (Long, Long)),
        Case(ValueKind.Guid, (Guid.Empty, Guid.Empty.ToString()), (Guid.AllBitsSet, Guid.AllBitsSet.ToString()), (SomeGuid, "00112233-4455-6677-8899-aabbccddeeff")),
    ];

    private static string Long => new('k', 1_300);

    public static TheoryData<ValueKind, bool> Kinds
    {
        get
        {
            var data = new TheoryData<ValueKind, bool>();
            foreach (var (kind, _) in Cases)
            {
                data.Add(kind, false);
                data.Add(kind, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Keys_and_discriminators_show_and_are_found(ValueKind kind, bool many)
    {
        var node = new EntityType("N", "N", EntityType.MainLane, new("k", kind, "k"), null, null);
        var link = new EntityType("L", "L", EntityType.MainLane, new("d", kind, "d"), node, node);
        var schema = new GraphSchema("keys", 1, node, link);
        var keys = Cases.Single(known => known.Kind == kind).Keys;
        var all = keys.Select(known => known.Key).Concat(many ? Enumerable.Range(20, 50).Select(i => Filler(kind, i)) : []).ToList();
        var links = all.Select(key => EntityId.Relationship(link, EntityId.Node(node, all[0]), EntityId.Node(node, key), key)).ToList();
        await using var shown = await Shown.OpenAsync(schema);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [
            .. all.Select(key => Entities.Unwritten(node, EntityId.Node(node, key))), .. links.Select(id => Entities.Unwritten(link, id))]));
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var (_, expected) in keys)
            {
                var row = Assert.Single(await shown.RowsAsync("MATCH (a:N)-[l:L]->(b:N) WHERE b.k = $k RETURN a.k, l.d, b.k", new Dictionary<string, object?> { ["k"] = expected }));
                Assert.Equal([keys[0].Shown, expected, expected], row.Values);
            }

            Assert.Equal((long)all.Count, await shown.ValueAsync("MATCH (:N)-[l:L]->(:N) RETURN count(*)"));
            await shown.ReopenAsync(schema);
        }

        await shown.Projection.ApplyAsync(Entities.Batch(2, deleted: links.Skip(1)));
        Assert.Equal(keys[0].Shown, await shown.ValueAsync("MATCH (:N)-[l:L]->(:N) RETURN l.d"));
        await shown.Projection.ApplyAsync(Entities.Batch(3, deleted: all.Skip(1).Select(key => EntityId.Node(node, key))));
        Assert.Equal(keys[0].Shown, await shown.ValueAsync("MATCH (n:N) RETURN n.k"));
    }

    [Fact]
    public async Task What_has_a_key_that_the_engine_cannot_hold_has_no_row_and_nor_has_what_connects_it()
    {
        var text = new EntityType("T", "T", EntityType.MainLane, new("k", ValueKind.Text, "k"), null, null);
        var number = new EntityType("I", "I", EntityType.MainLane, new("k", ValueKind.Int32, "k"), null, null);
        var link = new EntityType("L", "L", EntityType.MainLane, null, text, number);
        var (zero, good) = (EntityId.Node(text, "zero\0inside"), EntityId.Node(text, "good"));
        var (lowest, small) = (EntityId.Node(number, int.MinValue), EntityId.Node(number, 1));
        EntityId[] links = [EntityId.Relationship(link, zero, small), EntityId.Relationship(link, good, lowest), EntityId.Relationship(link, good, small)];
        ProjectedEntity[] all =
        [
            .. new[] { zero, good }.Select(id => Entities.Unwritten(text, id)), .. new[] { lowest, small }.Select(id => Entities.Unwritten(number, id)),
            .. links.Select(id => Entities.Unwritten(link, id)),
        ];
        await using var shown = await Shown.OpenAsync(new("keys", 1, text, number, link));
        await shown.Projection.ApplyAsync(Entities.Batch(1, all));
        await shown.Projection.ApplyAsync(Entities.Batch(2, updated: all));
        Assert.Equal(["good", 1], Assert.Single(await shown.RowsAsync("MATCH (t:T)-[:L]->(i:I) RETURN t.k, i.k")).Values);
        Assert.Equal((1L, 1L), (await shown.ValueAsync("MATCH (t:T) RETURN count(*)"), await shown.ValueAsync("MATCH (i:I) RETURN count(*)")));
        await shown.Projection.ApplyAsync(Entities.Batch(3, deleted: [zero, lowest, .. links]));
        Assert.Equal(2L, await shown.ValueAsync("MATCH (n) WHERE label(n) <> '_crdt' RETURN count(*)"));
    }

    private static (ValueKind Kind, (EntityKey Key, object Shown)[] Keys) Case(ValueKind kind, params (EntityKey Key, object Shown)[] keys) => (kind, keys);

    private static EntityKey Filler(ValueKind kind, int number) => kind switch
    {
        ValueKind.Text => $"filler {number}",
        ValueKind.Guid => new Guid(number, 0, 0, new byte[8]),
        _ => number,
    };
}
