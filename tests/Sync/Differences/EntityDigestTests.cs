using Crdt.Sync.Differences;

namespace Crdt.Tests.Sync.Differences;

/// <summary>What stands for an entity when replicas are compared.</summary>
public sealed class EntityDigestTests
{
    [Fact]
    public void A_digest_is_the_head_of_SHA_256_over_the_length_of_the_id_the_id_and_the_state()
    {
        byte[] hashed = [0, 0, 0, 6, 1, 0, 0, 0, 7, 42, 9, 9, 9];
        var expected = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(System.Security.Cryptography.SHA256.HashData(hashed));
        Assert.Equal(expected, EntityDigest.Of(DigestSets.Id(42), [9, 9, 9]));
    }

    [Fact]
    public void A_byte_that_moves_from_the_state_into_the_id_makes_another_digest() =>
        Assert.NotEqual(EntityDigest.Of(DigestSets.Id(1), [2, 3]), EntityDigest.Of(DigestSets.Id(1, 2), [3]));

    [Fact]
    public void A_long_state_has_a_digest_of_all_of_it()
    {
        var state = new byte[100_000];
        var before = EntityDigest.Of(DigestSets.Id(1), state);
        state[^1] = 1;
        Assert.NotEqual(before, EntityDigest.Of(DigestSets.Id(1), state));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(5_000)]
    public void Nothing_is_allocated(int length)
    {
        var (id, state) = (DigestSets.Id(1), new byte[length]);
        EntityDigest.Of(id, state);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) EntityDigest.Of(id, state);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
