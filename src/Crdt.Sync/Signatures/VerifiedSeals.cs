using System.Buffers.Binary;
using System.Security.Cryptography;
using Crdt.Clocks;

namespace Crdt.Sync.Signatures;

/// <summary>
/// The seals that were found to hold lately, in this process. The same event comes from several peers, and to several replicas of one process; and whoever repeats what was said before makes nobody verify it again.
/// Safe for use from several threads.
/// </summary>
internal static class VerifiedSeals
{
    private const int Most = 4096;

    private static readonly HashSet<(UInt128, UInt128)> Known = new(Most);
    private static readonly Queue<(UInt128, UInt128)> Order = new(Most);
    private static readonly Lock Guard = new();

    /// <summary>Whether a seal is that of an origin, over a hash; see <see cref="SealedEvent.Verify"/>.</summary>
    public static bool Verify(ReadOnlySpan<byte> seal, ReplicaId origin, ReadOnlySpan<byte> hash)
    {
        if (!SealedEvent.IsSeal(seal.Length)) return false;
        hash = SealedEvent.EndOfPath(seal, hash);
        seal = seal[..SealedEvent.SealSize];
        var digest = DigestOf(seal, origin, hash);
        lock (Guard)
        {
            if (Known.Contains(digest)) return true;
        }

        if (!SealedEvent.Verify(seal, origin, hash)) return false;
        lock (Guard)
        {
            if (!Known.Add(digest)) return true;
            Order.Enqueue(digest);
            if (Order.Count > Most) Known.Remove(Order.Dequeue());
        }

        return true;
    }

    private static (UInt128 High, UInt128 Low) DigestOf(ReadOnlySpan<byte> seal, ReplicaId origin, ReadOnlySpan<byte> hash)
    {
        Span<byte> all = stackalloc byte[SealedEvent.SealSize + ReplicaId.Size + SealedEvent.HashSize];
        seal.CopyTo(all);
        origin.Write(all[SealedEvent.SealSize..]);
        hash.CopyTo(all[(SealedEvent.SealSize + ReplicaId.Size)..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(all, digest);
        return (BinaryPrimitives.ReadUInt128BigEndian(digest), BinaryPrimitives.ReadUInt128BigEndian(digest[16..]));
    }
}
