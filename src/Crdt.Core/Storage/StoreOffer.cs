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
    private const string KeyNotes = "key ";

    /// <summary>The types that a new store begins with where <see cref="Schema"/> is null; a store that isn't new keeps those that it knows.</summary>
    public GraphSchema? Founding { get; init; }

    /// <summary>The private key of <see cref="Replica"/>, which a new store notes under <see cref="KeyNoteOf"/>; empty where nothing is signed under it.</summary>
    public ReadOnlyMemory<byte> PrivateKey { get; init; }

    /// <summary>Makes the identity that a store takes instead of its own, where it may have been copied.</summary>
    public Func<ReplicaIdentity> NextIdentity { get; init; } = ReplicaIdentity.Unsigned;

    /// <summary>The types that a new store begins with.</summary>
    /// <param name="store">The store as a message begins with it.</param>
    /// <exception cref="StoreException">None were offered.</exception>
    public GraphSchema RequireFirst(string store) =>
        Schema ?? Founding ?? throw new StoreException($"{store} is a new store, which knows no schema yet: open it with the types of the graph the first time, or check that it is the right one.");

    /// <summary>The types that a store keeps which isn't new: the newer of those offered and its own.</summary>
    /// <param name="store">The store as a message begins with it.</param>
    /// <param name="stored">Its own.</param>
    /// <exception cref="StoreException">Their data can't be merged.</exception>
    public GraphSchema RequireMergeable(string store, GraphSchema stored)
    {
        if (Schema is not { } offered) return stored;
        if (offered.ConflictWith(stored) is { } conflict)
        {
            throw new StoreException(
                $"{store} holds data of schema {stored}, which this program with schema {offered} can't work on: {conflict}. " +
                "Open it with the program that it belongs to, give this replica a store of its own, or undo the change of the schema.");
        }

        return offered.Version >= stored.Version ? offered : stored;
    }

    /// <summary>The key of the note with an id's private key.</summary>
    public static string KeyNoteOf(ReplicaId replica) => $"{KeyNotes}{replica}";

    /// <summary>Whether a note is that with an id's private key.</summary>
    public static bool IsKeyNote(string key) => key.StartsWith(KeyNotes, StringComparison.Ordinal);
}
