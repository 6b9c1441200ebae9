using Crdt.Schema;

namespace Crdt.Projection;

/// <summary>What a changed schema asks of a graph database.</summary>
/// <param name="Added">Types whose tables are new, and empty.</param>
/// <param name="Changed">Types whose rows are to be written again.</param>
public sealed record ProjectionMigration(IReadOnlyList<EntityType> Added, IReadOnlyList<EntityType> Changed);
