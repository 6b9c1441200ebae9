using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Projecting;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Verification;

/// <summary>
/// Holds every row of the graph database against the truth. Both are read once, a page at a time, while commits and queries go on,
/// and summed up in buckets; the rows of buckets that differ are then compared one by one. What commits have moved meanwhile is
/// looked at again while everything stands still.
/// </summary>
internal sealed class Verifier(ReplicaTruth truth, Projector projector, IProjectionAudit audit, GraphSchema schema)
{
    /// <summary>How many rows are held in memory at once while differing buckets are compared.</summary>
    private const int MaxHeldRows = 100_000;

    /// <summary>How many rows are looked at again in one go, while commits wait.</summary>
    private const int Recheck = 200;

    private readonly TruthRows _truth = new(truth, projector, audit, schema);
    private readonly Findings _findings = new();
    private long _rows;

    public async Task<VerificationReport> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var type in schema.Types) await VerifyAsync(type, cancellationToken).ConfigureAwait(false);
        return _findings.Report(_rows);
    }

    private async ValueTask VerifyAsync(EntityType type, CancellationToken cancellationToken)
    {
        var moment = (truth.Revision, projector.RebuildCount);
        await projector.ProjectedAsync(cancellationToken).ConfigureAwait(false);
        var (expected, found) = (new RowSums(), new RowSums());
        await foreach (var row in _truth.ReadAsync(type, cancellationToken).ConfigureAwait(false)) expected.Add(row);
        await ReadShownAsync(type, found.Add, cancellationToken).ConfigureAwait(false);
        _rows += expected.Rows;
        foreach (var group in Groups(expected, found))
        {
            var suspects = await CompareAsync(type, group, cancellationToken).ConfigureAwait(false);
            if (moment == (truth.Revision, projector.RebuildCount)) await NameAsync(type, suspects, cancellationToken).ConfigureAwait(false);
            else await RecheckAsync(type, suspects, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a table of the database. Batches are written between two pages.</summary>
    private async ValueTask ReadShownAsync(EntityType type, Action<ShownRow> take, CancellationToken cancellationToken)
    {
        for (long? position = 0; position is { } at;)
        {
            var page = await projector.BetweenBatchesAsync(() => audit.ReadRowsAsync(type, at, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var row in page.Rows) take(row);
            position = page.Next;
        }
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

    /// <summary>The rows of some buckets that differ. A row without its match, or a second one, is extra.</summary>
    private async ValueTask<List<Suspect>> CompareAsync(EntityType type, bool[] buckets, CancellationToken cancellationToken)
    {
        var expected = new Dictionary<EntityId, ulong>();
        await foreach (var row in _truth.ReadAsync(type, cancellationToken).ConfigureAwait(false))
        {
            if (buckets[RowSums.BucketOf(row.Id)]) expected[row.Id] = RowSums.HashOf(row);
        }

        var suspects = new List<Suspect>();
        await ReadShownAsync(type, row =>
        {
            if (!buckets[RowSums.BucketOf(row.Id)]) return;
            if (!expected.Remove(row.Id, out var hash)) suspects.Add(new(DifferenceKind.Extra, row.Id, row.KeyText));
            else if (hash != RowSums.HashOf(row)) suspects.Add(new(DifferenceKind.Different, row.Id, null));
        }, cancellationToken).ConfigureAwait(false);
        suspects.AddRange(expected.Keys.Select(id => new Suspect(DifferenceKind.Missing, id, null)));
        return suspects;
    }

    /// <summary>Counts what was found while nothing moved, and looks the first ones up to say what they hold.</summary>
    private async ValueTask NameAsync(EntityType type, List<Suspect> suspects, CancellationToken cancellationToken)
    {
        var named = suspects.Take(_findings.Room).ToList();
        var pairs = await LookUpAsync(type, named, cancellationToken).ConfigureAwait(false);
        foreach (var suspect in named)
        {
            var columns = suspect.Kind == DifferenceKind.Different && pairs.GetValueOrDefault(suspect.Id) is ({ } expected, { } found)
                ? Findings.Compare(audit.ColumnsOf(type), expected, found)
                : null;
            _findings.Add(suspect.Kind, type, new(suspect.Id, [], suspect.KeyText), columns);
        }

        foreach (var suspect in suspects.Skip(named.Count)) _findings.Count(suspect.Kind);
    }

    /// <summary>Counts what still differs while everything stands still.</summary>
    private async ValueTask RecheckAsync(EntityType type, List<Suspect> suspects, CancellationToken cancellationToken)
    {
        foreach (var part in suspects.Chunk(Recheck))
        {
            foreach (var unreadable in part.Where(suspect => suspect.KeyText is not null)) _findings.Add(unreadable.Kind, type, new(default, [], unreadable.KeyText));
            foreach (var (expected, found) in (await LookUpAsync(type, part, cancellationToken).ConfigureAwait(false)).Values)
            {
                if (expected is null) _findings.Add(DifferenceKind.Extra, type, found!);
                else if (found is null) _findings.Add(DifferenceKind.Missing, type, expected);
                else if (Findings.Compare(audit.ColumnsOf(type), expected, found) is { Count: > 0 } columns) _findings.Add(DifferenceKind.Different, type, found, columns);
            }
        }
    }

    /// <summary>What the truth shows and what the database has, by entity, at one moment.</summary>
    private async ValueTask<Dictionary<EntityId, (ShownRow? Expected, ShownRow? Found)>> LookUpAsync(
        EntityType type, IEnumerable<Suspect> suspects, CancellationToken cancellationToken)
    {
        var ids = suspects.Where(suspect => suspect.KeyText is null).Select(suspect => suspect.Id).Distinct().ToList();
        var pairs = new Dictionary<EntityId, (ShownRow? Expected, ShownRow? Found)>();
        if (ids.Count == 0) return pairs;
        await projector.InStepAsync(async store =>
        {
            foreach (var row in await _truth.FindAsync(store, type, ids, cancellationToken).ConfigureAwait(false)) pairs[row.Id] = (row, null);
            foreach (var row in await audit.FindRowsAsync(type, ids, cancellationToken).ConfigureAwait(false)) pairs[row.Id] = (pairs.GetValueOrDefault(row.Id).Expected, row);
        }, cancellationToken).ConfigureAwait(false);
        return pairs;
    }

    /// <summary>A row that differed when it was read.</summary>
    private readonly record struct Suspect(DifferenceKind Kind, EntityId Id, string? KeyText);
}
