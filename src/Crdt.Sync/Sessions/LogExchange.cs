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
    private LogEnd _ownEnd;
    private LogEnd _peerEnd;
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

    public override bool HasLeftOut => _hasLeftOut || HasPeerLeftOut || End != LogEnd.Whole;

    public override bool GivesAll => !_hasLeftOut && !HasPeerLeftOut && _ownEnd == LogEnd.Whole && _peerEnd != LogEnd.CutOff;

    public override LogEnd End => _ownEnd > _peerEnd ? _ownEnd : _peerEnd;

    private bool HasPeerLeftOut => _heldByPeer + _refusedByPeer > 0;

    // What comes behind an event that the peer has left out may wait for it there, in memory only.
    public override ulong Delivered(ulong own) => HasPeerLeftOut || End != LogEnd.Whole ? Confirmed(own) : own;

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
                _peerEnd = done.End;
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
        var batches = runs.Take(slice.Events);
        foreach (var events in batches)
        {
            foreach (var stored in events) _sent.Advance(stored.Origin, stored.Last);
            // What depends on something that stays here, or comes later, waits for it there, in memory only.
            _unconfirmed.Enqueue((events.Count, runs.HasLeftOut || !ReferenceEquals(events, batches[^1]) ? 0 : _sent[self]));
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
        _ownEnd = _sent.Covers(introduced) ? LogEnd.Whole : runs.HasLeftOut ? LogEnd.KeptBack : LogEnd.CutOff;
        return Send(new Frame.Done(Lane, _ownEnd));
    }

    private void Confirm(Frame.Ack ack)
    {
        var (events, own) = _unconfirmed.Dequeue();
        if ((long)ack.Held + ack.Refused > events) throw new WireFormatException($"the peer has left out {(long)ack.Held + ack.Refused} of {events} events", 0);
        (_heldByPeer, _refusedByPeer) = (_heldByPeer + ack.Held, _refusedByPeer + ack.Refused);
        if (!HasPeerLeftOut) _delivered = Math.Max(_delivered, own);
    }

    private SessionAction ReadNext() => new SessionAction.ReadLog(Lane, after, _position);
}
