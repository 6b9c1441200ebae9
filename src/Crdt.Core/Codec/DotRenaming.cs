using Crdt.Clocks;
using Crdt.Kernel;

namespace Crdt.Codec;

/// <summary>Gives writes of one replica the names of another, one by one and in their order.</summary>
/// <param name="Former">The dots that they have.</param>
/// <param name="First">The dot that the first of them gets; the others get those that follow it. Nobody else may have any of these.</param>
public readonly record struct DotRenaming(DotRange Former, Dot First)
{
    /// <summary>The name of a write afterwards.</summary>
    public Dot Of(Dot dot) => Former.Contains(dot) ? new(First.Replica, First.Counter + (dot.Counter - Former.First)) : dot;

    /// <summary>A context with the names afterwards. O(ranges).</summary>
    public CausalContext Of(CausalContext context)
    {
        var renamed = new CausalContext(context.Ranges.Length + 2);
        foreach (var range in context.Ranges)
        {
            var (first, last) = (Math.Max(range.First, Former.First), Math.Min(range.Last, Former.Last));
            if (range.Replica != Former.Replica || first > last)
            {
                renamed.Add(range);
                continue;
            }

            if (range.First < first) renamed.Add(range with { Last = first - 1 });
            renamed.Add(new DotRange(First.Replica, Of(new Dot(range.Replica, first)).Counter, Of(new Dot(range.Replica, last)).Counter));
            if (range.Last > last) renamed.Add(range with { First = last + 1 });
        }

        return renamed;
    }
}
