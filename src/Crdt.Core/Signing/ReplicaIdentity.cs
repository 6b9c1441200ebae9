using Crdt.Clocks;

namespace Crdt.Signing;

/// <summary>An id to write under, with the key that proves it.</summary>
/// <param name="Id">The id.</param>
/// <param name="PrivateKey">The key, as <see cref="ReplicaKey.Export"/> gives it; empty for an id that nothing is signed under.</param>
public readonly record struct ReplicaIdentity(ReplicaId Id, ReadOnlyMemory<byte> PrivateKey)
{
    /// <summary>Draws an id that nothing is signed under.</summary>
    public static ReplicaIdentity Unsigned() => new(ReplicaId.Random(), default);

    /// <summary>Makes a key, and the id that follows from it.</summary>
    public static ReplicaIdentity Signed()
    {
        using var key = ReplicaKey.Create();
        return new(key.Id, key.Export());
    }
}
