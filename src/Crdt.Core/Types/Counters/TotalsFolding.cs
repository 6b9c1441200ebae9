using Crdt.Entities;
using Crdt.Kernel;

namespace Crdt.Types.Counters;

/// <summary>How a write of a counter replaces those that its writer has made before.</summary>
internal static class TotalsFolding
{
    /// <summary>
    /// Replaces the author's own dots by one with their totals plus a change. Only own dots that no other copy has replaced yet
    /// may be folded; adding up others would count them twice.
    /// </summary>
    /// <exception cref="OverflowException">A total would exceed its range; nothing has changed.</exception>
    public static DotFun<T> Add<T>(EntityState entity, uint field, DotFun<T> store, T change)
        where T : struct, ITotals<T>
    {
        var total = change;
        var folded = new CausalContext();
        foreach (var (dot, totals) in store.Entries)
        {
            if (!entity.Author.MayFold(entity, field, dot)) continue;
            total = total.Plus(totals);
            folded.Add(dot);
        }

        var write = entity.BeginWrite();
        entity.Author.Fold(entity, field, folded, write.Dot);
        entity.Supersede(folded);
        return store.Without(folded).With(write.Dot, total);
    }
}
