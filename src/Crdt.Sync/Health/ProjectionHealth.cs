using Crdt.Entities;

namespace Crdt.Sync.Health;

/// <summary>How far the graph database is behind the truth.</summary>
/// <param name="Commits">How many commits it doesn't show yet.</param>
/// <param name="Entities">The entities that it doesn't show as they are; null where they are more than a thousand, or can't be told and it will be made anew.</param>
/// <param name="Reason">Why it refused them when that was last tried; null where it is only at work on them.</param>
public sealed record ProjectionHealth(long Commits, IReadOnlyList<EntityId>? Entities, string? Reason);
