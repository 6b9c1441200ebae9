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
    private readonly RowHash _hash = new();

    /// <summary>How many rows were added.</summary>
    public long Rows { get; private set; }

    public void Add(ShownRow row)
    {
        var bucket = BucketOf(row.Id);
        _sums[bucket] += _hash.Of(row);
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
}
