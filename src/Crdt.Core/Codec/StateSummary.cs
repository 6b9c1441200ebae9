namespace Crdt.Codec;

/// <summary>What can be told of a state without its type.</summary>
/// <param name="IsAlive">Whether the entity exists.</param>
/// <param name="IsEmpty">Whether nothing is left of it.</param>
/// <param name="InConflict">Whether a register, of the entity or of a map, has concurrent writes, or a deleted entity was written to concurrently.</param>
public readonly record struct StateSummary(bool IsAlive, bool IsEmpty, bool InConflict);
