using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Tests.Properties.Subjects;

/// <summary>A type of entity that the laws are tried on, with a way of making copies of one entity of it.</summary>
internal abstract class Subject(string name, EntityType type, EntityId id, FieldSubject[] fields)
{
    public EntityType Type => type;

    public EntityId Id => id;

    /// <summary>In the order in which a history names them, which is not that of their numbers.</summary>
    public IReadOnlyList<FieldSubject> Fields => fields;

    public abstract IEntity New(Author? author);

    /// <summary>The same type as an older build knows it, which lacks the fields that are dropped.</summary>
    public Subject Without(Func<int, bool> dropped) =>
        new BareSubject(name, type, id, [.. fields.Where((_, i) => !dropped(i))]);

    public IEntity Decode(ReadOnlySpan<byte> encoded, Author? author)
    {
        var entity = New(author);
        entity.State.Decode(encoded);
        return entity;
    }

    public EntityState Join(EntityState left, EntityState right)
    {
        var joined = Clone(left);
        joined.Join(right);
        return joined;
    }

    public EntityState Clone(EntityState state) => Decode(state.Encode(), null).State;

    public override string ToString() => name;
}

/// <summary>An entity made of fields directly, without a generated class.</summary>
internal sealed class BareSubject : Subject
{
    private static readonly EntityType Model = new("Subject", "Subject", EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null);

    public BareSubject(string name, params FieldSubject[] fields)
        : this(name, Model, EntityId.Node(Model, 42L), fields)
    {
    }

    /// <summary>Another entity than all others here.</summary>
    public static Subject Other() => new BareSubject("another", Model, EntityId.Node(Model, 43L), []);

    /// <summary>A type like <paramref name="like"/> with other fields.</summary>
    public BareSubject(string name, EntityType like, EntityId id, FieldSubject[] fields)
        : base(name, new(like.Name, like.Table, like.Lane, like.Key, like.Source, like.Target, [.. fields.Select(field => field.Schema)]), id, fields)
    {
    }

    public override IEntity New(Author? author)
    {
        var fields = Fields.OrderBy(field => field.Schema.Id).Select(field => field.NewField()).ToArray();
        return new Bare(new(Type, Id, author, fields));
    }

    private sealed class Bare(EntityState state) : IEntity
    {
        public EntityState State => state;
    }
}
