using Crdt.Entities;
using Crdt.Kernel;

namespace Crdt.Types.Counters;

/// <summary>What counters do with their writes, whether they stand alone or under the keys of a map.</summary>
internal static class TallyFolding
{
    /// <summary>
    /// Replaces the author's own dots by one with their totals plus a change. Only own dots that no other copy has replaced yet
    /// may be folded; adding up others would count them twice.
    /// </summary>
    /// <exception cref="OverflowException">A total would exceed 64 bits; nothing has changed.</exception>
    public static DotFun<Tally> Add(EntityState entity, uint field, DotFun<Tally> store, long change)
    {
        var total = default(Tally).Plus(change);
        var folded = new CausalContext();
        foreach (var (dot, tally) in store.Entries)
        {
            if (!entity.Author.MayFold(entity, field, dot)) continue;
            total = total.Plus(tally);
            folded.Add(dot);
        }

        var write = entity.BeginWrite();
        entity.Author.Fold(entity, field, folded, write.Dot);
        entity.Supersede(folded);
        return store.Without(folded).With(write.Dot, total);
    }

    /// <summary>The sum of all increments less that of all decrements, held within the range of a <see cref="long"/>.</summary>
    public static long Read(DotFun<Tally> store)
    {
        Int128 sum = 0;
        foreach (ref readonly var entry in store.Entries) sum += entry.Value.Net;
        return Clamp(sum);
    }

    public static long Clamp(Int128 sum) => (long)Int128.Clamp(sum, long.MinValue, long.MaxValue);
}
