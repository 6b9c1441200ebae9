using Crdt.Codec;

namespace Crdt.Types;

/// <summary>Total orders in which only values with the same canonical bytes are equal, on every machine and in every culture.</summary>
internal static class CanonicalOrder<T, TCodec>
    where TCodec : IValueCodec<T>
{
    /// <summary>The order of the canonical bytes.</summary>
    public static IComparer<T> ByBytes { get; } = Comparer<T>.Create(CompareBytes);

    /// <summary>The values' own order, and that of the bytes among values that it calls equal, such as 1.0 and 1.00.</summary>
    public static IComparer<T> ByValue { get; } = Comparer<T>.Create((left, right) =>
    {
        var order = TCodec.Compare(left, right);
        return order != 0 ? order : CompareBytes(left, right);
    });

    private static int CompareBytes(T left, T right)
    {
        if (TCodec.Same(left, right)) return 0;
        var mine = new WireWriter(32);
        var theirs = new WireWriter(32);
        TCodec.Write(ref mine, left);
        TCodec.Write(ref theirs, right);
        var order = mine.Written.SequenceCompareTo(theirs.Written);
        mine.Dispose();
        theirs.Dispose();
        return order;
    }
}
