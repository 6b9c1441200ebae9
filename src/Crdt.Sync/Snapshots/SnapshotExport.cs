using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Compression;
using Crdt.Sync.Frames;
using Crdt.Sync.Lanes;
using Crdt.Sync.Reconciling;
using Crdt.Sync.Sessions;
using Crdt.Sync.Signatures;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Snapshots;

/// <summary>
/// Writes what a replica has, or what it has beyond a point, as the frames of one side of a session:
/// <c>introduction { events* done | freeze rows+ }*</c>, lane by lane. The introduction's floors say what it begins after.
/// </summary>
internal sealed class SnapshotExport(ReplicaTruth truth, LaneOrder lanes, Stream output)
{
    private const int SliceBytes = 1024 * 1024;
    private const int Page = 1000;

    // Whoever imports it is not known, so it is compressed with what every host but a browser has.
    private readonly BatchWire _wire = new(truth.Schema, CompressorChoice.Find(truth.Codecs.Span.Contains(BrotliCompressor.WireId) ? BrotliCompressor.WireId : PlainCompressor.WireId)!);
    private long _events;
    private long _entities;

    public async ValueTask<ExportResult> RunAsync(SyncPoint? since, CancellationToken cancellationToken)
    {
        var self = await truth.IntroduceAsync(lanes, PeerAccess.Full, cancellationToken).ConfigureAwait(false);
        var until = await truth.PointAsync(cancellationToken).ConfigureAwait(false);
        if (since is not null && Unknown(since, self) is { } reason) return new(true, reason, 0, 0, until);
        var bases = self.Lanes.Select(lane => lane with { Standing = lane.Standing with { Floor = BaseOf(lane, since) }, HasStaged = since is null });
        await FrameStream.WriteAsync(output, self with { Lanes = [.. bases] }, cancellationToken).ConfigureAwait(false);
        foreach (var lane in self.Lanes.Select(lane => lane.Standing.Lane))
        {
            if (since is null) await WriteAllAsync(lane, cancellationToken).ConfigureAwait(false);
            else await WriteEventsAsync(lane, since.Lanes.First(point => point.Lane == lane).Vector, cancellationToken).ConfigureAwait(false);
        }

        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return new(false, null, _events, _entities, until);
    }

    private static VersionVector BaseOf(LaneIntroduction lane, SyncPoint? since) => since?.Lanes.First(point => point.Lane == lane.Standing.Lane).Vector ?? new();

    /// <summary>Why a point can't be gone on from; null where it can.</summary>
    private static string? Unknown(SyncPoint since, Frame.Introduction self)
    {
        if (!since.IsIntact) return "the sync point was altered: its checksum is not that of its content";
        foreach (var (standing, _) in self.Lanes)
        {
            if (since.Lanes.FirstOrDefault(lane => lane.Lane == standing.Lane) is not { } point) return $"the sync point knows no lane '{standing.Lane}'";
            if (!standing.Vector.Covers(point.Vector)) return $"the sync point of lane '{standing.Lane}' is ahead of this replica, which does not know it";
            if (!LanePlan.Serves(standing, point.Vector)) return $"the log of lane '{standing.Lane}' no longer goes back to the sync point";
            if (standing.Vector.Equals(point.Vector) && standing.Root != point.Root) return $"the sync point of lane '{standing.Lane}' has applied the same events and held different data";
        }

        return null;
    }

    private async ValueTask WriteEventsAsync(string lane, VersionVector after, CancellationToken cancellationToken)
    {
        var runs = new SealedRuns();
        for (var position = 0L; ;)
        {
            var from = position;
            var slice = await truth.ReadLogAsync(lane, after, from, SliceBytes, cancellationToken).ConfigureAwait(false);
            foreach (var events in runs.Take(slice.Events))
            {
                _events += events.Count;
                await FrameStream.WriteAsync(output, new Frame.Events(lane, _wire.EncodeEvents(events)), cancellationToken).ConfigureAwait(false);
            }

            if (slice.IsLast) break;
            position = slice.Position;
        }

        await FrameStream.WriteAsync(output, new Frame.Done(lane), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask WriteAllAsync(string lane, CancellationToken cancellationToken)
    {
        var snapshot = await truth.FreezeAsync(lane, cancellationToken).ConfigureAwait(false);
        try
        {
            await FrameStream.WriteAsync(output, new Frame.Freeze(lane, snapshot.Vector, snapshot.Clock, snapshot.Tree.Count, snapshot.Tree.Root), cancellationToken).ConfigureAwait(false);
            var rows = new Queue<StoredEntity>();
            for (EntityId? next = default(EntityId); next is { } after;)
            {
                (var page, next) = await truth.ScanFrozenAsync(snapshot, after, Page, cancellationToken).ConfigureAwait(false);
                foreach (var row in page) rows.Enqueue(row);
                _entities += page.Count;
                await WriteRowsAsync(lane, rows, next is null, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await truth.ReleaseAsync(snapshot).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteRowsAsync(string lane, Queue<StoredEntity> rows, bool isEnd, CancellationToken cancellationToken)
    {
        while (rows.Count >= Page || isEnd)
        {
            var batch = _wire.EncodeRows(rows);
            await FrameStream.WriteAsync(output, new Frame.Rows(lane, batch, isEnd && rows.Count == 0), cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0) return;
        }
    }
}
