using System.Security.Cryptography;
using System.Text;
using Crdt.Clocks;

namespace Crdt.Signing;

/// <summary>
/// The key of one replica: ECDSA on the curve P-256 with SHA-256 (FIPS 186-5). The replica's id follows from it, so whoever has the public key can tell that it is that
/// replica's, without asking anybody.
/// </summary>
/// <remarks>
/// An id that was made from a key ends with the bits of <see cref="Mark"/>, and nothing under such an id is believed without a signature. The 112 bits before are of the SHA-256 of the public key:
/// to find another key for an id takes 2^112 attempts. For one thread at a time.
/// </remarks>
public sealed class ReplicaKey : ISigningKey
{
    /// <summary>The length of a public key: both coordinates of the point, most significant byte first.</summary>
    public const int PublicKeySize = 64;

    /// <summary>The length of a signature: r and s, most significant byte first (IEEE P1363).</summary>
    public const int SignatureSize = 64;

    /// <summary>The last 16 bits of each id that was made from a key.</summary>
    public const ushort Mark = 0x5EA1;

    private const int CoordinateSize = PublicKeySize / 2;
    private readonly ECDsa _key;

    private ReplicaKey(ECDsa key)
    {
        _key = key;
        var parameters = key.ExportParameters(includePrivateParameters: false);
        PublicKey = (byte[])[.. parameters.Q.X!, .. parameters.Q.Y!];
        Id = IdOf(PublicKey.Span);
    }

    /// <summary>The key that others verify with: <see cref="PublicKeySize"/> bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The id that follows from the public key.</summary>
    public ReplicaId Id { get; }

    /// <summary>Makes a key out of the system's source of randomness.</summary>
    public static ReplicaKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Takes a key that was exported.</summary>
    /// <exception cref="CryptographicException">It is none, or is one of another curve.</exception>
    public static ReplicaKey Import(ReadOnlySpan<byte> exported)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(exported, out _);
            if (key.KeySize != 8 * CoordinateSize) throw new CryptographicException($"The key has {key.KeySize} bits; a replica's has {8 * CoordinateSize}.");
            return new(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Whether an id was made from a key.</summary>
    public static bool IsSigned(ReplicaId id) => (ushort)id.Value == Mark;

    /// <summary>The id that follows from a public key.</summary>
    public static ReplicaId IdOf(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(publicKey, hash);
        return new((ReplicaId.Read(hash[..ReplicaId.Size]).Value & ~(UInt128)ushort.MaxValue) | Mark);
    }

    /// <summary>Whether a signature of a message is by a key. False for anything that is no key or no signature.</summary>
    /// <param name="publicKey">The key.</param>
    /// <param name="purpose">What was signed for: a signature for one purpose is none for another.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">The signature.</param>
    public static bool Verify(ReadOnlySpan<byte> publicKey, string purpose, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PublicKeySize || signature.Length != SignatureSize) return false;
        if (HostVerification.Current is { } verify) return verify(publicKey, Framed(purpose, message), signature);
        try
        {
            return ReadyKeys.OfThread.Get(publicKey).VerifyData(Framed(purpose, message), signature, HashAlgorithmName.SHA256);
        }
        catch (CryptographicException)
        {
            return false; // Those coordinates are no point of the curve.
        }
    }

    /// <summary>Signs a message for a purpose. O(bytes).</summary>
    /// <returns><see cref="SignatureSize"/> bytes, others each time.</returns>
    public byte[] Sign(string purpose, ReadOnlySpan<byte> message) => _key.SignData(Framed(purpose, message), HashAlgorithmName.SHA256);

    ValueTask<byte[]> ISigningKey.SignAsync(string purpose, ReadOnlyMemory<byte> message) => new(Sign(purpose, message.Span));

    /// <summary>The private key (PKCS #8), to be kept where nobody else reads it.</summary>
    public byte[] Export() => _key.ExportPkcs8PrivateKey();

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    // The purpose stands in front, with its length, so that no message for one can be taken for a message for another.
    internal static byte[] Framed(string purpose, ReadOnlySpan<byte> message)
    {
        var name = Encoding.UTF8.GetBytes(purpose);
        return [checked((byte)name.Length), .. name, .. message];
    }
}
