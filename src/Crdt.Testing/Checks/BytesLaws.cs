using Crdt.Codec;
using Crdt.Testing.Histories;
using Crdt.Testing.Subjects;

namespace Crdt.Testing.Checks;

/// <summary>Decoding undoes encoding, and equal states have equal bytes.</summary>
internal static class BytesLaws
{
    public static void Check(History history, World world)
    {
        var first = world.Samples[^1];
        Sample decoded = new(history.Subject.Decode(first.Bytes, null));
        Law.Same("decode, then encode", first.Bytes, decoded.Bytes);
        Law.Same("a row is canonical", first.Row, decoded.Row);
        EncodedEntity.Validate(first.RowWithContext);
        EncodedEntity.Validate(first.Row);
        for (var i = 0; i < world.Copies.Count; i++) Compare(world, i);
    }

    private static void Compare(World world, int i)
    {
        var (firstCopy, other, first, sample) = (world.Copies[^1], world.Copies[i], world.Samples[^1], world.Samples[i]);
        var sameRow = first.Row.AsSpan().SequenceEqual(sample.Row);
        Law.Holds("rows are equal where the writes in force are", sameRow == (firstCopy.Live == other.Live), other);
        Law.Holds("HasSameValue agrees with bytes", sameRow == first.State.HasSameValue(sample.State), other);
        var sameBytes = first.Bytes.AsSpan().SequenceEqual(sample.Bytes);
        var sameSeen = world.ContextOf(firstCopy).Ranges.SequenceEqual(world.ContextOf(other).Ranges);
        Law.Holds("bytes are equal where states are", sameBytes == (firstCopy.Live == other.Live && sameSeen), other);
    }
}
