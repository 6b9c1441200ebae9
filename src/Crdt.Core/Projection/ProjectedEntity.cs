using Crdt.Entities;

namespace Crdt.Projection;

/// <summary>An entity that has a row, with the state that the row shows.</summary>
/// <param name="Id">Which entity.</param>
/// <param name="State">Its state as canonical bytes.</param>
public readonly record struct ProjectedEntity(EntityId Id, ReadOnlyMemory<byte> State);
