using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Storage;
using Crdt.Sync.Frames;
using Crdt.Sync.Signatures;

namespace Crdt.Sync.Sessions;

/// <summary>
/// Events* Done in each direction, every Events confirmed once it is durable. At most <see cref="SyncSession.Window"/> frames of events
/// are unconfirmed.
/// </summary>
/// <param name="lane">The lane.</param>
/// <param name="self">This side.</param>
/// <param name="introduced">What this side had applied when it introduced itself.</param>
/// <param name="after">What the peer had applied then.</param>
/// <param name="plan">Who has something to send.</param>
/// <param name="wire">How events are put into frames.</param>
/// <param name="runs">What of the log the peer believes.</param>
internal sealed class LogExchange(string lane, ReplicaId self, VersionVector introduced, VersionVector after, LanePlan plan, BatchWire wire, SealedRuns runs) : LaneExchange(lane)
{
    private long _position;
    private readonly Queue<(int Events, ulong Own)> _unconfirmed = new();
    private readonly VersionVector _sent = after.Clone();
    private LogEnd _end;
    private ulong _delivered;
    private int _heldByPeer;
    private int _refusedByPeer;
    private bool _hasLeftOut;
    private int _applying;
    private bool _isWaiting;
    private bool _hasSentAll = !plan.Sends;
    private bool _hasReceivedAll = !plan.Receives;

    public override bool IsDone => _hasSentAll && _unconfirmed.Count == 0 && _hasReceivedAll && _applying == 0;

    public override int Unconfirmed => _unconfirmed.Count;

    public override int HeldByPeer => _heldByPeer;

    public override int RefusedByPeer => _refusedByPeer;

    public override bool HasLeftOut => _hasLeftOut || HasPeerLeftOut || _end != LogEnd.Whole;

    public override LogEnd End => _end;

    private bool HasPeerLeftOut => _heldByPeer + _refusedByPeer > 0;

    // What comes behind an event that the peer has left out may wait for it there, in memory only.
    public override ulong Delivered(ulong own) => HasPeerLeftOut || _end != LogEnd.Whole ? Confirmed(own) : own;

    public override ulong Confirmed(ulong own) => Math.Min(own, _delivered);

    public override IEnumerable<SessionAction> Start() => plan.Sends ? [ReadNext()] : [];

    public override IEnumerable<SessionAction> Receive(Frame.OfLane frame)
    {
        switch (frame)
        {
            case Frame.Events events when !_hasReceivedAll:
                _applying++;
                return [new SessionAction.Apply(Lane, BatchWire.DecodeEvents(events.Batch))];
            case Frame.Done done when !_hasReceivedAll:
                _hasReceivedAll = true;
                Note(done.End);
                return [];
            case Frame.Ack ack when _unconfirmed.Count > 0:
                Confirm(ack);
                if (!_isWaiting) return [];
                _isWaiting = false;
                return [ReadNext()];
            default:
                throw Untimely(frame);
        }
    }

    public override IEnumerable<SessionAction> LogRead(LogSlice slice)
    {
        _position = slice.Position;
        foreach (var events in runs.Take(slice.Events))
        {
            foreach (var stored in events) _sent.Advance(stored.Origin, stored.Last);
            _unconfirmed.Enqueue((events.Count, events.Where(stored => stored.Origin == self).Select(stored => stored.Last).DefaultIfEmpty().Max()));
            yield return Send(new Frame.Events(Lane, wire.EncodeEvents(events)));
        }

        _hasSentAll = slice.IsLast;
        _isWaiting = !slice.IsLast && _unconfirmed.Count >= SyncSession.Window;
        if (slice.IsLast) yield return Finish();
        else if (!_isWaiting) yield return ReadNext();
    }

    public override IEnumerable<SessionAction> Applied(int held, int refused)
    {
        _applying--;
        _hasLeftOut |= held + refused > 0;
        return [Send(new Frame.Ack(Lane, held, refused))];
    }

    // A log may be cut off while it is being sent: then states are to bring the rest.
    private SessionAction Finish()
    {
        var end = _sent.Covers(introduced) ? LogEnd.Whole : runs.HasLeftOut ? LogEnd.KeptBack : LogEnd.CutOff;
        Note(end);
        return Send(new Frame.Done(Lane, end));
    }

    private void Note(LogEnd end) => _end = end > _end ? end : _end;

    private void Confirm(Frame.Ack ack)
    {
        var (events, own) = _unconfirmed.Dequeue();
        if ((long)ack.Held + ack.Refused > events) throw new WireFormatException($"the peer has left out {(long)ack.Held + ack.Refused} of {events} events", 0);
        (_heldByPeer, _refusedByPeer) = (_heldByPeer + ack.Held, _refusedByPeer + ack.Refused);
        if (!HasPeerLeftOut) _delivered = Math.Max(_delivered, own);
    }

    private SessionAction ReadNext() => new SessionAction.ReadLog(Lane, after, _position);
}
