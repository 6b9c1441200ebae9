using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Projecting;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Verification;

/// <summary>
/// Holds every row of the graph database against the truth, while commits and queries go on. What commits have moved meanwhile is
/// looked at again while everything stands still.
/// </summary>
internal sealed class Verifier(ReplicaTruth truth, Projector projector, IProjectionAudit audit, GraphSchema schema)
{
    /// <summary>How many rows are looked at again in one go, while commits wait.</summary>
    private const int Recheck = 200;

    private readonly TruthRows _truth = new(truth, audit, schema);
    private readonly Findings _findings = new();

    public async Task<VerificationReport> RunAsync(CancellationToken cancellationToken)
    {
        var comparison = new TableComparison(_truth.ReadAsync, ReadShownAsync);
        foreach (var type in schema.Types) await VerifyAsync(comparison, type, cancellationToken).ConfigureAwait(false);
        return _findings.Report(comparison.Rows);
    }

    private async ValueTask VerifyAsync(TableComparison comparison, EntityType type, CancellationToken cancellationToken)
    {
        var moment = (truth.Revision, projector.RebuildCount);
        await projector.ProjectedAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var suspects in comparison.FindAsync(type, cancellationToken).ConfigureAwait(false))
        {
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

    /// <summary>Counts what was found while nothing moved, and looks the first ones up to say what they hold.</summary>
    private async ValueTask NameAsync(EntityType type, IReadOnlyList<Suspect> suspects, CancellationToken cancellationToken)
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
    private async ValueTask RecheckAsync(EntityType type, IReadOnlyList<Suspect> suspects, CancellationToken cancellationToken)
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
}
