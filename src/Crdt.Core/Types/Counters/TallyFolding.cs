using Crdt.Entities;
using Crdt.Kernel;

namespace Crdt.Types.Counters;

/// <summary>What counters do with their writes, whether they stand alone or under the keys of a map.</summary>
internal static class TallyFolding
{
    /// <summary>Adds a change to the author's totals.</summary>
    /// <exception cref="OverflowException">A total would exceed 64 bits; nothing has changed.</exception>
    public static DotFun<Tally> Add(EntityState entity, uint field, DotFun<Tally> store, long change) =>
        TotalsFolding.Add(entity, field, store, default(Tally).Plus(change));

    /// <summary>The sum of all increments less that of all decrements, held within the range of a <see cref="long"/>.</summary>
    public static long Read(DotFun<Tally> store)
    {
        Int128 sum = 0;
        foreach (ref readonly var entry in store.Entries) sum += entry.Value.Net;
        return Clamp(sum);
    }

    public static long Clamp(Int128 sum) => (long)Int128.Clamp(sum, long.MinValue, long.MaxValue);
}
