using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Projecting;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Verification;

/// <summary>
/// Looks for reasons to doubt a graph database that was just opened, in a time that openings can bear: the rows of each table are
/// counted, and some of them compared.
/// </summary>
internal sealed class OpeningCheck(ReplicaTruth truth, Projector projector, IProjectionAudit audit, GraphSchema schema)
{
    /// <summary>How many rows of each table are taken from all over it, to be compared with the truth.</summary>
    private const int Sample = 64;

    /// <summary>From how many of them the truth is followed, for how many entities each, to be looked for in the table.</summary>
    private const int Walks = 8, Steps = 8;

    /// <summary>From how many nodes all over their table relationships are followed: a damaged list of neighbours shows none, so what is shown doesn't lead to it.</summary>
    private const int Sources = 32, StepsFromSource = 4;

    private readonly TruthRows _truth = new(truth, audit, schema);

    /// <summary>The first reason to doubt the database; null where there is none. Commits wait for it.</summary>
    public async ValueTask<string?> FindDoubtAsync(CancellationToken cancellationToken)
    {
        string? doubt = null;
        try
        {
            await projector.InStepAsync(async store =>
            {
                var counts = await store.CountAsync(cancellationToken).ConfigureAwait(false);
                foreach (var type in schema.Types)
                {
                    doubt ??= await CheckCountAsync(store, type, counts.GetValueOrDefault(type.Id), cancellationToken).ConfigureAwait(false)
                        ?? await CheckSampleAsync(store, type, cancellationToken).ConfigureAwait(false);
                }
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (ProjectionException error) when (!error.IsInUse)
        {
            return error.Message;
        }

        return doubt;
    }

    /// <summary>
    /// A table can't have more rows than entities are alive. It may have fewer: of nodes where the engine can't hold their keys, which is
    /// rare enough to count them one by one then, and of relationships where an end was deleted or a multiplicity hides them, which only the sample looks into.
    /// </summary>
    private async ValueTask<string?> CheckCountAsync(IReplicaStore store, EntityType type, long alive, CancellationToken cancellationToken)
    {
        var rows = await audit.CountRowsAsync(type, cancellationToken).ConfigureAwait(false);
        if (rows == alive || (rows < alive && type.IsRelationship)) return null;
        var expected = rows > alive ? alive : await _truth.CountAsync(store, type, cancellationToken).ConfigureAwait(false);
        return rows == expected ? null : $"the table '{type.Table}' has {rows} rows, and the truth shows {expected}";
    }

    private async ValueTask<string?> CheckSampleAsync(IReplicaStore store, EntityType type, CancellationToken cancellationToken)
    {
        var seed = unchecked((int)((truth.Revision * 31) + truth.Time.GetUtcNow().Ticks));
        var sample = await audit.SampleRowsAsync(type, Sample, seed, cancellationToken).ConfigureAwait(false);
        if (sample.FirstOrDefault(row => row.KeyText is not null) is { } damaged) return $"the table '{type.Table}' has a row for {damaged.KeyText}, which is no key";
        var shown = await _truth.FindAsync(store, type, [.. sample.Select(row => row.Id)], cancellationToken).ConfigureAwait(false);
        if (Compare(type, shown, sample) is { } doubt) return doubt;

        var near = new List<EntityId>();
        foreach (var start in sample.Take(Walks).Select(row => row.Id).Prepend(EntityId.Least(type))) await WalkAsync(start, Steps).ConfigureAwait(false);
        if (type.IsRelationship)
        {
            var sources = await audit.SampleRowsAsync(type.Source, Sources, seed, cancellationToken).ConfigureAwait(false);
            foreach (var source in sources.Where(row => row.KeyText is null)) await WalkAsync(EntityId.LeastFrom(type, source.Id), StepsFromSource).ConfigureAwait(false);
        }

        var expected = await _truth.FindAsync(store, type, [.. near.Distinct()], cancellationToken).ConfigureAwait(false);
        return Compare(type, expected, await audit.FindRowsAsync(type, [.. expected.Select(row => row.Id)], cancellationToken).ConfigureAwait(false));

        async ValueTask WalkAsync(EntityId start, int steps) =>
            near.AddRange((await TruthRows.ScanAsync(store, type, start, steps, cancellationToken).ConfigureAwait(false)).Select(entity => entity.Id));
    }

    /// <summary>The first difference between rows that should be the same, in whatever order; null where there is none.</summary>
    private string? Compare(EntityType type, IReadOnlyList<ShownRow> expected, IReadOnlyList<ShownRow> found)
    {
        var left = expected.ToDictionary(row => row.Id);
        var findings = new Findings();
        foreach (var row in found)
        {
            if (!left.Remove(row.Id, out var match)) findings.Add(DifferenceKind.Extra, type, row);
            else if (Findings.Compare(audit.ColumnsOf(type), match, row) is { Count: > 0 } columns) findings.Add(DifferenceKind.Different, type, row, columns);
        }

        foreach (var row in left.Values) findings.Add(DifferenceKind.Missing, type, row);
        return findings.Report(0).Differences is [var first, ..] ? $"a sample of '{type.Table}' differs from the truth. {first}" : null;
    }
}
