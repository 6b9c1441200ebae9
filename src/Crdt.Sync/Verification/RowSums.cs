using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Crdt.Entities;
using Crdt.Projection;

namespace Crdt.Sync.Verification;

/// <summary>
/// A table in a few kilobytes: rows fall into buckets by their entity, and each bucket holds the sum of its rows' hashes. Two
/// tables with equal sums are equal, in whatever order they were read; where a bucket differs, only its rows need be looked at.
/// </summary>
internal sealed class RowSums
{
    public const int Buckets = 4096;

    private readonly ulong[] _sums = new ulong[Buckets];
    private readonly int[] _counts = new int[Buckets];

    /// <summary>How many rows were added.</summary>
    public long Rows { get; private set; }

    public void Add(ShownRow row)
    {
        var bucket = BucketOf(row.Id);
        _sums[bucket] += HashOf(row);
        _counts[bucket]++;
        Rows++;
    }

    /// <summary>How many rows a bucket holds.</summary>
    public int CountOf(int bucket) => _counts[bucket];

    /// <summary>The buckets in which two tables differ.</summary>
    public IReadOnlyList<int> Differing(RowSums other) =>
        [.. Enumerable.Range(0, Buckets).Where(bucket => _sums[bucket] != other._sums[bucket] || _counts[bucket] != other._counts[bucket])];

    // The hash of an id differs from process to process, which is no matter: sums don't outlive one.
    public static int BucketOf(EntityId id) => (int)((uint)id.GetHashCode() % Buckets);

    /// <summary>The hash of a row. Only chance can make two rows equal here; the damage that this looks for has no intent.</summary>
    public static ulong HashOf(ShownRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(row.Id.Bytes);
        Append(hash, row.KeyText ?? "");
        foreach (var value in row.Values) Append(hash, value);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }

    private static void Append(IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        hash.AppendData(length);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
