using Crdt.Clocks;
using Crdt.Schema;
using Crdt.Signing;

namespace Crdt.Storage;

/// <summary>What a replica brings along when it opens its store.</summary>
/// <param name="Name">The replica's name for people.</param>
/// <param name="Replica">The id that a new store takes.</param>
/// <param name="Schema">The types that the program knows; null where it takes those that the store knows, which then can't be new.</param>
public sealed record StoreOffer(string Name, ReplicaId Replica, GraphSchema? Schema)
{
    /// <summary>The types that a new store begins with where <see cref="Schema"/> is null; a store that isn't new keeps those that it knows.</summary>
    public GraphSchema? Founding { get; init; }

    /// <summary>The private key of <see cref="Replica"/>, which a new store notes under <see cref="KeyNoteOf"/>; empty where nothing is signed under it.</summary>
    public ReadOnlyMemory<byte> PrivateKey { get; init; }

    /// <summary>Makes the identity that a store takes instead of its own, where it may have been copied.</summary>
    public Func<ReplicaIdentity> NextIdentity { get; init; } = ReplicaIdentity.Unsigned;

    /// <summary>The key of the note with an id's private key.</summary>
    public static string KeyNoteOf(ReplicaId replica) => $"key {replica}";
}
