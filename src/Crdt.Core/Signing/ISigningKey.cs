using Crdt.Clocks;

namespace Crdt.Signing;

/// <summary>The key of one replica, wherever it is kept: see <see cref="ReplicaKey"/>.</summary>
public interface ISigningKey : IDisposable
{
    /// <summary>The id that follows from the public key.</summary>
    ReplicaId Id { get; }

    /// <summary>The key that others verify with: <see cref="ReplicaKey.PublicKeySize"/> bytes.</summary>
    ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Signs a message for a purpose. O(bytes).</summary>
    /// <returns><see cref="ReplicaKey.SignatureSize"/> bytes, others each time.</returns>
    ValueTask<byte[]> SignAsync(string purpose, ReadOnlyMemory<byte> message);
}
