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
        Cases.ForAll(Damaged(Corpus), bytes =>
        {
            if (Guarded(bytes, Allowance.Objects, () => EntityState.ReadId(bytes, Subject.Type)) != Subject.Id) return;
            if (Guarded(bytes, Allowance.Objects, () => Subject.Decode(bytes, null)) is not { } state) return;
            Law.Same("what is accepted is canonical", bytes, state.Encode());
            state.Join(Subject.Decode(Corpus[0], null));
            Law.Same("what was merged is canonical", state.Encode(), Subject.Decode(state.Encode(), null).Encode());
        });
    }

    [Fact]
    public void Entities_of_fields_that_are_unknown()
    {
        var old = Subject.Without(i => i > 0);
        Cases.ForAll(Damaged(Corpus), bytes =>
        {
            if (Guarded(bytes, Allowance.Objects, () => old.Decode(bytes, null)) is not { } state) return;
            Law.Same("what is accepted is canonical", bytes, state.Encode());
            if (!Accepted(() => state.Join(old.Decode(Corpus[1], null)))) return;
            Law.Same("what was merged is canonical", state.Encode(), old.Decode(state.Encode(), null).Encode());
        });
    }

    [Fact]
    public void States_and_their_join()
    {
        var rows = Corpus.Select(encoded => Law.Row(Subject.Decode(encoded, null), true)).ToArray();
        Cases.ForAll(Damaged(rows), bytes =>
        {
            Guarded(bytes, Allowance.Encoded, () => EncodedEntity.ContextOf(bytes));
            if (Guarded(bytes, Allowance.Encoded, () => EncodedEntity.Inspect(bytes)) == default) return;
            Guarded(bytes, Allowance.Encoded, () => EncodedEntity.ValidateStandalone(bytes));
            EncodedEntity.CollectDots(bytes, EncodedEntity.ContextOf(bytes));
            Law.Same("a valid state joined with itself is itself", bytes, EncodedEntity.Join(bytes, bytes));
            if (Guarded([.. bytes, .. rows[0]], Allowance.Joined, () => EncodedEntity.Join(bytes, rows[0])) is { } joined) EncodedEntity.Inspect(joined);
            var context = EncodedEntity.ContextOf(bytes);
            if (Guarded([.. rows[^1], .. bytes], Allowance.Joined, () => EncodedEntity.Join(rows[^1], new VersionVector(), bytes, context)) is { } row) EncodedEntity.Inspect(row);
        });
    }

    [Fact]
    public void Version_vectors()
    {
        var vector = new VersionVector();
        for (var i = 0; i < 3; i++) vector.Advance(World.IdOf(i), 1ul << (20 * i));
        var writer = new WireWriter(64);
        vector.Write(ref writer);
        Cases.ForAll(Damaged(writer.Finish()), bytes =>
        {
            var read = Guarded(bytes, Allowance.Encoded, () =>
            {
                var reader = new WireReader(bytes);
                var read = VersionVector.Read(ref reader);
                reader.End();
                return read;
            });
            if (read is null) return;
            var again = new WireWriter(64);
            read.Write(ref again);
            Law.Same("what is accepted is canonical", bytes, again.Finish());
        });
    }

    [Fact]
    public void Identities()
    {
        var relationship = EntityId.Relationship(Replaces.EntityType, EntityId.Node(Product.EntityType, "a"), EntityId.Node(Product.EntityType, "é"), 70L);
        byte[][] ids = [Subject.Id.Bytes.ToArray(), relationship.Bytes.ToArray(), EntityId.Node(Product.EntityType, "key").Bytes.ToArray()];
        Cases.ForAll(Damaged(ids), bytes =>
        {
            foreach (var type in new[] { Subject.Type, Replaces.EntityType, Product.EntityType })
            {
                var id = Guarded(bytes, Allowance.Encoded, () => EntityId.Read(bytes, type));
                if (id == default) continue;
                var again = type.IsRelationship
                    ? EntityId.Relationship(type, id.Source, id.Target, id.KeyOf(type))
                    : EntityId.Node(type, id.KeyOf(type));
                Law.Same("what is accepted is canonical", bytes, again.Bytes);
            }
        });
    }

    [Fact]
    public void Schemas()
    {
        var schema = new GraphSchema("shop", 3, Product.EntityType, Replaces.EntityType, Subject.Type);
        var writer = new WireWriter(64);
        schema.Write(ref writer);
        Cases.ForAll(Damaged(writer.Finish()), bytes =>
        {
            if (Guarded(bytes, Allowance.Schemas, () => ReadSchema(bytes)) is not { } read) return;
            var again = new WireWriter(64);
            read.Write(ref again);
            Law.Holds("what is accepted is understood the same", ReadSchema(again.Finish()).ConflictWith(read) is null);
        });
    }

    [Fact]
    public void Random_bytes()
    {
        Cases.ForAll(Cases.From(dice => dice.Bytes(dice.Below(60)), Shrink), bytes =>
        {
            Guarded(bytes, Allowance.Encoded, () => EncodedEntity.Inspect(bytes));
            Guarded(bytes, Allowance.Joined, () => EncodedEntity.Join(bytes, bytes));
            Guarded(bytes, Allowance.Objects, () => Subject.Decode(bytes, null));
            Guarded(bytes, Allowance.Encoded, () => EntityId.Read(bytes));
            Guarded(bytes, Allowance.Objects, () =>
            {
                var reader = new WireReader(bytes);
                while (reader.Remaining > 0) reader.ReadText();
            });
        });
    }

    private static GraphSchema ReadSchema(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        var read = GraphSchema.Read(ref reader);
        reader.End();
        return read;
    }

    private static void Guarded(byte[] bytes, int times, Action decode) => Guarded(bytes, times, () =>
    {
        decode();
        return true;
    });

    /// <summary>Only one exception may leave a decoder, and memory stays in proportion to the input.</summary>
    private static T? Guarded<T>(byte[] bytes, int times, Func<T> decode)
    {
        var read = Measured(bytes, decode, out var allocated);
        // Whoever is the first of the process to throw or to print something makes what stays for all; that is not the input's doing.
        if (allocated > Allowance.Of(times, bytes.Length)) Measured(bytes, decode, out allocated);
        Allowance.Check(allocated, times, bytes.Length);
        return read;
    }

    private static T? Measured<T>(byte[] bytes, Func<T> decode, out long allocated)
    {
        var (before, read) = (GC.GetAllocatedBytesForCurrentThread(), default(T));
        try
        {
            read = decode();
        }
        catch (WireFormatException error)
        {
            Law.Holds("the offset lies within the input", error.Offset >= 0 && error.Offset <= bytes.Length, error.Message);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return read;
    }

    private static bool Accepted(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (WireFormatException)
        {
            return false;
        }
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
