using System.Runtime.CompilerServices;

namespace Crdt.Sync.Differences;

/// <summary>
/// What of a set falls into one place of its sketch. Cells of two sets are subtracted from each other; one in which a single
/// item is left gives it away.
/// </summary>
/// <param name="Sum">All items, combined by exclusive or.</param>
/// <param name="Check">Their checksums, combined likewise.</param>
/// <param name="Count">How many there are; negative in a difference where the other side has more.</param>
internal readonly record struct Cell(ulong Sum, uint Check, int Count)
{
    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => (Sum | Check | (uint)Count) == 0;

    /// <summary>Whether it holds exactly one item: but for a chance of one in 2^32 for cells that hold more, and for lies.</summary>
    public bool IsPure => Count is 1 or -1 && Check == ChecksumOf(Sum);

    /// <summary>The cell without what the other holds.</summary>
    public Cell Minus(in Cell other) => new(Sum ^ other.Sum, Check ^ other.Check, Count - other.Count);

    /// <summary>The cell with an item more, or less where <paramref name="sign"/> is −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cell With(ulong item, uint checksum, int sign) => new(Sum ^ item, Check ^ checksum, Count + sign);

    /// <summary>
    /// A fixed mixing of an item that is not linear under exclusive or, so that the checksum of several items is not that of
    /// their sum: two rounds of multiplying and folding, with odd constants from the fractions of the golden ratio and of the square root of 2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ChecksumOf(ulong item)
    {
        var mixed = (item ^ (item >> 32)) * 0x9E37_79B9_7F4A_7C15;
        mixed = (mixed ^ (mixed >> 29)) * 0x6A09_E667_F3BC_C909;
        return (uint)(mixed >> 32);
    }
}
