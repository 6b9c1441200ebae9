using Crdt.Entities;
using Crdt.Sync.Commit;

namespace Crdt.Sync;

/// <summary>An entity can't be written to now, because it is reserved for a distributed transaction whose outcome is not known here yet.</summary>
/// <param name="typeName">The entity's type.</param>
/// <param name="id">The entity.</param>
/// <param name="holder">The transaction.</param>
public sealed class EntityReservedException(string typeName, EntityId id, TransactionId holder)
    : InvalidOperationException($"This {typeName} ({id}) is reserved for the distributed transaction {holder} until its outcome is known. Commit again a little later; if it stays so, GraphReplica.InDoubt says what it waits for.")
{
    /// <summary>Which entity.</summary>
    public EntityId Id { get; } = id;

    /// <summary>For which transaction.</summary>
    public TransactionId Holder { get; } = holder;
}
