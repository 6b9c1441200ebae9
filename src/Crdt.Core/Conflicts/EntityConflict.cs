using Crdt.Entities;

namespace Crdt.Conflicts;

/// <summary>
/// Concurrent writes among which a rule has chosen, and that a person may settle otherwise. Copies that have seen the same list
/// the same conflicts. Any later write to the same place settles one too.
/// </summary>
public abstract class EntityConflict
{
    private protected EntityConflict(EntityState entity) => Entity = entity;

    /// <summary>The copy of the entity in which it was found, and through which it is settled.</summary>
    public EntityState Entity { get; }

    private protected InvalidOperationException Stale() =>
        new($"This conflict of a {Entity.Type.Name} isn't there any more: the entity has changed since it was listed. List the conflicts again.");
}
