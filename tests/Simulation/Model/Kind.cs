using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync;
using Crdt.Sync.Transactions;
using Crdt.Testing.Actions;

namespace Crdt.Tests.Simulation.Model;

/// <summary>What can be done to the entities of a generated class without naming it.</summary>
/// <param name="Type">The type.</param>
/// <param name="Ids">The few entities that all replicas write to.</param>
internal sealed record Kind(EntityType Type, EntityId[] Ids)
{
    public required Func<GraphTransaction, EntityId, ValueTask<IEntity?>> Get { get; init; }

    public required Func<GraphTransaction, EntityId, IEntity> Add { get; init; }

    public required Func<GraphReplica, EntityId, ValueTask<IEntity?>> Read { get; init; }

    /// <summary>What can be done to its fields, in their order.</summary>
    public FieldActions[] Actions { get; } = [.. Type.Fields.Select(field => new FieldActions(field))];

    public static Kind Node<T>(params EntityKey[] keys)
        where T : class, INode<T> => new(T.EntityType, [.. keys.Select(key => EntityId.Node(T.EntityType, key))])
        {
            Get = async (transaction, id) => await transaction.GetAsync<T>(id),
            Add = (transaction, id) => transaction.Add<T>(id.KeyOf(T.EntityType)),
            Read = async (replica, id) => await replica.GetAsync<T>(id),
        };

    /// <summary>All relationships between some nodes.</summary>
    public static Kind Relationship<T>(EntityId[] sources, EntityId[] targets, params EntityKey[] keys)
        where T : class, IRelationship<T> =>
        new(T.EntityType, [.. from source in sources from target in targets from key in keys.DefaultIfEmpty() select EntityId.Relationship(T.EntityType, source, target, key)])
        {
            Get = async (transaction, id) => await transaction.GetAsync<T>(id),
            Add = (transaction, id) => transaction.Connect<T>(id.Source, id.Target, id.KeyOf(T.EntityType)),
            Read = async (replica, id) => await replica.GetAsync<T>(id),
        };
}
