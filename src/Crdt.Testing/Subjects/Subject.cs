using Crdt.Entities;
using Crdt.Schema;
using Crdt.Testing.Actions;
using Crdt.Testing.Histories;
using Crdt.Types;

namespace Crdt.Testing.Subjects;

/// <summary>A type of entity that the laws are tried on, with a way of making copies of one entity of it.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="type">The type.</param>
/// <param name="id">The entity.</param>
/// <param name="make">Makes a copy of which nothing is known yet, for a writer or for none.</param>
internal sealed class Subject(string name, EntityType type, EntityId id, Func<Author?, EntityState> make)
{
    public EntityType Type => type;

    public EntityId Id => id;

    public IReadOnlyList<FieldSchema> Fields => type.Fields;

    /// <summary>What histories can do to the fields, in their order.</summary>
    public FieldActions[] Actions => field ??= [.. Fields.Select(schema => new FieldActions(schema))];

    public EntityState New(Author? author) => make(author);

    /// <summary>The same type as an older build knows it, which lacks the fields that are dropped.</summary>
    public Subject Without(Func<int, bool> dropped)
    {
        var kept = Fields.Where((_, i) => !dropped(i)).ToArray();
        return OfFields($"older {name}", type, id, kept, () => [.. New(null).Fields.Where((_, i) => !dropped(i))]);
    }

    /// <summary>An annotated class.</summary>
    /// <param name="entity">Which entity of it; any by default.</param>
    public static Subject Of<T>(EntityId? entity = null)
        where T : class, IEntity<T>
    {
        var id = entity ?? SampleId.Of(T.EntityType);
        return new(typeof(T).Name, T.EntityType, id, author => T.Create(id, author).State);
    }

    /// <summary>An entity made of fields directly, without a class.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="like">A type that it is like but for its fields.</param>
    /// <param name="id">The entity.</param>
    /// <param name="schemas">The fields that it has.</param>
    /// <param name="fields">Makes them anew.</param>
    public static Subject OfFields(string name, EntityType like, EntityId id, FieldSchema[] schemas, Func<Field[]> fields)
    {
        var type = new EntityType(like.Name, like.Table, like.Lane, like.Key, like.Source, like.Target, schemas) { Deletion = like.Deletion };
        return new(name, type, id, author =>
        {
            var made = fields();
            Array.Sort(made, (a, b) => a.Id.CompareTo(b.Id));
            return new(type, id, author, made);
        });
    }

    public EntityState Decode(ReadOnlySpan<byte> encoded, Author? author)
    {
        var state = New(author);
        state.Decode(encoded);
        return state;
    }

    /// <summary>The join, made by merging the right into a fresh copy of the left.</summary>
    public Sample Join(Sample left, Sample right)
    {
        var joined = Decode(left.Bytes, null);
        joined.Join(right.State);
        return new(joined);
    }

    public override string ToString() => name;
}
