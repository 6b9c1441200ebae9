using Crdt.Testing.Histories;
using Crdt.Types.Counters;

namespace Crdt.Testing.Checks;

/// <summary>No bounded counter falls below its bound, nobody used rights that it didn't have, and no unit is lost.</summary>
internal static class EscrowLaws
{
    public static void Check(Copy copy)
    {
        for (var i = 0; i < copy.State.Fields.Count; i++)
        {
            if (copy.State.Fields[i] is BoundedCounter counter) Check(copy, counter, copy.State.Type.Fields[i].Min);
        }
    }

    private static void Check(Copy copy, BoundedCounter counter, long min)
    {
        Law.Holds("a bounded counter is at its bound at least", counter.Value >= min, copy);
        // A copy that has merged a delta without what that builds on may know of a use, and not of the gift that allowed it.
        if (copy.HasGaps) return;
        var rights = counter.Rights;
        Int128 sum = 0;
        foreach (var replica in rights.Replicas())
        {
            Law.Holds("nobody used more rights than it had", rights.Exactly(replica) >= 0, copy);
            sum += rights.Exactly(replica);
        }

        Law.Holds("all rights together are what the counter is above its bound", sum == rights.Sum && sum == (Int128)counter.Value - min, copy);
    }
}
