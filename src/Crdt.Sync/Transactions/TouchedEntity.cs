using Crdt.Entities;

namespace Crdt.Sync.Transactions;

/// <summary>An entity that a transaction has in hand.</summary>
/// <param name="Entity">The object that the user holds.</param>
/// <param name="IsNew">Whether the transaction created it without having read it.</param>
internal readonly record struct TouchedEntity(IEntity Entity, bool IsNew)
{
    /// <summary>Whether the transaction created it anew after having read it.</summary>
    public bool IsConnectedAgain { get; init; }

    /// <summary>Whether the transaction created it, and so takes the places that a relationship has.</summary>
    public bool Connects => IsNew || IsConnectedAgain;

    public EntityState State => Entity.State;
}
