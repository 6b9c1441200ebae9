using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Sync.Conflicts;

/// <summary>Concurrent writes that were settled by a rule, and that a person may settle otherwise.</summary>
/// <param name="Kind">What met what.</param>
/// <param name="Type">The type of the entity.</param>
/// <param name="Entity">The entity.</param>
/// <param name="Field">The register that was written; null where the entity itself was deleted.</param>
/// <param name="Writes">How many writes are in force.</param>
/// <param name="Resolution">The rule that chose.</param>
public sealed record Conflict(ConflictKind Kind, EntityType Type, EntityId Entity, FieldSchema? Field, int Writes, string Resolution);
