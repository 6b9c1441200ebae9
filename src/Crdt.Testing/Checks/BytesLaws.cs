using Crdt.Codec;
using Crdt.Testing.Histories;
using Crdt.Testing.Subjects;

namespace Crdt.Testing.Checks;

/// <summary>Decoding undoes encoding, and equal states have equal bytes.</summary>
internal static class BytesLaws
{
    public static void Check(History history, World world)
    {
        var first = world.Copies[^1];
        var encoded = first.State.Encode();
        Law.Same("decode, then encode", encoded, history.Subject.Decode(encoded, null).Encode());
        Law.Same("a row is canonical", Law.Row(first.State, false), Law.Row(history.Subject.Clone(first.State), false));
        EncodedEntity.Validate(Law.Row(first.State, true));
        EncodedEntity.Validate(Law.Row(first.State, false));
        foreach (var other in world.Copies) Compare(world, first, other, encoded);
    }

    private static void Compare(World world, Copy first, Copy other, byte[] encoded)
    {
        var sameRow = Law.Row(first.State, false).AsSpan().SequenceEqual(Law.Row(other.State, false));
        Law.Holds("rows are equal where the writes in force are", sameRow == (first.Live == other.Live), other);
        Law.Holds("HasSameValue agrees with bytes", sameRow == first.State.HasSameValue(other.State), other);
        var sameBytes = encoded.AsSpan().SequenceEqual(other.State.Encode());
        Law.Holds("bytes are equal where states are", sameBytes == (first.Live == other.Live && world.ContextOf(first).Ranges.SequenceEqual(world.ContextOf(other).Ranges)), other);
    }
}
