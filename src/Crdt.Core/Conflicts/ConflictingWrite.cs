using Crdt.Clocks;

namespace Crdt.Conflicts;

/// <summary>One of the writes of a conflict.</summary>
/// <param name="Dot">Which write it is, and by whom.</param>
/// <param name="Stamp">When it was written, by its writer's clock.</param>
/// <param name="Offline">Whether its writer was offline.</param>
/// <param name="Value">What was written; null where nothing was.</param>
public readonly record struct ConflictingWrite(Dot Dot, Stamp Stamp, bool Offline, object? Value);
