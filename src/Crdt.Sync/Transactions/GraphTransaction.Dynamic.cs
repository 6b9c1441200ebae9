using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Sync.Transactions;

/// <content>Entities of types for which there is no class.</content>
public sealed partial class GraphTransaction
{
    /// <summary>Creates a node: <c>tx.AddNode("User", 1, ("Name", "Alice"))</c>.</summary>
    /// <param name="type">The name of its type in the schema.</param>
    /// <param name="key">Its key.</param>
    /// <param name="values">What its fields are set to, by their names.</param>
    /// <exception cref="ArgumentException">There is no such type or field, or the key or a value doesn't fit. Nothing was created.</exception>
    /// <exception cref="InvalidOperationException">The transaction has created it already, or has ended.</exception>
    public DynamicEntity AddNode(string type, EntityKey key, params ReadOnlySpan<(string Field, object? Value)> values) =>
        Add(_schema.TypeOf(type), EntityId.Node(_schema.TypeOf(type), key), values);

    /// <summary>Creates a relationship between two nodes: <c>tx.AddRelationship("FOLLOWS", alice, bob)</c>.</summary>
    /// <param name="type">The name of its type in the schema.</param>
    /// <param name="source">Where it starts.</param>
    /// <param name="target">Where it leads.</param>
    /// <param name="key">What tells it from others with the same ends, where the type has a key.</param>
    /// <param name="values">What its fields are set to, by their names.</param>
    /// <exception cref="ArgumentException">There is no such type or field, or an end, the key or a value doesn't fit. Nothing was created.</exception>
    /// <exception cref="InvalidOperationException">The transaction has created it already, or has ended.</exception>
    public DynamicEntity AddRelationship(
        string type, EntityId source, EntityId target, EntityKey key = default, params ReadOnlySpan<(string Field, object? Value)> values) =>
        Add(_schema.TypeOf(type), EntityId.Relationship(_schema.TypeOf(type), source, target, key), values);

    /// <summary>A node, to be read and written by the names of its fields; null where there is none. The same object each time.</summary>
    /// <exception cref="ArgumentException">There is no such type, or the key doesn't fit.</exception>
    public ValueTask<DynamicEntity?> GetNodeAsync(string type, EntityKey key, CancellationToken cancellationToken = default) =>
        GetEntityAsync(EntityId.Node(_schema.TypeOf(type), key), cancellationToken);

    /// <summary>An entity of any type, to be read and written by the names of its fields; null where there is none. The same object each time.</summary>
    /// <exception cref="ArgumentException">It is of a type that the schema lacks.</exception>
    public ValueTask<DynamicEntity?> GetEntityAsync(EntityId id, CancellationToken cancellationToken = default)
    {
        var type = _schema.TypeOf(id);
        return GetAsync(type, id, author => DynamicEntity.Create(type, id, author), cancellationToken);
    }

    /// <summary>Creates an entity of any type.</summary>
    /// <inheritdoc cref="AddNode"/>
    internal DynamicEntity Add(EntityType type, EntityId id, ReadOnlySpan<(string Field, object? Value)> values)
    {
        // All of them before anything is created, so that a value that doesn't fit leaves nothing behind.
        var writes = DynamicEntity.Prepare(type, values);
        var entity = Create(type, id, author => DynamicEntity.Create(type, id, author));
        entity.Run(writes);
        return entity;
    }
}
