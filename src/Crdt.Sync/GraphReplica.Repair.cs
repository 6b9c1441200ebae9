using Crdt.Projection;
using Crdt.Sync.Projecting;
using Crdt.Sync.Verification;

namespace Crdt.Sync;

public sealed partial class GraphReplica
{
    /// <summary>
    /// The times that the graph database was made anew since the replica was opened, each with its reason, the newest last; at most
    /// 32. Empty where there was no doubt about it.
    /// </summary>
    public IReadOnlyList<ProjectionRebuild> Rebuilds => _projector?.Rebuilds ?? [];

    /// <summary>How far the graph database has come that is being made anew; null where none is, and while what is there is still being looked at.</summary>
    public RebuildProgress? Rebuilding => _projector?.Rebuilding;

    /// <summary>
    /// Compares every row of the graph database with the truth, in every column. Commits, sessions and queries go on meanwhile: what they
    /// have moved is looked at again, 200 rows at a time while commits wait. It changes nothing; <see cref="RebuildAsync"/> repairs.
    /// </summary>
    /// <remarks>
    /// Both sides are read once in pages of some thousand rows, and again for each 100,000 rows that lie near a difference. Memory is
    /// bounded by a page and those rows, whatever the size of the graph; time is O(N), and <c>docs/kuzu.md</c> has measurements.
    /// </remarks>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>What differs: counts of all, and the first hundred by name.</returns>
    /// <exception cref="InvalidOperationException">The replica was opened without a graph database, or with one that can't be read back.</exception>
    /// <exception cref="ProjectionException">The graph database can't be read, or refuses what was committed: rebuild it.</exception>
    public async Task<VerificationReport> VerifyAsync(CancellationToken cancellationToken = default)
    {
        var verifier = new Verifier(_truth, RequireProjector(), RequireAudit(), Schema);
        await RequireProjector().SettledAsync(cancellationToken).ConfigureAwait(false);
        return await verifier.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes the graph database anew from the truth. It waits for queries that are being read to end, so don't await it while reading one; queries that begin meanwhile wait until it is
    /// done. Commits and sessions go on, up to <see cref="GraphReplicaOptions.MaxProjectionLag"/> changed entities.
    /// </summary>
    /// <param name="progress">Is told after each 10,000 entities, in a browser 2,000, how far it has come; so does <see cref="Rebuilding"/>.</param>
    /// <param name="cancellationToken">Ends it early; whoever needs the database next begins it again.</param>
    /// <exception cref="InvalidOperationException">The replica was opened without a graph database.</exception>
    /// <exception cref="ProjectionException">The database can't be created or refuses the rows, for instance because the disk is full.</exception>
    public async Task RebuildAsync(IProgress<RebuildProgress>? progress = null, CancellationToken cancellationToken = default) =>
        await RequireProjector().RebuildAsync("it was asked for", progress, cancellationToken).ConfigureAwait(false);

    private Projector RequireProjector() =>
        _projector ?? throw new InvalidOperationException("This replica has no graph database; open it with UseKuzu() to verify or rebuild one.");

    private IProjectionAudit RequireAudit() =>
        _projection as IProjectionAudit ?? throw new InvalidOperationException("This replica's graph database can't be read back, so it can't be verified; rebuild it if in doubt.");
}
