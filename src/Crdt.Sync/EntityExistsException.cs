using Crdt.Entities;

namespace Crdt.Sync;

/// <summary>A transaction creates an entity that exists already. Nothing of it was committed.</summary>
/// <param name="typeName">The type of the entity.</param>
/// <param name="id">Which entity.</param>
public sealed class EntityExistsException(string typeName, EntityId id)
    : InvalidOperationException($"This {typeName} exists already ({id}); get it from the transaction to change it.")
{
    /// <summary>Which entity.</summary>
    public EntityId Id { get; } = id;
}
