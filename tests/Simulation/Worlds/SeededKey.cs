using System.Buffers.Binary;
using System.Security.Cryptography;
using Crdt.Signing;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>Keys that a seed says. The signatures are others each time all the same, but as long.</summary>
internal static class SeededKey
{
    public static ReplicaIdentity Of(UInt128 drawn)
    {
        Span<byte> seed = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(seed, drawn);
        var secret = SHA256.HashData(seed);
        secret[0] &= 0x7F; // Below the order of the curve, which begins with 32 bits that are set.
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
        using var replica = ReplicaKey.Import(key.ExportPkcs8PrivateKey());
        return new(replica.Id, replica.Export());
    }
}
