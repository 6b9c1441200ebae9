using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Frames;
using Crdt.Sync.Reconciling;

namespace Crdt.Sync.Sessions;

/// <summary>What a session does in one lane, as a state machine of its own.</summary>
internal abstract class LaneExchange(string lane)
{
    public string Lane => lane;

    /// <summary>Whether both sides have what they were to get.</summary>
    public abstract bool IsDone { get; }

    /// <summary>How many frames the peer has not confirmed.</summary>
    public abstract int Unconfirmed { get; }

    /// <summary>How many events the peer has held back because their clock is too far ahead.</summary>
    public virtual int HeldByPeer => 0;

    /// <summary>How many events the peer has refused.</summary>
    public virtual int RefusedByPeer => 0;

    /// <summary>Whether either side has left out something that the other sent.</summary>
    public virtual bool HasLeftOut => false;

    /// <summary>Whether the peer has all that this side had to give, so that it can go on with what comes.</summary>
    public virtual bool GivesAll => !HasLeftOut;

    /// <summary>How what either side had of its log has ended, the worse of both.</summary>
    public virtual LogEnd End => LogEnd.Whole;

    /// <summary>How many syndromes, cells, checksums and hashes this side has compared.</summary>
    public virtual int Comparisons => 0;

    public abstract IEnumerable<SessionAction> Start();

    /// <summary>The highest of this side's own dots, up to one that it had to give, that the peer holds once the exchange is done.</summary>
    public virtual ulong Delivered(ulong own) => own;

    /// <summary>The highest of this side's own dots, up to one that it had to give, that the peer has confirmed by now.</summary>
    public abstract ulong Confirmed(ulong own);

    /// <summary>Takes a frame of the lane.</summary>
    /// <exception cref="WireFormatException">It has no place here now, or says what can't be.</exception>
    public abstract IEnumerable<SessionAction> Receive(Frame.OfLane frame);

    public virtual IEnumerable<SessionAction> LogRead(LogSlice slice) => throw Unasked();

    public virtual IEnumerable<SessionAction> Applied(int held, int refused) => throw Unasked();

    public virtual IEnumerable<SessionAction> Frozen(LaneSnapshot snapshot, IReadOnlySet<ulong> staged) => throw Unasked();

    public virtual IEnumerable<SessionAction> RowsRead(IReadOnlyList<StoredEntity> rows, EntityId? next) => throw Unasked();

    public virtual IEnumerable<SessionAction> RowsStaged() => throw Unasked();

    public virtual IEnumerable<SessionAction> StatesJoined() => throw Unasked();

    protected static WireFormatException Untimely(Frame frame) => new($"a frame of type {frame.Type} has no place here now", 0);

    protected static SessionAction Send(Frame frame) => new SessionAction.Send(frame.Encode());

    private InvalidOperationException Unasked() => new($"The exchange of lane '{lane}' has not asked for this.");
}
