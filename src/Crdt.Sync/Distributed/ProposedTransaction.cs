using Crdt.Clocks;
using Crdt.Dynamic;
using Crdt.Sync.Commit;

namespace Crdt.Sync.Distributed;

/// <summary>A distributed transaction that this replica is asked to agree to: valid by the schema, with its effect as it would be here.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Entities">What it touches, as it would be afterwards; a deleted one is not alive. To be read only, and only until the check returns.</param>
public sealed record ProposedTransaction(TransactionId Id, IReadOnlyList<DynamicEntity> Entities)
{
    /// <summary>Who wants it.</summary>
    public ReplicaId Coordinator => Id.Coordinator;
}
