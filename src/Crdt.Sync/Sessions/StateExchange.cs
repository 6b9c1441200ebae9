using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Frames;
using Crdt.Sync.Reconciling;

namespace Crdt.Sync.Sessions;

/// <summary>
/// What exchanges of states have in common: this side's lane and the peer's are frozen, rows go both ways under flow control, the peer's are
/// put aside, and are joined in one step once all are there. Until then, nothing has changed.
/// </summary>
internal abstract class StateExchange(string lane, BatchWire wire) : LaneExchange(lane)
{
    private readonly HashSet<ulong> _received = [];
    private LaneSnapshot? _own;
    private bool _isStaging;
    private bool _hasReceivedAll;
    private bool _hasJoined;
    private bool _peerHasJoined;

    public override bool IsDone => (_hasJoined || !Receives) && (_peerHasJoined || !Sends) && (Sender.HasSentAll || !Sends) && Sender.Unconfirmed == 0;

    public override int Unconfirmed => Sender.Unconfirmed;

    public override ulong Confirmed(ulong own) => _peerHasJoined ? own : 0;

    protected abstract bool Sends { get; }

    protected abstract bool Receives { get; }

    /// <summary>Whether both sides say as of which moment they speak, also the one that sends no rows.</summary>
    protected virtual bool BothFreeze => false;

    /// <summary>Whether it is known which rows the peer has to send.</summary>
    protected abstract bool AwaitsRows { get; }

    /// <summary>Whether the peer sends all that it has.</summary>
    protected virtual bool IsWhole => false;

    protected RowSender Sender { get; } = new(lane, wire);

    protected LaneSnapshot Own => _own ?? throw new InvalidOperationException("The lane is not frozen yet.");

    protected Frame.Freeze? Theirs { get; private set; }

    /// <summary>The peer's rows that are put aside from an earlier session, by their items.</summary>
    protected IReadOnlySet<ulong> Staged { get; private set; } = new HashSet<ulong>();

    /// <summary>The items that this side has and the peer has not.</summary>
    protected HashSet<ulong> OnlyHere { get; set; } = [];

    /// <summary>The items that the peer has and this side has not; null while that is not known but from the rows that come.</summary>
    protected HashSet<ulong>? OnlyThere { get; set; }

    public override IEnumerable<SessionAction> Start() => [new SessionAction.Freeze(Lane)];

    public override IEnumerable<SessionAction> Frozen(LaneSnapshot snapshot, IReadOnlySet<ulong> staged)
    {
        (_own, Staged) = (snapshot, staged);
        if (Sends || BothFreeze) yield return Send(new Frame.Freeze(Lane, snapshot.Vector, snapshot.Clock, snapshot.Tree.Count, snapshot.Tree.Root));
        foreach (var action in Begin()) yield return action;
    }

    public override IEnumerable<SessionAction> Receive(Frame.OfLane frame)
    {
        switch (frame)
        {
            case Frame.Freeze freeze when (Receives || BothFreeze) && Theirs is null:
                Theirs = freeze;
                return [];
            case Frame.Ack { Held: 0, Refused: 0 } when Sender.Unconfirmed > 0:
                return Sender.Confirm();
            case Frame.Rows rows when Receives && AwaitsRows && Theirs is not null && !_isStaging && !_hasReceivedAll:
                return Take(rows, Theirs);
            case Frame.Joined when Sends && Sender.HasSentAll && !_peerHasJoined:
                _peerHasJoined = true;
                return [];
            default:
                return Compare(frame);
        }
    }

    public override IEnumerable<SessionAction> RowsStaged()
    {
        _isStaging = false;
        yield return Send(new Frame.Ack(Lane));
        if (!_hasReceivedAll) yield break;
        var theirs = Theirs!;
        yield return new SessionAction.Join(Lane, Own, theirs.Vector, theirs.Clock, OnlyHere, OnlyThere ?? _received);
    }

    public override IEnumerable<SessionAction> StatesJoined()
    {
        _hasJoined = true;
        return [Send(new Frame.Joined(Lane))];
    }

    /// <summary>What this side does once its lane is frozen.</summary>
    protected abstract IEnumerable<SessionAction> Begin();

    /// <summary>Takes a frame that serves to find the difference.</summary>
    protected abstract IEnumerable<SessionAction> Compare(Frame.OfLane frame);

    /// <summary>How many rows that are neither here nor put aside the peer still has to send; null where that isn't known.</summary>
    private int? Lacking => OnlyThere?.Count(item => !_received.Contains(item) && !Staged.Contains(item));

    private IEnumerable<SessionAction> Take(Frame.Rows frame, Frame.Freeze theirs)
    {
        var rows = wire.DecodeRows(frame.Batch, Lane, theirs.Vector, theirs.Clock);
        foreach (var row in rows)
        {
            if (OnlyThere?.Contains(row.Item) == false) throw new WireFormatException("a row came that was not asked for", 0);
            _received.Add(row.Item);
        }

        _isStaging = true;
        _hasReceivedAll = frame.IsLast;
        if (_received.Count > theirs.Count || (frame.IsLast && IsWhole && _received.Count < theirs.Count))
            throw new WireFormatException($"{_received.Count} rows came, and the peer spoke of {theirs.Count}", 0);
        if (rows.Count == 0 && !frame.IsLast) throw new WireFormatException("there is no row in a frame of rows", 0);
        if (frame.IsLast && Lacking is > 0) throw new WireFormatException($"{Lacking} rows are missing that the peer was to send", 0);
        return [new SessionAction.Stage(Lane, rows)];
    }
}
