using Crdt.Clocks;

namespace Crdt.Types.Counters;

/// <summary>What of a bounded counter's rights falls to one replica.</summary>
/// <param name="Replica">The replica.</param>
/// <param name="Amount">How many units; always positive.</param>
public readonly record struct EscrowShare(ReplicaId Replica, long Amount);
