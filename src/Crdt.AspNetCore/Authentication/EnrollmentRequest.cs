using System.Text;
using Crdt.Clocks;
using Crdt.Signing;

namespace Crdt.AspNetCore.Authentication;

/// <summary>What a peer sends that wants to be let in.</summary>
/// <param name="Code">The one-time code that it was given.</param>
/// <param name="PublicKey">Its public key, to which the token is bound; null where it signs nothing.</param>
/// <param name="Signature">Its signature of the code as it was given, which proves that it has the key: see <see cref="IdentityProof"/>.</param>
internal sealed record EnrollmentRequest(string? Code, byte[]? PublicKey = null, byte[]? Signature = null)
{
    /// <summary>Whether what it says of its key can't be true.</summary>
    public bool IsForged => PublicKey is not null && Replica is null;

    /// <summary>The replica that it proves to be; null where it proves nothing.</summary>
    public ReplicaId? Replica => Code is not null && PublicKey is not null && Signature is not null ? new IdentityProof(PublicKey, Signature).Verify(Encoding.UTF8.GetBytes(Code)) : null;
}
