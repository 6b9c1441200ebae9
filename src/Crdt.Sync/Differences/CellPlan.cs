namespace Crdt.Sync.Differences;

/// <summary>How many cells are sent at once. Some 1.4 cells are needed for each difference, and a few more where there are few differences.</summary>
internal static class CellPlan
{
    /// <summary>Ten differences are found from so many in 99 of 100 cases.</summary>
    private const int Least = 32;

    /// <summary>How many cells go first.</summary>
    /// <param name="sizes">The number of entities on both sides: so many differ at least.</param>
    /// <param name="lacking">The number of writes that one side or the other lacks; an entity that differs has a few of them.</param>
    public static int First((long Here, long There) sizes, long lacking) =>
        (int)Math.Clamp(Math.Max(Math.Abs(sizes.Here - sizes.There), lacking / 4) * 1.4, Least, CellTable.Kept);

    /// <summary>Up to which cell to go on after so many were not enough; null where the tree is better.</summary>
    public static int? Next(int cells) => cells >= CellTable.Limit ? null : Math.Min(CellTable.Limit, cells + Math.Max(Least / 2, cells * 3 / 4));
}
