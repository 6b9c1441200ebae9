using Crdt.Entities;

namespace Crdt.Sync.Projecting;

/// <summary>Tells which of some entities have a row in the graph database.</summary>
internal delegate ValueTask<HashSet<EntityId>> RowFinder(IEnumerable<EntityId> entities, CancellationToken cancellationToken);
