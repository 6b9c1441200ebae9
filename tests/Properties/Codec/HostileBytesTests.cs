using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;
using Crdt.Tests.Properties.Subjects;
using FsCheck;

namespace Crdt.Tests.Properties.Codec;

/// <summary>Bytes from elsewhere are either read, and then canonical, or refused with a <see cref="WireFormatException"/>.</summary>
public sealed class HostileBytesTests
{
    private static readonly Subject Subject = SubjectList.Of("entity of all kinds");
    private static readonly byte[][] Corpus = Samples();

    /// <summary>
    /// With a static constructor the samples are made before the first test. Without one they are made when a field is first read,
    /// which is inside a measured decoder where <see cref="Random_bytes"/> happens to run first.
    /// </summary>
    static HostileBytesTests()
    {
    }

    [Fact]
    public void Encoded_entities()
    {
        Cases.ForAll(Damaged(Corpus), bytes => Guarded(bytes, () =>
        {
            if (EntityState.ReadId(bytes, Subject.Type) != Subject.Id) return;
            var state = Subject.Decode(bytes, null);
            Law.Same("what is accepted is canonical", bytes, state.Encode());
            state.Join(Subject.Decode(Corpus[0], null));
            Law.Same("what was merged is canonical", state.Encode(), Subject.Clone(state).Encode());
        }));
    }

    [Fact]
    public void Entities_of_fields_that_are_unknown()
    {
        var old = Subject.Without(i => i > 0);
        Cases.ForAll(Damaged(Corpus), bytes => Guarded(bytes, () =>
        {
            var state = old.Decode(bytes, null);
            Law.Same("what is accepted is canonical", bytes, state.Encode());
            state.Join(old.Decode(Corpus[1], null));
            Law.Same("what was merged is canonical", state.Encode(), old.Decode(state.Encode(), null).Encode());
        }));
    }

    [Fact]
    public void States_and_their_join()
    {
        var rows = Corpus.Select(encoded => Law.Row(Subject.Decode(encoded, null), true)).ToArray();
        Cases.ForAll(Damaged(rows), bytes => Guarded([.. bytes, .. rows[0], .. rows[^1]], () =>
        {
            EncodedEntity.Inspect(bytes);
            var context = EncodedEntity.ContextOf(bytes);
            EncodedEntity.CollectDots(bytes, context);
            EncodedEntity.Validate(EncodedEntity.Join(bytes, rows[0]));
            EncodedEntity.Validate(EncodedEntity.Join(rows[^1], new VersionVector(), bytes, EncodedEntity.ContextOf(bytes)));
            Law.Same("a valid state joined with itself is itself", bytes, EncodedEntity.Join(bytes, bytes));
        }));
    }

    [Fact]
    public void Version_vectors()
    {
        var vector = new VersionVector();
        for (var i = 0; i < 3; i++) vector.Advance(World.IdOf(i), 1ul << (20 * i));
        var writer = new WireWriter(64);
        vector.Write(ref writer);
        Cases.ForAll(Damaged(writer.Finish()), bytes => Guarded(bytes, () =>
        {
            var reader = new WireReader(bytes);
            var read = VersionVector.Read(ref reader);
            reader.End();
            var again = new WireWriter(64);
            read.Write(ref again);
            Law.Same("what is accepted is canonical", bytes, again.Finish());
        }));
    }

    [Fact]
    public void Identities()
    {
        var relationship = EntityId.Relationship(Replaces.EntityType, EntityId.Node(Product.EntityType, "a"), EntityId.Node(Product.EntityType, "é"), 70L);
        byte[][] ids = [Subject.Id.Bytes.ToArray(), relationship.Bytes.ToArray(), EntityId.Node(Product.EntityType, "key").Bytes.ToArray()];
        Cases.ForAll(Damaged(ids), bytes => Guarded(bytes, () =>
        {
            foreach (var type in new[] { Subject.Type, Replaces.EntityType, Product.EntityType })
            {
                if (EntityId.Read(bytes).TypeId != type.Id) continue;
                var id = EntityId.Read(bytes, type);
                var again = type.IsRelationship
                    ? EntityId.Relationship(type, id.Source, id.Target, id.KeyOf(type))
                    : EntityId.Node(type, id.KeyOf(type));
                Law.Same("what is accepted is canonical", bytes, again.Bytes);
            }
        }));
    }

    [Fact]
    public void Schemas()
    {
        var schema = new GraphSchema("shop", 3, Product.EntityType, Replaces.EntityType, Subject.Type);
        var writer = new WireWriter(64);
        schema.Write(ref writer);
        Cases.ForAll(Damaged(writer.Finish()), bytes => Guarded(bytes, () =>
        {
            var reader = new WireReader(bytes);
            var read = GraphSchema.Read(ref reader);
            reader.End();
            var again = new WireWriter(64);
            read.Write(ref again);
            var canonical = again.Finish();
            reader = new(canonical);
            Law.Holds("what is accepted is understood the same", GraphSchema.Read(ref reader).ConflictWith(read) is null);
        }));
    }

    [Fact]
    public void Random_bytes()
    {
        Cases.ForAll(Cases.From(dice => dice.Bytes(dice.Below(60)), Shrink), bytes =>
        {
            Guarded(bytes, () => EncodedEntity.Inspect(bytes));
            Guarded(bytes, () => EncodedEntity.Join(bytes, bytes));
            Guarded(bytes, () => Subject.Decode(bytes, null));
            Guarded(bytes, () => EntityId.Read(bytes));
            Guarded(bytes, () =>
            {
                var reader = new WireReader(bytes);
                while (reader.Remaining > 0) reader.ReadText();
            });
        });
    }

    /// <summary>Only one exception may leave a decoder, and memory stays in proportion to the input.</summary>
    private static void Guarded(byte[] bytes, Action decode)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            decode();
        }
        catch (WireFormatException error)
        {
            Law.Holds("the offset lies within the input", error.Offset >= 0 && error.Offset <= bytes.Length, error.Message);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Law.Holds("memory", allocated < 256 * 1024 + (64L * bytes.Length), $"{allocated} bytes for an input of {bytes.Length}");
    }

    private static Arbitrary<byte[]> Damaged(params byte[][] samples) => Cases.From(dice => Mutation.Of(dice.Pick<byte[]>(samples), dice), Shrink);

    private static IEnumerable<byte[]> Shrink(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++) yield return [.. bytes[..i], .. bytes[(i + 1)..]];
    }

    private static byte[][] Samples()
    {
        var samples = new List<byte[]>();
        for (var seed = 1ul; seed <= 40; seed++)
        {
            var copies = History.Make(Subject, new Dice(seed)).Run().Copies;
            samples.AddRange(copies.Select(copy => copy.State.Encode()));
        }

        return [.. samples.OrderByDescending(sample => sample.Length).Take(60)];
    }
}
