using Crdt.Entities;

namespace Crdt.Sync.Events;

/// <summary>What an event did to one entity.</summary>
/// <param name="Id">Which entity.</param>
/// <param name="State">The writes it added, with a context of exactly those and the ones it removed.</param>
public readonly record struct EntityDelta(EntityId Id, ReadOnlyMemory<byte> State);
