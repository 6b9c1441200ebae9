using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Sync.Conflicts;

/// <summary>Concurrent writes that were settled by a rule, and that a person may settle otherwise.</summary>
/// <param name="Kind">What met what.</param>
/// <param name="Type">The type of the entity.</param>
/// <param name="Entity">The entity.</param>
/// <param name="Field">The register that was written; null where the entity itself was deleted.</param>
/// <param name="Writes">How many writes are in force; where relationships compete, how many of them do so directly, this one included.</param>
/// <param name="Resolution">The rule that chose.</param>
public sealed record Conflict(ConflictKind Kind, EntityType Type, EntityId Entity, FieldSchema? Field, int Writes, string Resolution)
{
    /// <summary>The relationship that is shown in place of this one; the default value where none is.</summary>
    public EntityId Shown { get; init; }
}
