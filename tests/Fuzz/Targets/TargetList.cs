using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Tests.Fuzz.Inputs;
using Crdt.Tests.Vectors.Catalog;

namespace Crdt.Tests.Fuzz.Targets;

/// <summary>All decoders, each with samples of what it reads.</summary>
internal static class TargetList
{
    private const int Crowded = 40;

    private static readonly long[] Keys = [0, -1, 70, 1L << 40, long.MinValue, long.MaxValue];

    public static Target[] Make()
    {
        var golden = GoldenVectors.Of("entity").ToArray();
        byte[][] states = [.. Histories.States(Histories.Kinds), .. Histories.States(Histories.Keys), .. GoldenVectors.Of("state", "row")];
        return
        [
            new EntityTarget(Histories.Kinds, [.. Histories.Encoded(Histories.Kinds), .. golden]) { Large = Entities(Histories.Kinds) },
            new EntityTarget(Histories.Values, [.. Histories.Encoded(Histories.Values), .. golden]),
            new EntityTarget(Histories.Keys, Histories.Encoded(Histories.Keys)),
            new UnknownTarget(Histories.Kinds, [.. Histories.Encoded(Histories.Kinds), .. golden]) { Large = Entities(Histories.Kinds) },
            new StateTarget(states) { Large = Crowds() },
            new JoinTarget(states) { Large = Crowds() },
            .. Names(),
            .. SyncTargets.Make(Schema()),
            .. Values(),
        ];
    }

    private static IEnumerable<Target> Names()
    {
        var (node, relationship) = (Histories.Kinds.Type, Schema().Types[^1]);
        byte[][] nodes = [.. Keys.Select(key => EntityId.Node(node, key).Bytes.ToArray())];
        byte[][] relationships = [.. Enumerable.Range(-3, 6).Select(i => EntityId.Relationship(relationship, EntityId.Node(node, i), EntityId.Node(node, 1L << (i + 50)), i * 100).Bytes.ToArray())];
        byte[][] ids = [.. nodes, .. relationships, .. GoldenVectors.Of("identity")];
        yield return new RoundTrip<EntityId>("identity", Allowance.Encoded, ids, bytes => EntityId.Read(bytes), id => id.Bytes.ToArray());
        yield return new RoundTrip<EntityId>("identity of a node", Allowance.Encoded, nodes, bytes => EntityId.Read(bytes, node), id => EntityId.Node(node, id.KeyOf(node)).Bytes.ToArray());
        yield return new RoundTrip<EntityId>(
            "identity of a relationship",
            Allowance.Encoded,
            relationships,
            bytes => EntityId.Read(bytes, relationship),
            id => EntityId.Relationship(relationship, id.Source, id.Target, id.KeyOf(relationship)).Bytes.ToArray());
        var schemas = GoldenVectors.Of("schema").ToArray();
        yield return RoundTrip.Of("schema", Allowance.Objects, schemas, GraphSchema.Read, (ref WireWriter writer, GraphSchema schema) => schema.Write(ref writer));
        var large = new List<byte[]>();
        foreach (var schema in LargeSchemas())
        {
            var writer = new WireWriter(1024);
            schema.Write(ref writer);
            large.Add(writer.Finish());
        }

        yield return RoundTrip.Of("large schema", Allowance.Schemas, [.. large], GraphSchema.Read, (ref WireWriter writer, GraphSchema schema) => schema.Write(ref writer));
        byte[][] vectors = [.. GoldenVectors.Of("vector"), Bytes(Histories.Vector(7))];
        yield return RoundTrip.Of("vector", Allowance.Encoded, vectors, VersionVector.Read, (ref WireWriter writer, VersionVector vector) => vector.Write(ref writer));
    }

