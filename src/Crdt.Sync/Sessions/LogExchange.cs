using Crdt.Clocks;
using Crdt.Storage;
using Crdt.Sync.Frames;

namespace Crdt.Sync.Sessions;

/// <summary>
/// Events* Done in each direction, every Events confirmed once it is durable. At most <see cref="SyncSession.Window"/> frames of events
/// are unconfirmed.
/// </summary>
/// <param name="lane">The lane.</param>
/// <param name="after">What the peer has applied.</param>
/// <param name="plan">Who has something to send.</param>
/// <param name="wire">How events are put into frames.</param>
internal sealed class LogExchange(string lane, VersionVector after, LanePlan plan, BatchWire wire) : LaneExchange(lane)
{
    private long _position;
    private int _unconfirmed;
    private int _applying;
    private bool _isWaiting;
    private bool _hasSentAll = !plan.Sends;
    private bool _hasReceivedAll = !plan.Receives;

    public override bool IsDone => _hasSentAll && _unconfirmed == 0 && _hasReceivedAll && _applying == 0;

    public override int Unconfirmed => _unconfirmed;

    public override IEnumerable<SessionAction> Start() => plan.Sends ? [ReadNext()] : [];

    public override IEnumerable<SessionAction> Receive(Frame.OfLane frame)
    {
        switch (frame)
        {
            case Frame.Events events when !_hasReceivedAll:
                _applying++;
                return [new SessionAction.Apply(Lane, BatchWire.DecodeEvents(events.Batch))];
            case Frame.Done when !_hasReceivedAll:
                _hasReceivedAll = true;
                return [];
            case Frame.Ack when _unconfirmed > 0:
                _unconfirmed--;
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
        if (slice.Events.Count > 0)
        {
            _unconfirmed++;
            yield return Send(new Frame.Events(Lane, wire.EncodeEvents(slice.Events)));
        }

        _hasSentAll = slice.IsLast;
        _isWaiting = !slice.IsLast && _unconfirmed >= SyncSession.Window;
        if (slice.IsLast) yield return Send(new Frame.Done(Lane));
        else if (!_isWaiting) yield return ReadNext();
    }

    public override IEnumerable<SessionAction> Applied()
    {
        _applying--;
        return [Send(new Frame.Ack(Lane))];
    }

    private SessionAction ReadNext() => new SessionAction.ReadLog(Lane, after, _position);
}
