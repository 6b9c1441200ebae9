using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Sync.Commit;

namespace Crdt.Sync.Distributed;

/// <summary>A distributed transaction that a replica has promised to commit and is not done with.</summary>
/// <param name="Id">The transaction; its coordinator knows the outcome.</param>
/// <param name="Participants">Who takes part, and may know the outcome too.</param>
/// <param name="Entities">What is reserved for it here. A unique value is listed as a node of its type whose key is none.</param>
/// <param name="IsDecided">Whether the commit is known, and can't be applied yet: the disk is full, or what it depends on has yet to come.</param>
public sealed record DoubtfulTransaction(TransactionId Id, IReadOnlyList<ReplicaId> Participants, IReadOnlyList<EntityId> Entities, bool IsDecided);