    // Codecs of values that entities above have as well, met by every golden value whatever its type.
    private static IEnumerable<Target> Values()
    {
        var values = GoldenVectors.Of("value").ToArray();
        yield return RoundTrip.Of<decimal, DecimalCodec>("Decimal", Allowance.Objects, values);
        yield return RoundTrip.Of<string, TextCodec>("Text", Allowance.Objects, values);
        yield return RoundTrip.Of<DateTimeOffset, DateTimeOffsetCodec>("DateTimeOffset", Allowance.Objects, values);
        yield return RoundTrip.Of<double, DoubleCodec>("Double", Allowance.Objects, values);
        yield return RoundTrip.Of<IReadOnlyList<Address>, ListCodec<Address, AddressCodec>>("List of Record", Allowance.Objects, values);
        yield return RoundTrip.Of<IReadOnlyList<IReadOnlyList<int?>>, ListCodec<IReadOnlyList<int?>, ListCodec<int?, OptionalCodec<int, Int32Codec>>>>("List of List", Allowance.Objects, values);
    }

    private static IEnumerable<GraphSchema> LargeSchemas()
    {
        var fields = Enumerable.Range(0, 1_000).Select(i => new FieldSchema($"{(char)(33 + (i % 94))}{(char)(33 + (i / 94))}", FieldKind.Counter, ValueKind.Int64, false, ""));
        yield return Of([.. fields]);
        yield return Of(new FieldSchema("E", FieldKind.Register, ValueSchema.Enum(ValueKind.Int32, Enumerable.Repeat(new EnumName(0, ""), 3_000)), false, "E"));
        yield return Of(new FieldSchema("R", FieldKind.Register, ValueSchema.Record([.. Enumerable.Repeat(new ValueMember("", ValueKind.Boolean), 3_000)]), false, "R"));
        yield return Of(new FieldSchema("O", FieldKind.Register, ValueSchema.Record([.. Enumerable.Repeat(new ValueMember("", ValueSchema.Record()), 3_000)]), false, "O"));
        yield return new("types", 1, [.. Enumerable.Range(0, 500).Select(i => new EntityType($"T{i}", $"T{i}", "", new KeySchema("", ValueKind.Int8, ""), null, null))]);

        static GraphSchema Of(params FieldSchema[] fields) => new("large", 1, new EntityType("T", "T", "", new KeySchema("", ValueKind.Int64, ""), null, null, fields));
    }

    private static GraphSchema Schema()
    {
        var node = Histories.Kinds.Type;
        return new("fuzz", 1, node, new EntityType("Replaces", "Replaces", EntityType.MainLane, new KeySchema("Round", ValueKind.Int32, "Round"), node, node));
    }

    /// <summary>States that take the most memory for their length.</summary>
    public static byte[][] Crowds() =>
    [
        Crowd.Ranges(Crowded), Crowd.Creations(Crowded), Crowd.Writes(Crowded, 7, FieldKind.EnableWins, []), Crowd.Keys(7, FieldKind.Set, Crowd.Texts[..2_000], null),
        Crowd.Keys(7, FieldKind.CounterMap, Crowd.Texts[..2_000], [0, 0]), Crowd.Fields(1_000, FieldKind.EnableWins, [0, 1, 0]), Crowd.Fields(1_000, FieldKind.Set, [0, 2, 0, 1]),
    ];

    private static byte[][] Entities(Subject subject)
    {
        var (tags, votes, active) = (SchemaHash.Of("Tags"), SchemaHash.Of("Votes"), SchemaHash.Of("Active"));
        byte[][] states =
        [
            .. Crowds(), Crowd.Keys(tags, FieldKind.Set, Crowd.Texts[..2_000], null), Crowd.Keys(votes, FieldKind.CounterMap, Crowd.Numbers[..2_000], [0, 0]),
            Crowd.Writes(Crowded, active, FieldKind.EnableWins, []),
        ];
        return [.. states.Select(state => Crowd.Of(subject.Id, state))];
    }

    private static byte[] Bytes(VersionVector vector)
    {
        var writer = new WireWriter(64);
        vector.Write(ref writer);
        return writer.Finish();
    }
}
