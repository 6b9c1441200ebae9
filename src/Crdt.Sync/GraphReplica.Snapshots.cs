using Crdt.Codec;
using Crdt.Sync.Sessions;
using Crdt.Sync.Snapshots;

namespace Crdt.Sync;

public sealed partial class GraphReplica
{
    /// <summary>How far this replica is, for an incremental snapshot that is to go on from here. O(events of the log).</summary>
    public ValueTask<SyncPoint> GetSyncPointAsync(CancellationToken cancellationToken = default) => _truth.PointAsync(cancellationToken);

    /// <summary>
    /// Writes a snapshot of this replica that others can import: everything, or only the events since a point. It serves where there is no connection, and
    /// as a backup.
    /// </summary>
    /// <param name="output">Where to write it.</param>
    /// <param name="since">How far the receiver is; null for everything.</param>
    /// <param name="cancellationToken">Ends it; what was written is then of no use.</param>
    /// <returns>What was written: nothing, where the point is unknown here or was altered and a full snapshot is needed.</returns>
    public async Task<ExportResult> ExportAsync(Stream output, SyncPoint? since = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return await new SnapshotExport(_truth, _lanes, output).RunAsync(since, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes over a snapshot that another replica exported. It merges with what is here, like a session would.</summary>
    /// <param name="input">The snapshot.</param>
    /// <param name="cancellationToken">Ends it; events applied until then are kept, states are taken over lane by lane.</param>
    /// <exception cref="WireFormatException">The snapshot is truncated, altered or none at all. Events before that were applied.</exception>
    /// <exception cref="SessionException">It is of another graph, or its clock is too far ahead.</exception>
    public async Task<ImportResult> ImportAsync(Stream input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        try
        {
            return await new SnapshotImport(_truth, _lanes, input).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await AfterCommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
