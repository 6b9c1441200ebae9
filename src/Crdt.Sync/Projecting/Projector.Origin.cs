using Crdt.Clocks;
using Crdt.Projection;

namespace Crdt.Sync.Projecting;

internal sealed partial class Projector
{
    /// <summary>
    /// Why a watermark can't be followed, whatever its number: the database shows another truth. Where it shows this one, takes it for the
    /// present incarnation's.
    /// </summary>
    private async ValueTask<string?> FindStrayAsync(CancellationToken cancellationToken)
    {
        if (_projection is not IProjectionOrigin database) return null;
        if (_watermark > 0 && !Shares(database.Origin)) return StrayReason(database.Origin);
        try
        {
            await MarkOriginAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ProjectionException error) when (!error.IsInUse)
        {
            return $"it refused to note whose truth it shows. {error.Message}";
        }
    }

    private async ValueTask MarkOriginAsync(CancellationToken cancellationToken)
    {
        if (_projection is IProjectionOrigin database && database.Origin != _truth.Id) await database.MarkOriginAsync(_truth.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether the truth had, under an id, the revision that the database shows. What was committed under a former id is this truth's up
    /// to the commit after which the next id began; what came later was committed by a store that this one is a copy of.
    /// </summary>
    private bool Shares(ReplicaId? origin)
    {
        var incarnations = _truth.Incarnations;
        // A database that says nothing is of a version in which no store changed its id.
        var found = origin is null ? 0 : incarnations.ToList().FindIndex(incarnation => incarnation.Replica == origin);
        return found >= 0 && (found == incarnations.Count - 1 || _watermark <= incarnations[found + 1].Revision);
    }

    private string StrayReason(ReplicaId? origin) =>
        $"it shows revision {_watermark} of the replica {origin?.ToString() ?? "that the store was"}, which this truth doesn't share: one of them was copied or restored from a backup";
}
