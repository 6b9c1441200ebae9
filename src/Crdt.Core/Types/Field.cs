using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Conflicts;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types;

/// <summary>
/// One field of an entity: a causal dot store with a way of reading it. What merges is the same for all; the subclasses
/// say what a write does and what the value is.
/// </summary>
public abstract class Field
{
    private protected Field(FieldKind kind, uint id) => (Kind, Id) = (kind, id);

    /// <summary>The field's number on the wire.</summary>
    public uint Id { get; }

    /// <summary>How it merges and reads.</summary>
    public FieldKind Kind { get; }

    /// <summary>Whether a deletion of the entity keeps its writes; see <see cref="EncodedEntity.OutlivesDeletion"/>.</summary>
    internal bool OutlivesDeletion => EncodedEntity.OutlivesDeletion(Kind);

    /// <summary>The entity that the field belongs to.</summary>
    internal EntityState Entity { get; set; } = null!;

    /// <summary>Whether no write is in force.</summary>
    internal abstract bool IsEmpty { get; }

    /// <summary>How many keys or items there are; 0 for a field that has none.</summary>
    internal virtual int ItemCount => 0;

    /// <summary>Adds the dots of all writes in force.</summary>
    internal abstract void CollectDots(CausalContext context);

    /// <summary>Adds the dots of all writes in force, in no particular order.</summary>
    internal abstract void CollectDots(List<Dot> dots);

    internal abstract void CollectReplicas(ReplicaTable table);

    /// <summary>Removes everything.</summary>
    internal abstract void Clear();

    /// <summary>Joins the same field of another copy into this one.</summary>
    internal abstract void Join(ICausalContext myContext, Field theirs, ICausalContext theirContext, List<Dot> removed);

    /// <summary>An unattached copy of the part whose dots <paramref name="context"/> contains.</summary>
    internal abstract Field Within(ICausalContext context);

    /// <summary>Writes the store; see <see cref="EncodedEntity"/> for its grammar.</summary>
    internal abstract void Write(ref WireWriter writer, ReplicaTable table);

    /// <summary>The conflicts that a person may settle; none for a field that needs no rule to choose.</summary>
    internal virtual IEnumerable<RegisterConflict> Conflicts(FieldSchema schema) => [];

    /// <summary>Does what it is told; the same as the user's property or collection would.</summary>
    /// <exception cref="InvalidOperationException">Fields of this kind don't do that, or the entity can't be written.</exception>
    internal abstract void Apply(in FieldOperation operation);

    /// <summary>Reads the store, which takes all of <paramref name="reader"/>.</summary>
    internal abstract void Read(WireReader reader, ReadOnlySpan<byte> table);
}
