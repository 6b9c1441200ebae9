using Crdt.Clocks;

namespace Crdt.Tests.Sync.Commit;

/// <summary>A permutation of the participants. The rules are the same for all of them, so of states that differ by a permutation only one has to be explored.</summary>
/// <param name="Targets">Where each site goes; the coordinator, which is the first, stays.</param>
internal sealed record Renaming(int[] Targets)
{
    public static Renaming[] All(int participants) => participants switch
    {
        2 => [new([0, 1, 2]), new([0, 2, 1])],
        _ => [new([0, 1, 2, 3]), new([0, 1, 3, 2]), new([0, 2, 1, 3]), new([0, 2, 3, 1]), new([0, 3, 1, 2]), new([0, 3, 2, 1])],
    };

    public ReplicaId Of(ReplicaId replica) => replica.Value < (UInt128)Targets.Length ? new((UInt128)Targets[(int)replica.Value]) : replica;
}
