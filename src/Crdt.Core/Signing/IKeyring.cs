namespace Crdt.Signing;

/// <summary>
/// What a store is, too, where the host keeps keys that no program can read. Of such a key the store's note, and so <see cref="ReplicaIdentity.PrivateKey"/>, only says which it is.
/// </summary>
public interface IKeyring
{
    /// <summary>Makes a key. It is kept once the store is given the note of it; the store need not be open.</summary>
    ValueTask<ReplicaIdentity> CreateKeyAsync(CancellationToken cancellationToken = default);

    /// <summary>The key that a note says.</summary>
    /// <exception cref="Storage.StoreException">There is none, so nothing can be signed.</exception>
    ValueTask<ISigningKey> OpenKeyAsync(ReadOnlyMemory<byte> note, CancellationToken cancellationToken = default);
}
