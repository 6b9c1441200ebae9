using Crdt.Clocks;

namespace Crdt.Storage;

/// <summary>One of the identities that a store has written under, one after another.</summary>
/// <param name="Replica">The id of the commits that were made in it. It is never used again once another has begun.</param>
/// <param name="Began">When it began, by the clock of the machine; null where nobody wrote that down.</param>
/// <param name="Reason">Why it began.</param>
/// <param name="Revision">The number of the last commit before it began; 0 for the first one.</param>
public sealed record Incarnation(ReplicaId Replica, DateTimeOffset? Began, IncarnationReason Reason, long Revision);
