using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Types;

namespace Crdt.Dynamic;

/// <summary>
/// An entity of a type for which there is no class: its fields are read and written by name, and hold what their schema says.
/// It merges as an object of the annotated class would, byte for byte. For tools, and for schemas that are only known at run
/// time; a class is faster, and its mistakes are found by the compiler. Owned by one, not safe for several threads.
/// </summary>
public sealed partial class DynamicEntity : IEntity
{
    private DynamicEntity(EntityState state) => State = state;

    /// <inheritdoc/>
    public EntityState State { get; }

    /// <summary>The type.</summary>
    public EntityType Type => State.Type;

    /// <summary>The identity.</summary>
    public EntityId Id => State.Id;

    /// <summary>The key of a node or the discriminator of a relationship; none where the type has none.</summary>
    public EntityKey Key => Id.KeyOf(Type);

    /// <summary>Makes a copy of an entity of which nothing is known yet.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="id">Its identity.</param>
    /// <param name="author">Who writes through it; null for one that can only be read and merged.</param>
    /// <exception cref="ArgumentException">The identity is not one of that type.</exception>
    /// <exception cref="NotSupportedException">The type has a field of a kind that this build doesn't know.</exception>
    public static DynamicEntity Create(EntityType type, EntityId id, Author? author = null) =>
        new(new(type, id, author, [.. type.Fields.Select(DynamicFields.Create)]));

    /// <summary>Reads what <see cref="EntityState.Encode"/> or <see cref="EntityState.TakeDelta"/> wrote of an entity of a type, by whatever program.</summary>
    /// <param name="type">The type.</param>
    /// <param name="encoded">The bytes.</param>
    /// <param name="author">Who writes through the copy; null for one that can only be read and merged.</param>
    /// <exception cref="WireFormatException">The bytes are no encoded entity of that type.</exception>
    public static DynamicEntity Decode(EntityType type, ReadOnlySpan<byte> encoded, Author? author = null)
    {
        var entity = Create(type, EntityState.ReadId(encoded, type), author);
        entity.State.Decode(encoded);
        return entity;
    }

    /// <summary>Joins another copy of the same entity into this one.</summary>
    /// <exception cref="ArgumentException">It is another entity.</exception>
    public void Merge(DynamicEntity other) => State.Join(other.State);

    /// <summary>The type and the key: <c>User 42</c>.</summary>
    public override string ToString() => $"{Type.Name} {Key}";

    private (Field Field, FieldSchema Schema) Find(string name)
    {
        var index = IndexOf(Type, name);
        return (State.Fields[index], Type.Fields[index]);
    }

    private static int IndexOf(EntityType type, string name)
    {
        for (var i = 0; i < type.Fields.Count; i++)
        {
            if (type.Fields[i].Name == name) return i;
        }

        var names = type.Fields.Count == 0 ? "it has none" : $"it has {string.Join(", ", type.Fields.Select(field => field.Name))}";
        throw new ArgumentException($"'{type.Name}' has no field '{name}'; {names}.", nameof(name));
    }
}
