using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Storage;
using Crdt.Sync.Compression;
using Crdt.Sync.Events;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Sync.Signatures;
using Crdt.Sync.Telemetry;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Live;

/// <summary>
/// Passes events on to a peer as they are applied here, and takes what it passes on, after a session in which both came to agree: <c>events</c> and <c>ack</c> go both ways without any question. Whatever
/// isn't as it should be, is left to the next session.
/// </summary>
internal sealed class LiveLink(ReplicaTruth truth, FramePump pump, IReadOnlyList<LiveLane> lanes, IFrameCompressor compressor, Func<CancellationToken, ValueTask> afterCommit)
{
    /// <summary>How many frames of a lane may be unconfirmed.</summary>
    private const int Window = 8;

    private const int BatchBytes = 64 * 1024;

    /// <summary>Is told how far the peer is behind.</summary>
    public IProgress<LiveProgress>? Progress { private get; init; }

    private readonly BatchWire _wire = new(truth.Schema, compressor);

    /// <summary>Goes on until the way ends, the peer greets, or a session is due.</summary>
    /// <exception cref="SessionException">The peer ended it, or sent what it may not.</exception>
    /// <exception cref="IOException">The way broke.</exception>
    public async Task<LiveEnd> RunAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        SyncTelemetry.Link(truth.Name, 1);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var due = Task.Delay(longest, truth.Time, ending.Token);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (changed, arriving) = (truth.Feed.Changed, pump.Arriving);
                // One frame, then what is new here: a peer that never stops sending is told all the same.
                var isThere = arriving.IsCompleted;
                if (isThere && await TakeNextAsync(cancellationToken).ConfigureAwait(false) is { } end) return end;
                if (!await SendNewsAsync(cancellationToken).ConfigureAwait(false) || due.IsCompleted) return LiveEnd.Due;
                Report();
                if (!isThere) await Task.WhenAny(changed, arriving, due).ConfigureAwait(false);
            }
        }
        finally
        {
            SyncTelemetry.Link(truth.Name, -1);
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes a frame that was under way when this side greeted: events are applied, and nothing is confirmed, for the session will show what is here.</summary>
    public async ValueTask TakeLateAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if (Frame.Decode(bytes) is Frame.Events events) await ApplyAsync(events, CancellationToken.None).ConfigureAwait(false);
        }
        catch (WireFormatException error)
        {
            throw new SessionException(SessionEnd.Malformed, $"The connection ended: {error.Message}.");
        }
        catch (ForgedEventException error)
        {
            throw new SessionException(SessionEnd.Forged, $"The connection ended: {error.Message}.");
        }
    }

    private async ValueTask<LiveEnd?> TakeNextAsync(CancellationToken cancellationToken)
    {
        if (await pump.ReceiveAsync(cancellationToken).ConfigureAwait(false) is not { } frame) return LiveEnd.Closed;
        if (FramePump.IsGreeting(frame))
        {
            pump.PutBack(frame);
            return LiveEnd.Greeted;
        }

        try
        {
            await TakeAsync(Frame.Decode(frame), cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (WireFormatException error)
        {
            throw await LeaveAsync(SessionEnd.Malformed, error.Message).ConfigureAwait(false);
        }
        catch (ForgedEventException error)
        {
            throw await LeaveAsync(SessionEnd.Forged, error.Message).ConfigureAwait(false);
        }
    }

    private async ValueTask TakeAsync(Frame frame, CancellationToken cancellationToken)
    {
        switch (frame)
        {
            case Frame.Ack ack when LaneOf(ack.Lane).Unconfirmed.TryDequeue(out var sent):
                await ConfirmAsync(LaneOf(ack.Lane), ack, sent.Events, sent.Own, cancellationToken).ConfigureAwait(false);
                break;
            case Frame.Events events when LaneOf(events.Lane).Takes:
                var applied = await ApplyAsync(events, cancellationToken).ConfigureAwait(false);
                await pump.SendAsync(new Frame.Ack(events.Lane, applied.Held, applied.Refused).Encode(), cancellationToken).ConfigureAwait(false);
                break;
            case Frame.Events events:
                throw await LeaveAsync(SessionEnd.Forbidden, $"the lane '{events.Lane}' may not be written here, and nothing of it was taken").ConfigureAwait(false);
            case Frame.Bye bye:
                throw new SessionException(bye.Reason, $"The peer ended the connection: {bye.Text}.");
            default:
                throw new WireFormatException($"a frame of type {frame.Type} has no place between sessions", 0);
        }
    }

    private async ValueTask<AppliedEvents> ApplyAsync(Frame.Events frame, CancellationToken cancellationToken)
    {
        var lane = LaneOf(frame.Lane);
        if (!lane.Takes) return new(new(), 0, 0, 0);
        var events = BatchWire.DecodeEvents(frame.Batch);
        foreach (var head in events.Select(bytes => EventCodec.ReadHead(bytes.Span))) lane.Peer.Advance(head.Origin, head.Last);
        var applied = await truth.ApplyAsync(frame.Lane, events, cancellationToken, new EventRules(!lane.TakesSignedOnly)).ConfigureAwait(false);
        SyncTelemetry.PassedOn(truth.Name, isSent: false, events.Count, frame.Batch.Length);
        SyncTelemetry.LeftOut(truth.Name, applied.Held, applied.Refused);
        await afterCommit(cancellationToken).ConfigureAwait(false);
        return applied;
    }

    private async ValueTask ConfirmAsync(LiveLane lane, Frame.Ack ack, int events, ulong own, CancellationToken cancellationToken)
    {
        if ((long)ack.Held + ack.Refused > events) throw new WireFormatException($"the peer has left out {(long)ack.Held + ack.Refused} of {events} events", 0);
        // What it has not taken is sent again by the next session, and so is what lies behind it.
        if (ack.Held + ack.Refused > 0) lane.Gives = false;
        if (own > 0 && lane.Gives) await truth.AcknowledgeAsync(new Dictionary<string, ulong> { [lane.Name] = own }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends what is new.</summary>
    /// <returns>Whether that can be done event by event.</returns>
    private async ValueTask<bool> SendNewsAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in lanes.Where(lane => lane.Gives))
        {
            while (lane.Unconfirmed.Count < Window && !Waits(lane))
            {
                if (truth.Feed.Of(lane.Name).Read(lane.Cursor, BatchBytes) is not { } entries) return false;
                if (entries.Count == 0) break;
                if (entries.Any(entry => entry.Vector is { } leapt && !lane.Peer.Covers(leapt))) return false;
                lane.Cursor = entries[^1].Number + 1;
                await SendAsync(lane, entries, cancellationToken).ConfigureAwait(false);
            }
        }

        return true;
    }

    // On a wide way critical lanes are confirmed at once, and on a narrow one nothing else is to be in their way.
    private bool Waits(LiveLane lane) => !lane.IsCritical && lanes.Any(other => other is { IsCritical: true, Unconfirmed.Count: > 0 });

    private async ValueTask SendAsync(LiveLane lane, IReadOnlyList<LaneFeed.Entry> entries, CancellationToken cancellationToken)
    {
        var news = entries.Where(entry => entry.Event is { } stored && lane.Peer[stored.Origin] < stored.Last).ToList();
        if (news.Count == 0) return;
        var (first, last) = (news[0].Number, news[^1].Number);
        var batches = lane.Runs.Take([.. news.Select(entry => entry.Event!)]);
        foreach (var events in batches)
        {
            // All of a run without gaps is the same for every peer.
            var isRun = last - first + 1 == news.Count && events.SequenceEqual(news.Select(entry => entry.Event!), ReferenceEqualityComparer.Instance);
            var isWhole = !lane.Runs.HasLeftOut && ReferenceEquals(events, batches[^1]);
            await SendAsync(lane, events, isRun ? (first, last) : null, isWhole, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask SendAsync(LiveLane lane, IReadOnlyList<StoredEvent> events, (long First, long Last)? run, bool isWhole, CancellationToken cancellationToken)
    {
        var own = events.Where(stored => stored.Origin == truth.Id).Select(stored => stored.Last).DefaultIfEmpty().Max();
        if (own > 0) await truth.TellAsync(lane.Name, own, cancellationToken).ConfigureAwait(false);
        foreach (var stored in events) lane.Peer.Advance(stored.Origin, stored.Last);
        lane.Own = Math.Max(lane.Own, own);
        lane.Unconfirmed.Enqueue((events.Count, isWhole ? lane.Own : 0)); // What depends on something that comes later may wait for it there, in memory only.
        var frame = run is var (first, last) ? truth.Feed.Of(lane.Name).FrameOf(first, last, compressor.Id, Make) : Make();
        await pump.SendAsync(frame, cancellationToken).ConfigureAwait(false);
        SyncTelemetry.PassedOn(truth.Name, isSent: true, events.Count, frame.Length);

        ReadOnlyMemory<byte> Make() => new Frame.Events(lane.Name, _wire.EncodeEvents(events)).Encode();
    }

    private void Report()
    {
        if (Progress is null) return;
        foreach (var lane in lanes.Where(lane => lane.Gives))
        {
            var behind = lane.Unconfirmed.Sum(sent => (long)sent.Events) + Math.Max(0, truth.Feed.Of(lane.Name).Next - lane.Cursor);
            if (behind == lane.Behind) continue;
            lane.Behind = behind;
            Progress.Report(new(lane.Name, behind));
        }
    }

    private LiveLane LaneOf(string name) => lanes.FirstOrDefault(lane => lane.Name == name) ?? throw new WireFormatException($"the lane '{name}' is not exchanged here", 0);

    /// <summary>Tells the peer why this side can't go on.</summary>
    private async ValueTask<SessionException> LeaveAsync(SessionEnd reason, string text)
    {
        await pump.SendAsync(new Frame.Bye(reason, text).Encode(), CancellationToken.None).ConfigureAwait(false);
        return new(reason, $"The connection ended: {text}.");
    }
}
