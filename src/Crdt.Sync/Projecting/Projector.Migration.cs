using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Verification;

namespace Crdt.Sync.Projecting;

internal sealed partial class Projector
{
    /// <summary>Writes what a changed schema asks for, in a database that is in step otherwise.</summary>
    /// <returns>Why the database has to be made anew; null where it hasn't.</returns>
    private async ValueTask<string?> FindUnmigratableAsync(CancellationToken cancellationToken)
    {
        if (_projection is not IProjectionMigration { Migration: { } migration } migrating) return null;
        try
        {
            string? problem = null;
            // In step, since rows that are written again have to be of the revision that is shown.
            await InStepAsync(async store => problem = await FillAsync(store, migration, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            if (problem is null) await migrating.CompleteMigrationAsync(cancellationToken).ConfigureAwait(false);
            return problem;
        }
        catch (ProjectionException error) when (!error.IsInUse)
        {
            return $"it refused what its schema has gained. {error.Message}";
        }
    }

    private async ValueTask<string?> FillAsync(IReplicaStore store, ProjectionMigration migration, CancellationToken cancellationToken)
    {
        // Others may have sent entities of a type before this program knew it. Their rows belong with those of their ends, so all is made anew.
        var counts = migration.Added.Count == 0 ? null : await store.CountAsync(cancellationToken).ConfigureAwait(false);
        if (migration.Added.FirstOrDefault(type => counts!.GetValueOrDefault(type.Id) > 0) is { } known) return $"the truth has entities of '{known.Name}', which is new in the schema";
        foreach (var type in migration.Changed) await RewriteAsync(store, type, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Writes all rows of a type again. O(entities of the type).</summary>
    private async ValueTask RewriteAsync(IReplicaStore store, EntityType type, CancellationToken cancellationToken)
    {
        var planner = new ProjectionPlanner(store, _schema);
        for (EntityId? last = EntityId.Least(type); last is { } after;)
        {
            var page = await TruthRows.ScanAsync(store, type, after, _refillLimits.Page, cancellationToken).ConfigureAwait(false);
            var batch = await planner.PlanRebuildAsync(page, _watermark, cancellationToken).ConfigureAwait(false);
            batch = batch with { CreatedNodes = [], UpdatedNodes = batch.CreatedNodes, CreatedRelationships = [], UpdatedRelationships = batch.CreatedRelationships };
            await _projection.ApplyAsync(batch, cancellationToken).ConfigureAwait(false);
            last = page.Count < _refillLimits.Page ? null : page[^1].Id;
        }
    }
}
