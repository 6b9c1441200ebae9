using System.Buffers;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Codec;

/// <summary>Bytes in several segments decode like bytes in one piece.</summary>
public sealed class SequenceTests
{
    private static readonly Subject Subject = SubjectList.Of("entity of all kinds");

    [Fact]
    public void Wherever_the_bytes_are_cut_they_decode_to_the_same()
    {
        Cases.ForAll(History.Of(Subject), history =>
        {
            var (copies, dice) = (history.Run().Copies, history.Dice());
            var encoded = copies[0].State.Encode();
            var state = Subject.New(null);
            state.Decode(Cut(encoded, dice));
            Law.Same("decoded from segments", encoded, state.Encode());
            Law.Holds("identity", EntityState.ReadId(Cut(encoded, dice)) == Subject.Id && EntityState.ReadId(Cut(encoded, dice), Subject.Type) == Subject.Id);
            States(Law.Row(copies[0].State, true), Law.Row(copies[^1].State, true), dice);
        });
    }

    [Fact]
    public void What_is_refused_is_refused_for_the_same_reason()
    {
        var encoded = History.Make(Subject, new Dice(1)).Run().Copies[0].State.Encode();
        Cases.ForAll(Cases.From(dice => (Bytes: Mutation.Of(encoded, dice), Seed: dice.Next())), damaged =>
        {
            var whole = Refusal(() => Subject.New(null).Decode(damaged.Bytes));
            var cut = Refusal(() => Subject.New(null).Decode(Cut(damaged.Bytes, new Dice(damaged.Seed))));
            Law.Holds("the same message", whole == cut, $"'{cut}' in place of '{whole}'");
        });
    }

    [Fact]
    public void Too_many_bytes_are_refused_before_they_are_copied()
    {
        var part = new byte[1024 * 1024];
        var sequence = Segments([part, part, part, part, new byte[1]]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<WireFormatException>(() => EncodedEntity.Validate(sequence));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 * 1024, "they were copied");
        Assert.Contains($"{WireLimits.Frame + 1} bytes exceed the limit", error.Message, StringComparison.Ordinal);
        Assert.Throws<WireFormatException>(() => Subject.New(null).Decode(sequence));
        Assert.Throws<WireFormatException>(() => EntityState.ReadId(sequence));
    }

    [Fact]
    public void One_segment_is_read_where_it_is()
    {
        var bytes = new byte[] { 1, 2, 3 };
        using var whole = new ContiguousBytes(new(bytes));
        Assert.True(whole.Span.Overlaps(bytes));
        using var none = new ContiguousBytes(default);
        Assert.True(none.Span.IsEmpty);
    }

    [Fact]
    public void Generated_classes_take_segments()
    {
        var product = new Product(new Replica("A", World.IdOf(0), 0, new VirtualTime()), "code") { Name = "name", Stock = 4 };
        var read = Product.Decode(Cut(product.Encode(), new Dice(2)));
        Assert.Equal(product, read);
        product.Name = "other";
        read.MergeDelta(Cut(product.TakeDelta(), new Dice(3)));
        Assert.Equal(product, read);
        Assert.Equal(product, Product.Decode(new Replica("B"), Cut(product.Encode(), new Dice(4))));
    }

    private static void States(byte[] left, byte[] right, Dice dice)
    {
        EncodedEntity.Validate(Cut(left, dice));
        EncodedEntity.ValidateStandalone(Cut(left, dice));
        Law.Holds("inspected", EncodedEntity.Inspect(Cut(left, dice)) == EncodedEntity.Inspect(left));
        var (mine, theirs) = (EncodedEntity.ContextOf(Cut(left, dice)), EncodedEntity.ContextOf(Cut(right, dice)));
        Law.Holds("context", mine.Ranges.SequenceEqual(EncodedEntity.ContextOf(left).Ranges));
        Law.Same("joined", EncodedEntity.Join(left, right), EncodedEntity.Join(Cut(left, dice), Cut(right, dice)));
        Law.Same("joined under contexts", EncodedEntity.Join(left, mine, right, theirs), EncodedEntity.Join(Cut(left, dice), mine, Cut(right, dice), theirs));
    }

    private static string Refusal(Action decode)
    {
        try
        {
            decode();
            return "";
        }
        catch (WireFormatException error)
        {
            return error.Message;
        }
    }

    private static ReadOnlySequence<byte> Cut(byte[] bytes, Dice dice)
    {
        var parts = new List<byte[]>();
        for (var at = 0; at < bytes.Length;)
        {
            var size = Math.Min(bytes.Length - at, dice.Below(1 + dice.Pick(3, 40, 400)));
            parts.Add(bytes[at..(at + size)]);
            at += size;
        }

        return Segments(parts);
    }

    private static ReadOnlySequence<byte> Segments(IReadOnlyList<byte[]> parts)
    {
        if (parts.Count == 0) return default;
        var first = new Segment(parts[0], 0);
        var last = first;
        foreach (var part in parts.Skip(1)) last = last.Append(part);
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, long start) => (Memory, RunningIndex) = (bytes, start);

        public Segment Append(byte[] bytes)
        {
            var next = new Segment(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
