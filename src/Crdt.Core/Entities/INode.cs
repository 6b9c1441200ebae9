namespace Crdt.Entities;

/// <summary>An annotated class whose objects are nodes.</summary>
/// <typeparam name="TSelf">The class.</typeparam>
public interface INode<TSelf> : IEntity<TSelf>
    where TSelf : class, INode<TSelf>;
