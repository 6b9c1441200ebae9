using Crdt.Signing;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <content>The keys that its replica signs with: the browser keeps them, and the notes have their public keys.</content>
internal sealed partial class StoreSession
{
    public async Task<ISigningKey> OpenKeyAsync(ReadOnlyMemory<byte> publicKey) =>
        publicKey.Length == ReplicaKey.PublicKeySize ? new WebCryptoKey(await _database.OpenKeyAsync(publicKey).ConfigureAwait(false), publicKey) : throw Missing("key");

    /// <summary>Keeps the key that a note is of, before the note is: a note without a key would leave the replica unable to sign.</summary>
    private Task KeepKeyAsync(string note, ReadOnlyMemory<byte> publicKey) =>
        StoreOffer.IsKeyNote(note) && publicKey.Length == ReplicaKey.PublicKeySize ? _database.KeepKeyAsync(publicKey) : Task.CompletedTask;
}
