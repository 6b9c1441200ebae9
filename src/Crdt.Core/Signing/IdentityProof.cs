using Crdt.Clocks;

namespace Crdt.Signing;

/// <summary>Shows that whoever gives it has the key of a replica.</summary>
/// <param name="PublicKey">The public key, from which the replica's id follows.</param>
/// <param name="Signature">The key's signature of what was asked to be signed.</param>
public sealed record IdentityProof(ReadOnlyMemory<byte> PublicKey, ReadOnlyMemory<byte> Signature)
{
    private const string Purpose = "crdt identity";

    /// <summary>What a proof is for that begins a session, so that it is of no use for anything else.</summary>
    internal const string SessionPurpose = "crdt session";

    /// <summary>Makes a proof for a challenge, which has to be one that was given out once: a proof that is overheard proves as much.</summary>
    public static IdentityProof Of(ReplicaKey key, ReadOnlySpan<byte> challenge)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(key.PublicKey, key.Sign(Purpose, challenge));
    }

    /// <summary>Whose proof it is; null where it proves nothing.</summary>
    /// <param name="challenge">What was to be signed.</param>
    public ReplicaId? Verify(ReadOnlySpan<byte> challenge) => Verify(challenge, Purpose);

    internal static async ValueTask<IdentityProof> OfAsync(ISigningKey key, ReadOnlyMemory<byte> challenge, bool isForSession) =>
        new(key.PublicKey, await key.SignAsync(isForSession ? SessionPurpose : Purpose, challenge).ConfigureAwait(false));

    internal ReplicaId? Verify(ReadOnlySpan<byte> challenge, string purpose) => ReplicaKey.Verify(PublicKey.Span, purpose, challenge, Signature.Span) ? ReplicaKey.IdOf(PublicKey.Span) : null;
}
