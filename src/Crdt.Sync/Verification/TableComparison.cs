using System.Runtime.CompilerServices;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Sync.Verification;

/// <summary>
/// Holds a table of the graph database against the truth. Both are read once and summed up in buckets, at the same time; the rows of buckets
/// that differ are then compared one by one, as many at a time as memory is meant to hold.
/// </summary>
/// <param name="readTruth">Reads the rows that the truth shows of a type.</param>
/// <param name="readShown">Reads the rows that the database has.</param>
internal sealed class TableComparison(TableComparison.RowSource readTruth, TableComparison.RowSource readShown)
{
    /// <summary>How many rows are held in memory at once while differing buckets are compared.</summary>
    private const int MaxHeldRows = 100_000;

    /// <summary>Gives all rows of a type, in any order.</summary>
    public delegate ValueTask RowSource(EntityType type, Action<ShownRow> take, CancellationToken cancellationToken);

    /// <summary>How many rows the truth shows of all types that were compared.</summary>
    public long Rows { get; private set; }

    /// <summary>The rows of a type that differ, in parts. A row without its match, or a second one, is extra. O(N).</summary>
    public async IAsyncEnumerable<IReadOnlyList<Suspect>> FindAsync(EntityType type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (expected, found) = (new RowSums(), new RowSums());
        await BothAsync(type, expected.Add, found.Add, cancellationToken).ConfigureAwait(false);
        Rows += expected.Rows;
        foreach (var group in Groups(expected, found)) yield return await CompareAsync(type, group, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts the buckets that differ into groups that fit into memory.</summary>
    private static IEnumerable<bool[]> Groups(RowSums expected, RowSums found)
    {
        var (group, rows) = (new bool[RowSums.Buckets], 0L);
        foreach (var bucket in expected.Differing(found))
        {
            long more = expected.CountOf(bucket) + found.CountOf(bucket);
            if (rows > 0 && rows + more > MaxHeldRows)
            {
                yield return group;
                (group, rows) = (new bool[RowSums.Buckets], 0);
            }

            group[bucket] = true;
            rows += more;
        }

        if (rows > 0) yield return group;
    }

    private async ValueTask<IReadOnlyList<Suspect>> CompareAsync(EntityType type, bool[] buckets, CancellationToken cancellationToken)
    {
        var expected = new Dictionary<EntityId, ulong>();
        var found = new List<(ShownRow Row, ulong Hash)>();
        var (expectedHash, foundHash) = (new RowHash(), new RowHash());
        await BothAsync(
            type,
            row =>
            {
                if (buckets[RowSums.BucketOf(row.Id)]) expected[row.Id] = expectedHash.Of(row);
            },
            row =>
            {
                if (buckets[RowSums.BucketOf(row.Id)]) found.Add((row with { Values = [] }, foundHash.Of(row)));
            },
            cancellationToken).ConfigureAwait(false);
        return Match(expected, found);
    }

    private static List<Suspect> Match(Dictionary<EntityId, ulong> expected, List<(ShownRow Row, ulong Hash)> found)
    {
        var suspects = new List<Suspect>();
        foreach (var (row, hash) in found)
        {
            if (!expected.Remove(row.Id, out var match)) suspects.Add(new(DifferenceKind.Extra, row.Id, row.KeyText));
            else if (hash != match) suspects.Add(new(DifferenceKind.Different, row.Id, null));
        }

        suspects.AddRange(expected.Keys.Select(id => new Suspect(DifferenceKind.Missing, id, null)));
        return suspects;
    }

    private async ValueTask BothAsync(EntityType type, Action<ShownRow> takeTruth, Action<ShownRow> takeShown, CancellationToken cancellationToken)
    {
        // One waits for the store, the other for the graph database: two engines, and most machines have two processors.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sides = new[] { StoppingAsync(readTruth, type, takeTruth, stop), StoppingAsync(readShown, type, takeShown, stop) };
        try
        {
            await Task.WhenAll(sides).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && Array.Find(sides, side => side.IsFaulted) is { } failed)
        {
            await failed.ConfigureAwait(false); // The other side was only stopped.
        }
    }

    private static async Task StoppingAsync(RowSource read, EntityType type, Action<ShownRow> take, CancellationTokenSource stop)
    {
        try
        {
            await read(type, take, stop.Token).ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
