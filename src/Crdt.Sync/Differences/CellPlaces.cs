namespace Crdt.Sync.Differences;

/// <summary>
/// The cells that an item is in, ascending: cell 0, and from there on cell i with probability 1 / (1 + i / 2). Every platform comes to the same, since
/// IEEE 754 says exactly what each operation below gives.
/// </summary>
internal struct CellPlaces(ulong item)
{
    private ulong _random = Cell.Mix(item) | 1;

    /// <summary>The current cell.</summary>
    public long Current { get; private set; }

    /// <summary>Moves to the next cell.</summary>
    public void MoveNext()
    {
        _random *= 0xDA94_2042_E4DD_58B5;
        var step = Math.Ceiling((Current + 1.5) * ((4294967296.0 / Math.Sqrt(_random + 1.0)) - 1.0));
        // Beyond any cell that is ever asked for it doesn't matter where.
        Current = step < int.MaxValue ? Current + (long)step : long.MaxValue / 2;
    }
}
