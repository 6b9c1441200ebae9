namespace Crdt.Entities;

/// <summary>An annotated class whose objects connect two nodes.</summary>
/// <typeparam name="TSelf">The class.</typeparam>
public interface IRelationship<TSelf> : IEntity<TSelf>
    where TSelf : class, IRelationship<TSelf>;
