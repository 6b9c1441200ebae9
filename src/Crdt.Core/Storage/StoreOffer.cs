using Crdt.Clocks;
using Crdt.Schema;

namespace Crdt.Storage;

/// <summary>What a replica brings along when it opens its store.</summary>
/// <param name="Name">The replica's name for people.</param>
/// <param name="Replica">The id that a new store takes.</param>
/// <param name="Schema">The types that the program knows; null where it takes those that the store knows, which then can't be new.</param>
public sealed record StoreOffer(string Name, ReplicaId Replica, GraphSchema? Schema)
{
    /// <summary>The types that a new store begins with where <see cref="Schema"/> is null; a store that isn't new keeps those that it knows.</summary>
    public GraphSchema? Founding { get; init; }
}
