using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;
using Crdt.Tests.Vectors.Reading;
using Crdt.Types;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>Vectors of each form, with the way to read it.</summary>
internal static class Made
{
    public static Vector Entity(string name, string words, Subject subject, byte[] bytes) => new(name, FormOf(subject), words, bytes, encoded =>
    {
        var state = subject.Decode(encoded, null);
        return (Description.Of(state), state.Encode());
    });

    public static Vector Entity(string name, string words, Subject subject, EntityState state) => Entity(name, words, subject, state.Encode());

    /// <summary>A value alone, as a register, set or list holds it.</summary>
    public static Vector Value<T, TCodec>(string name, T value, ValueSchema? type = null)
        where TCodec : IValueCodec<T> => new(name, $"value, {type ?? TCodec.Kind}", $"The value {Words.Of(value)}.", Write<T, TCodec>(value), bytes =>
        {
            var reader = new WireReader(bytes);
            var read = TCodec.Read(ref reader);
            reader.End();
            return ([Words.Of(read)], Write<T, TCodec>(read));
        });

    public static Vector Identity(string name, string words, EntityType type, EntityId id) => new(name, "identity", words, id.Bytes.ToArray(), bytes =>
    {
        var read = EntityId.Read(bytes, type);
        var again = type.IsRelationship ? EntityId.Relationship(type, read.Source, read.Target, read.KeyOf(type)) : EntityId.Node(type, read.KeyOf(type));
        return (Description.Of(read, type), again.Bytes.ToArray());
    });

    public static Vector Schema(string name, string words, GraphSchema schema)
    {
        return new(name, "schema", words, Bytes(schema), bytes =>
        {
            var reader = new WireReader(bytes);
            var read = GraphSchema.Read(ref reader);
            reader.End();
            return (Description.Of(read), Bytes(read));
        });

        static byte[] Bytes(GraphSchema schema)
        {
            var writer = new WireWriter(256);
            schema.Write(ref writer);
            return writer.Finish();
        }
    }

    public static Vector VectorClock(string name, string words, VersionVector vector) => new(name, "vector", words, Bytes(vector), bytes =>
    {
        var reader = new WireReader(bytes);
        var read = VersionVector.Read(ref reader);
        reader.End();
        return ([.. read.Entries.Select(entry => $"up to {Words.Of(new Dot(entry.Replica, entry.Counter))}")], Bytes(read));
    });

    /// <summary>Two states that carry their contexts.</summary>
    public static Vector Join(string name, string words, Subject subject, EntityState left, EntityState right)
    {
        byte[][] inputs = [Row(left, left.Context), Row(right, right.Context)];
        return new(name, $"state with context, {FormOf(subject)}", words, EncodedEntity.Join(inputs[0], inputs[1]), bytes => Reread(subject, bytes))
        {
            Inputs = [("left", inputs[0]), ("right", inputs[1])],
            Join = (sides, swapped) => swapped ? EncodedEntity.Join(sides[1], sides[0]) : EncodedEntity.Join(sides[0], sides[1]),
        };
    }

    /// <summary>A row under its replica's vector, and a delta under its own context: what a replica does with every event.</summary>
    public static Vector Apply(string name, string words, Subject subject, EntityState row, VersionVector vector, byte[] encodedDelta)
    {
        var delta = subject.Decode(encodedDelta, null);
        byte[][] inputs = [Row(row, null), Bytes(vector), Row(delta, delta.Context)];
        return new(name, $"row, {FormOf(subject)}", words, Apply(inputs, false), bytes => Reread(subject, bytes))
        {
            Inputs = [("row", inputs[0]), ("vector", inputs[1]), ("delta", inputs[2])],
            Join = Apply,
        };
    }

    /// <summary>The field of a name.</summary>
    public static T Get<T>(this EntityState state, string name)
        where T : Field => (T)state.Fields.Single(field => field.Id == SchemaHash.Of(name));

    public static byte[] Row(EntityState state, CausalContext? context)
    {
        var writer = new WireWriter(256);
        state.WriteState(ref writer, context);
        return writer.Finish();
    }

    private static byte[] Apply(IReadOnlyList<byte[]> inputs, bool swapped)
    {
        var reader = new WireReader(inputs[1]);
        var (vector, context) = (VersionVector.Read(ref reader), EncodedEntity.ContextOf(inputs[2]));
        return swapped ? EncodedEntity.Join(inputs[2], context, inputs[0], vector) : EncodedEntity.Join(inputs[0], vector, inputs[2], context);
    }

    private static (IReadOnlyList<string> Reads, byte[] Again) Reread(Subject subject, byte[] state)
    {
        EncodedEntity.Validate(state);
        var read = subject.New(null);
        read.ReadState(state);
        return (Description.Of(read), Row(read, read.Context));
    }

    private static byte[] Bytes(VersionVector vector)
    {
        var writer = new WireWriter(64);
        vector.Write(ref writer);
        return writer.Finish();
    }

    private static byte[] Write<T, TCodec>(T value)
        where TCodec : IValueCodec<T>
    {
        var writer = new WireWriter(32);
        TCodec.Write(ref writer, value);
        return writer.Finish();
    }

    private static string FormOf(Subject subject) =>
        $"entity with {(subject.Fields.Count == 0 ? "no fields" : string.Join("; ", subject.Fields.Select(field => $"{field.Name} {field.Kind}{Description.BoundOf(field)} of {field.Value}{(field.Nullable ? "?" : "")}{(field.Key is { } key ? $" by {key}" : "")}")))}"
        + (subject.Type.Deletion == Deletion.UpdateWins ? ", updates win" : "");
}
