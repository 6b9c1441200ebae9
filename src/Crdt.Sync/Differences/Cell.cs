namespace Crdt.Sync.Differences;

/// <summary>
/// One cell of a rateless invertible Bloom lookup table: what the items that are in it amount to. The cells of two sets, taken from each other,
/// are the cells of their difference. (Yang, Gilad, Alizadeh, <i>Practical Rateless Set Reconciliation</i>, SIGCOMM 2024.)
/// </summary>
/// <param name="Sum">The exclusive or of the items.</param>
/// <param name="Check">The exclusive or of their checksums.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct Cell(ulong Sum, uint Check, int Count)
{
    /// <summary>Whether nothing is in it.</summary>
    public bool IsZero => Sum == 0 && Check == 0 && Count == 0;

    /// <summary>Whether it looks as if exactly one item were in it; the checksum decides.</summary>
    public bool MayBePure => Count is 1 or -1;

    /// <summary>This cell with an item more, or one less.</summary>
    public Cell With(ulong item, uint check, int count) => new(Sum ^ item, Check ^ check, Count + count);

    /// <summary>What is left of this cell without what is in another.</summary>
    public Cell Minus(Cell other) => new(Sum ^ other.Sum, Check ^ other.Check, Count - other.Count);

    /// <summary>The checksum of an item: a part of it mixed (the finalizer of splitmix64) that tells one item from a sum of several.</summary>
    public static uint CheckOf(ulong item) => (uint)(Mix(item ^ 0x9E37_79B9_7F4A_7C15) >> 32);

    internal static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
