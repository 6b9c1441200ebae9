using Crdt.Entities;

namespace Crdt.Storage;

/// <summary>An entity as the store holds it.</summary>
/// <param name="Id">Which entity.</param>
/// <param name="State">Its state as canonical bytes.</param>
public readonly record struct StoredEntity(EntityId Id, ReadOnlyMemory<byte> State);
