using Crdt.Schema;

namespace Crdt.Entities;

/// <summary>An annotated class, as the source generator completes it.</summary>
public interface IEntity
{
    /// <summary>What merges of the object.</summary>
    EntityState State { get; }
}

/// <summary>What the engine needs of an annotated class to make objects of it.</summary>
/// <typeparam name="TSelf">The class.</typeparam>
public interface IEntity<TSelf> : IEntity
    where TSelf : class, IEntity<TSelf>
{
    /// <summary>The description of the class.</summary>
    static abstract EntityType EntityType { get; }

    /// <summary>Makes an object of which nothing is known yet.</summary>
    /// <param name="id">Its identity.</param>
    /// <param name="author">Who writes through it; null for one that can only be read and merged.</param>
    static abstract TSelf Create(EntityId id, Author? author);
}
