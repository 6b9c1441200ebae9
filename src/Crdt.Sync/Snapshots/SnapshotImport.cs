using Crdt.Codec;
using Crdt.Sync.Frames;
using Crdt.Sync.Lanes;
using Crdt.Sync.Reconciling;
using Crdt.Sync.Sessions;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Snapshots;

/// <summary>Takes over what <see cref="SnapshotExport"/> wrote: events as they come, states in one step for each lane.</summary>
internal sealed class SnapshotImport(ReplicaTruth truth, LaneOrder lanes, Stream input)
{
    private readonly BatchWire _wire = new(truth.Schema, new Compression.PlainCompressor());
    private long _events;
    private long _entities;
    private long _refused;

    /// <exception cref="WireFormatException">The snapshot is truncated, altered or none at all. Whole events before that were applied.</exception>
    /// <exception cref="SessionException">It is of another graph, or its clock is too far ahead.</exception>
    public async ValueTask<ImportResult> RunAsync(CancellationToken cancellationToken)
    {
        if (await FrameStream.ReadAsync(input, cancellationToken).ConfigureAwait(false) is not Frame.Introduction source) throw new WireFormatException("this is no snapshot of a replica", 0);
        if (source.Schema is null) throw new WireFormatException("the snapshot lacks its schema", 0);
        if (truth.Schema.ConflictWith(source.Schema) is { } conflict) throw new SessionException(SessionEnd.SchemaConflict, $"The snapshot can't be imported: {conflict}.");
        foreach (var (standing, isFull) in source.Lanes)
        {
            if (!lanes.Has(standing.Lane)) throw new SessionException(SessionEnd.SchemaConflict, $"The snapshot has a lane '{standing.Lane}', in which this replica takes no part: open it with that lane, or export from a replica that lacks it too.");
            if (!isFull && !truth.VectorOf(standing.Lane).Covers(standing.Floor))
                return new(true, $"this replica lacks events of lane '{standing.Lane}' that come before the snapshot", 0, 0);
        }

        foreach (var (standing, isFull) in source.Lanes)
        {
            if (isFull) await TakeRowsAsync(standing.Lane, cancellationToken).ConfigureAwait(false);
            else await TakeEventsAsync(standing.Lane, cancellationToken).ConfigureAwait(false);
        }

        return new(false, null, _events, _entities) { Refused = _refused };
    }

    private async ValueTask TakeEventsAsync(string lane, CancellationToken cancellationToken)
    {
        while (await ReadAsync(lane, cancellationToken).ConfigureAwait(false) is not Frame.Done and var frame)
        {
            if (frame is not Frame.Events events) throw new WireFormatException($"a frame of type {frame.Type} has no place here", 0);
            var applied = await truth.ApplyAsync(lane, BatchWire.DecodeEvents(events.Batch), cancellationToken).ConfigureAwait(false);
            _events += applied.Events;
            _refused += applied.Refused;
        }
    }

    private async ValueTask TakeRowsAsync(string lane, CancellationToken cancellationToken)
    {
        if (await ReadAsync(lane, cancellationToken).ConfigureAwait(false) is not Frame.Freeze freeze) throw new WireFormatException("the rows of a snapshot say of which moment they are", 0);
        if (truth.LeadBeyondLimit(freeze.Clock) is { } lead) throw new SessionException(SessionEnd.ClockAhead, $"The clock of the snapshot's replica was {lead:g} ahead; export it again once that is right.");
        var own = await truth.FreezeAsync(lane, cancellationToken).ConfigureAwait(false);
        var stage = new RowStage($"{lane}/import");
        try
        {
            // What an import that was cut short left behind is of no use.
            await truth.KeepAsync(store => store.DropStageAsync(stage.Name, cancellationToken), cancellationToken).ConfigureAwait(false);
            for (var isLast = false; !isLast;)
            {
                if (await ReadAsync(lane, cancellationToken).ConfigureAwait(false) is not Frame.Rows rows) throw new WireFormatException("rows are missing", 0);
                isLast = rows.IsLast;
                await truth.KeepAsync(store => stage.AddAsync(store, _wire.DecodeRows(rows.Batch, lane, freeze.Vector, freeze.Clock), cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            // What is missing would be taken for deleted.
            if (stage.Items.Count != freeze.Count) throw new WireFormatException($"the snapshot has {stage.Items.Count} rows of lane '{lane}', and speaks of {freeze.Count}", 0);
            _entities += (await truth.JoinAsync(new(own, freeze.Vector, freeze.Clock, own.AllItems(), [.. stage.Items], stage), cancellationToken).ConfigureAwait(false)).Entities;
            await truth.ApplyAsync(lane, [], cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await truth.ReleaseAsync(own).ConfigureAwait(false);
            await truth.KeepAsync(store => stage.DropAsync(store, CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask<Frame.OfLane> ReadAsync(string lane, CancellationToken cancellationToken) =>
        await FrameStream.ReadAsync(input, cancellationToken).ConfigureAwait(false) is Frame.OfLane frame && frame.Lane == lane
            ? frame
            : throw new WireFormatException($"the snapshot of lane '{lane}' breaks off", 0);
}
