namespace Crdt.Sqlite;

/// <summary>How many rows may be recent. Each takes some 120 bytes of memory, and 3 µs when the store is opened.</summary>
/// <param name="Least">So many always.</param>
/// <param name="Most">So many at most, however large the store.</param>
internal readonly record struct SettlingLimits(long Least, long Most)
{
    /// <summary>Settling rewrites the whole index in the worst case, so it is to happen once for every eighth of it that is new.</summary>
    private const int Share = 8;

    public static SettlingLimits Default => new(65_536, 524_288);

    public long For(long rows) => Math.Clamp(rows / Share, Least, Most);
}
