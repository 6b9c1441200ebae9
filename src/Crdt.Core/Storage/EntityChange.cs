using Crdt.Entities;

namespace Crdt.Storage;

/// <summary>One entity that has changed since a watermark.</summary>
/// <param name="Id">Which entity.</param>
/// <param name="WasAlive">Whether it was alive at the watermark.</param>
/// <param name="State">Its state now; empty where nothing of it is left.</param>
public readonly record struct EntityChange(EntityId Id, bool WasAlive, ReadOnlyMemory<byte> State);
