using Crdt.Clocks;
using Crdt.Sync.Signatures;

namespace Crdt.Sync.Health;

/// <summary>
/// An origin that has signed two histories: it gave the same place to two events, as only whoever has its key can do. The history that came first stays, what belongs to the other is refused. Replicas that took the other one
/// first hold different data; revoke the origin, and begin those anew from a replica that is right.
/// </summary>
/// <param name="Lane">The lane; the origin's events in other lanes aren't affected.</param>
/// <param name="Origin">Who has signed both.</param>
/// <param name="First">The first dot of the event that was refused first.</param>
/// <param name="Since">When that was.</param>
public sealed record Equivocation(string Lane, ReplicaId Origin, ulong First, DateTimeOffset Since)
{
    /// <summary>Both signed histories, which prove it to anybody; null where this replica's log no longer holds its own, or they are too long.</summary>
    public EquivocationProof? Proof { get; init; }
}
