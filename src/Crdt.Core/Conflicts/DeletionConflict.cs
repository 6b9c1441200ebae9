using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Conflicts;

/// <summary>An entity that one replica deleted while another wrote to it. It stays deleted; what was written is kept, hidden.</summary>
public sealed class DeletionConflict : EntityConflict
{
    private readonly CausalContext _writes;

    internal DeletionConflict(EntityState entity, FieldSchema[] fields)
        : base(entity) => (Fields, _writes) = (fields, WritesOf(entity));

    /// <summary>The fields that were written concurrently. They can be read as ever.</summary>
    public IReadOnlyList<FieldSchema> Fields { get; }

    /// <summary>Brings the entity back, with what was written concurrently; the rest of it is gone.</summary>
    /// <exception cref="InvalidOperationException">The entity can't be written, or has changed since the conflict was listed.</exception>
    public void Restore()
    {
        RequirePresent();
        Entity.Restore();
    }

    /// <summary>Lets go of what was written concurrently, so that nothing is left but bounded counters.</summary>
    /// <exception cref="InvalidOperationException">The entity can't be written, or has changed since the conflict was listed.</exception>
    public void Dismiss()
    {
        RequirePresent();
        Entity.Dismiss();
    }

    /// <summary>What was written in words: <c>deleted, and Email was written</c>.</summary>
    public override string ToString() => $"deleted, and {string.Join(", ", Fields.Select(field => field.Name))} was written";

    private void RequirePresent()
    {
        if (Entity.IsAlive || !WritesOf(Entity).Ranges.SequenceEqual(_writes.Ranges)) throw Stale();
    }

    private static CausalContext WritesOf(EntityState entity)
    {
        var writes = new CausalContext();
        entity.CollectRemovable(writes);
        return writes;
    }
}
