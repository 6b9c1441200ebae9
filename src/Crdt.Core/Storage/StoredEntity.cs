using Crdt.Entities;

namespace Crdt.Storage;

/// <summary>An entity as the store holds it.</summary>
/// <param name="Id">Which entity; the default value where a row is gone.</param>
/// <param name="State">Its state as canonical bytes.</param>
public readonly record struct StoredEntity(EntityId Id, ReadOnlyMemory<byte> State)
{
    /// <summary>The number by which the store finds it again, from 1. It stays with the entity until that is removed; 0 where the store gave none.</summary>
    public long Row { get; init; }
}
