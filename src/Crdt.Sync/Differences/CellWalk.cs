using System.Runtime.CompilerServices;

namespace Crdt.Sync.Differences;

/// <summary>
/// The cells that an item falls into, in ascending order without end: cell 0, and each later cell i with a probability of
/// 8 (i + 1) / (2 i + 3)², which is close to 2 / (i + 2): about 15 of the first 4,096.
/// (Yang, Gilad, Alizadeh, "Practical Rateless Set Reconciliation", SIGCOMM 2024, section 4.2, with α = 0.5.)
/// </summary>
/// <remarks>
/// The cells are the same on every platform. The random numbers are of integer arithmetic, and of floating point only
/// conversion, +, −, ×, ÷, square root and rounding up are used, one at a time: IEEE 754 defines the result of each to the last bit.
/// No two of them may be fused.
/// </remarks>
internal struct CellWalk
{
    // Past the cell by one and a half: the chance to skip from cell i beyond cell m is (i + 1)(i + 2) / (m + 1)(m + 2), which is close to ((i + 1.5) / (m + 1.5))².
    private double _place;
    private ulong _random;

    /// <summary>How many items of a set are to be expected in a cell, rounded down.</summary>
    public static int ExpectedIn(int cell, int setSize) =>
        cell == 0 ? setSize : (int)(8L * (cell + 1) * setSize / ((2L * cell + 3) * (2L * cell + 3)));

    /// <summary>Stands at cell 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CellWalk(ulong item)
    {
        _place = 1.5;
        _random = item;
    }

    /// <summary>The cell it stands at. To be asked only after <see cref="IsBefore"/> was true: places grow beyond any integer.</summary>
    public readonly int Cell
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => double.ConvertToIntegerNative<int>(_place) - 1;
    }

    /// <summary>Whether the cell it stands at is below a limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsBefore(int limit) => _place < limit + 1;

    /// <summary>Goes to the next cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveNext()
    {
        // Knuth's multiplier for 64 bits; its upper half is what is random enough. With the half added the factor is always above 1.
        _random = _random * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407;
        var factor = 65_536.0 / Math.Sqrt((long)(_random >> 32) + 0.5);
        _place = Math.Ceiling(_place * factor - 1.5) + 1.5;
    }
}
