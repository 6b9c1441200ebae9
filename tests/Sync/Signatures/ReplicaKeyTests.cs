using System.Security.Cryptography;
using Crdt.Clocks;
using Crdt.Signing;

namespace Crdt.Tests.Sync.Signatures;

public sealed class ReplicaKeyTests
{
    private static readonly byte[] Message = [1, 2, 3];

    [Fact]
    public void A_signature_holds_for_its_key_its_purpose_and_its_message_only()
    {
        using var key = ReplicaKey.Create();
        using var other = ReplicaKey.Create();
        var signature = key.Sign("one", Message);
        Assert.True(ReplicaKey.Verify(key.PublicKey.Span, "one", Message, signature));
        Assert.False(ReplicaKey.Verify(other.PublicKey.Span, "one", Message, signature));
        Assert.False(ReplicaKey.Verify(key.PublicKey.Span, "two", Message, signature));
        Assert.False(ReplicaKey.Verify(key.PublicKey.Span, "one", [1, 2], signature));
        Assert.False(ReplicaKey.Verify(key.PublicKey.Span, "on", [(byte)'e', 1, 2, 3], signature));
        Assert.False(ReplicaKey.Verify(key.PublicKey.Span, "one", Message, signature.AsSpan(1)));
        Assert.False(ReplicaKey.Verify(new byte[ReplicaKey.PublicKeySize], "one", Message, signature));
    }

    [Fact]
    public void However_many_keys_there_are_each_verifies_its_own()
    {
        var keys = Enumerable.Range(0, 150).Select(_ => ReplicaKey.Create()).ToList();
        var signatures = keys.ConvertAll(key => key.Sign("one", Message));
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < keys.Count; i++) Assert.Equal(round == 0, ReplicaKey.Verify(keys[i].PublicKey.Span, "one", Message, signatures[(i + round) % keys.Count]));
        }

        keys.ForEach(key => key.Dispose());
    }

    [Fact]
    public void An_exported_key_is_the_same_key()
    {
        var identity = ReplicaIdentity.Signed();
        using var key = ReplicaKey.Import(identity.PrivateKey.Span);
        Assert.Equal(identity.Id, key.Id);
        Assert.Equal(identity.Id, ReplicaKey.IdOf(key.PublicKey.Span));
        Assert.True(ReplicaKey.IsSigned(identity.Id));
    }

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        using var large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<CryptographicException>(() => ReplicaKey.Import(large.ExportPkcs8PrivateKey()));
        Assert.Throws<CryptographicException>(() => ReplicaKey.Import([1, 2, 3]));
    }

    [Fact]
    public void No_random_id_looks_as_if_it_had_a_key() => Assert.All(Enumerable.Range(0, 200_000), _ => Assert.False(ReplicaKey.IsSigned(ReplicaId.Random())));
}
