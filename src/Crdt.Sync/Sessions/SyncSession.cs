using System.Security.Cryptography;
using Crdt.Codec;
using Crdt.Schema;
using Crdt.Sync.Compression;
using Crdt.Sync.Differences;
using Crdt.Sync.Frames;
using Crdt.Sync.Reconciling;
using Crdt.Sync.Signatures;

namespace Crdt.Sync.Sessions;

/// <summary>
/// One session with one peer, as a state machine without I/O: frames and results go in, actions come out. Both sides run
/// the same machine at the same time. Whatever breaks it leaves the replica with what was applied so far, which is a
/// state that it could also have reached on its own.
/// </summary>
/// <remarks>
/// Hello ⇄ Hello, and where these differ Introduction ⇄ Introduction, then what each lane needs by its <see cref="LanePlan"/>, then Bye ⇄ Bye. Lanes that one side
/// calls critical come first, on both sides: the others begin when those are done, or when the peer, which was done sooner, begins them.
/// </remarks>
internal sealed partial class SyncSession
{
    /// <summary>The major version of the protocol: sides with different ones can't talk.</summary>
    public const int MajorVersion = 1;

    /// <summary>The minor version of the protocol: sides with different ones can.</summary>
    public const int MinorVersion = 0;

    /// <summary>How many frames of events or rows may be unconfirmed in a lane.</summary>
    public const int Window = 2;

    private readonly Frame.Introduction _self;
    private readonly IReadOnlyList<string> _order;
    private readonly GraphSchema _schema;
    private readonly Frame.Hello _hello;
    private readonly Dictionary<string, LaneExchange> _exchanges = [];
    private readonly Dictionary<string, LanePlan> _plans = [];
    private readonly List<LaneExchange> _waiting = [];
    private Frame.Hello? _peerHello;
    private bool _saidBye;

    /// <summary>A session that has said nothing yet.</summary>
    /// <param name="self">How this side introduces itself, its schema included.</param>
    /// <param name="order">The lanes, the one to begin with first; by default as they are introduced.</param>
    public SyncSession(Frame.Introduction self, IReadOnlyList<string>? order = null)
    {
        (_self, _order) = (self, order ?? [.. self.Lanes.Select(lane => lane.Standing.Lane)]);
        _schema = self.Schema ?? throw new ArgumentException("This side's own schema is missing.", nameof(self));
        _hello = Greeting(self, _schema);
    }

    /// <summary>Where the session stands.</summary>
    public SessionStatus Status { get; private set; }

    /// <summary>The version of the protocol that is spoken: the lower of both sides' minor versions.</summary>
    public string ProtocolVersion { get; private set; } = $"{MajorVersion}.{MinorVersion}";

    /// <summary>The lanes in which this side has rows put aside; none where the peer did not introduce itself, so that nobody knows whose they are.</summary>
    public IEnumerable<string> StagedLanes => Peer is null ? [] : _self.Lanes.Where(lane => lane.HasStaged).Select(lane => lane.Standing.Lane);

    /// <summary>The peer, once it has introduced itself; equal replicas do without.</summary>
    public Frame.Introduction? Peer { get; private set; }

    /// <summary>Why the session failed, with what to do about it.</summary>
    public SessionException? Failure { get; private set; }

    /// <summary>How many frames of events or rows the peer has not confirmed yet.</summary>
    public int Unconfirmed => _exchanges.Values.Sum(exchange => exchange.Unconfirmed);

    /// <summary>How many writes of a lane this replica has made by now, which may be more than it said when the session began; null where it is asked for what it said.</summary>
    public Func<string, ulong>? Made { private get; init; }

    /// <summary>Whether the session may go on only where this side knows all types and fields that the peer knows.</summary>
    public bool KnowsAllTypes { private get; init; }

    private bool HasEnded => Status is SessionStatus.Failed or SessionStatus.Complete;

    /// <summary>Begins: greets the peer.</summary>
    public IReadOnlyList<SessionAction> Start() => [Send(_hello with { Stays = Stays, Challenge = Challenge })];

    /// <summary>Takes a frame from the peer. One that is malformed or untimely ends the session.</summary>
    public IReadOnlyList<SessionAction> Receive(ReadOnlyMemory<byte> bytes)
    {
        if (HasEnded) return [];
        return Guarded(() => (Frame.Decode(bytes), Status) switch
        {
            (Frame.Hello hello, SessionStatus.Connecting) when _peerHello is null => Greet(hello),
            (Frame.Introduction introduction, SessionStatus.Connecting) when _peerHello is not null => Meet(introduction, _peerHello),
            (Frame.OfLane frame, SessionStatus.Established) when _exchanges.TryGetValue(frame.Lane, out var exchange) => Receive(frame, exchange),
            (Frame.Bye bye, _) => HearBye(bye),
            var (frame, status) => Fail(SessionEnd.Malformed, $"a frame of type {frame.Type} has no place here while the session is {status}"),
        });
    }

    /// <summary>Takes the result of an action that was asked for.</summary>
    public IReadOnlyList<SessionAction> Continue(string lane, Func<LaneExchange, IEnumerable<SessionAction>> take) =>
        Status == SessionStatus.Established ? Guarded(() => take(_exchanges[lane])) : [];

    /// <summary>Ends the session because this side can't go on; tells the peer, whose fault it may be.</summary>
    public IReadOnlyList<SessionAction> Abort(SessionEnd reason, string text) => HasEnded ? [] : Fail(reason, text);

    /// <summary>Takes note that the way to the peer is gone.</summary>
    public void Disconnected()
    {
        if (HasEnded) return;
        Status = SessionStatus.Failed;
        Failure = new(SessionEnd.Failed, "The peer went away before the session was complete. What was received is kept; sync again to go on.");
    }

    private static Frame.Hello Greeting(Frame.Introduction self, GraphSchema schema)
    {
        var writer = new WireWriter(1024);
        schema.Write(ref writer);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(writer.Written, hash);
        var tag = new WireReader(hash).ReadUInt32();
        foreach (var lane in self.Lanes)
        {
            writer.WriteText(lane.Standing.Lane);
            lane.Standing.Vector.Write(ref writer);
            writer.WriteUInt128(lane.Standing.Root);
            if (lane.TakesNothing || lane.GivesNothing) writer.WriteByte(1); // so that the peer is told of it
        }

        SHA256.HashData(writer.Written, hash);
        writer.Dispose();
        return new(MajorVersion, MinorVersion, TagOf(self), tag, new WireReader(hash).ReadUInt128());
    }

    private IReadOnlyList<SessionAction> Greet(Frame.Hello peer)
    {
        _peerHello = peer;
        if (peer.Major != MajorVersion) return Fail(SessionEnd.ProtocolVersion, $"this side speaks protocol {MajorVersion}.{MinorVersion}, the other {peer.Major}.{peer.Minor}; update the older one");
        ProtocolVersion = $"{MajorVersion}.{Math.Min(MinorVersion, peer.Minor)}";
        if (Stranger($"{peer.Tag:x8}…", Expected is { } expected && peer.Tag == TagOf(expected)) is { } stranger) return stranger;
        if (peer.State == _hello.State && peer.Tag != _hello.Tag && Challenge.IsEmpty && peer.Challenge.IsEmpty)
        {
            Status = SessionStatus.Complete;
            return [];
        }

        return peer.Challenge.IsEmpty ? [Send(IntroductionTo(peer))] : [new SessionAction.Prove(peer.Challenge)];
    }

    private IReadOnlyList<SessionAction> Meet(Frame.Introduction peer, Frame.Hello hello)
    {
        Peer = peer;
        if (TagOf(peer) != hello.Tag) throw new WireFormatException("the peer greeted under another id than it introduces itself with", 0);
        if (peer.Schema is null && hello.SchemaTag != _hello.SchemaTag) throw new WireFormatException("the peer has another schema and did not send it", 0);
        if (peer.Replica == _self.Replica) return Fail(SessionEnd.SameReplica, $"both sides are replica {peer.Replica}: the same one, or a copy that can't be told from it, as on a cloned disk; delete the lease beside the store of one of them and open it again");
        if ((Stranger(peer.Replica.ToString(), peer.Replica == Expected) ?? Unproven(peer)) is { } stranger) return stranger;
        if (peer.Schema is not null && _schema.ConflictWith(peer.Schema) is { } conflict) return Fail(SessionEnd.SchemaConflict, conflict);
        if (KnowsAllTypes && peer.Schema is { } wider && !_schema.Covers(wider)) return FailFor(wider);
        if (_self.Lanes.Count == 0 && _schema.Lanes.Count > 0) return Fail(SessionEnd.Forbidden, $"'{peer.Name}' has no rights in any lane of '{_self.Name}'; whoever runs that gives them");
        Status = SessionStatus.Established;
        foreach (var lane in _order)
        {
            var (mine, theirs) = (_self.Lanes.FirstOrDefault(Is), peer.Lanes.FirstOrDefault(Is));
            if (mine is not null && theirs is not null) Plan(mine, theirs, peer);
            bool Is(LaneIntroduction introduced) => introduced.Standing.Lane == lane;
        }

        if (_plans.FirstOrDefault(plan => plan.Value.IsDiverged) is { Key: { } diverged }) return Fail(SessionEnd.Diverged, Diverged(diverged, peer));
        return [.. _exchanges.Values.Except(_waiting).SelectMany(exchange => exchange.Start())];
    }

    private IEnumerable<SessionAction> Receive(Frame.OfLane frame, LaneExchange exchange)
    {
        if (frame is Frame.Events or Frame.Rows && _self.Lanes.Any(mine => mine.Standing.Lane == frame.Lane && mine.TakesNothing))
            return Fail(SessionEnd.Forbidden, $"'{Peer!.Name}' may not write the lane '{frame.Lane}' here, and nothing of it was taken");
        if (!_waiting.Contains(exchange)) return exchange.Receive(frame);
        if (frame is not (Frame.Events or Frame.Done or Frame.Freeze)) throw new WireFormatException($"a frame of type {frame.Type} is none that a lane begins with", 0);
        _waiting.Remove(exchange);
        return [.. exchange.Start(), .. exchange.Receive(frame)];
    }

    private void Plan(LaneIntroduction mine, LaneIntroduction theirs, Frame.Introduction peer)
    {
        var lane = mine.Standing.Lane;
        // Another session may have told the peer of what was committed since this one began.
        if (theirs.Standing.Vector[_self.Replica] > (Made?.Invoke(lane) ?? mine.Standing.Vector[_self.Replica]))
            throw new WireFormatException($"the peer knows of writes of {_self.Replica} that this replica has not made, so a copy that can't be told from it writes under its id, as on a cloned disk; delete the lease beside the store of one of them and open it again", 0);
        var plan = LanePlan.For(_self, peer, mine, theirs);
        _plans.Add(lane, plan);
        var codec = CompressorChoice.Best([.. _self.Codecs], [.. peer.Codecs]);
        var wire = new BatchWire(_schema, CompressorChoice.Find(codec)!);
        LaneExchange? exchange = plan.Mode switch
        {
            SyncMode.Incremental => new LogExchange(lane, _self.Replica, mine.Standing.Vector, theirs.Standing.Vector, plan, wire, new SealedRuns(theirs.TakesSignedOnly)),
            SyncMode.Full => new SnapshotExchange(lane, plan, wire),
            SyncMode.Reconciled => new Reconciliation(SearchFor(mine, theirs, peer, plan), plan, mine, theirs, wire),
            _ => null,
        };
        if (exchange is null) return;
        _exchanges.Add(lane, exchange);
        if (!mine.IsCritical && !theirs.IsCritical) _waiting.Add(exchange);
    }

    private DifferenceSearch SearchFor(LaneIntroduction mine, LaneIntroduction theirs, Frame.Introduction peer, LanePlan plan) =>
        new(mine.Standing.Lane, _self.Replica.CompareTo(peer.Replica) < 0, SearchPlan.For(mine.Standing.Count - theirs.Standing.Count, plan.Lacking));

    private static string Diverged(string lane, Frame.Introduction peer) =>
        $"lane '{lane}' has applied the same events on both sides and holds different data, so the store of one of them was damaged or changed past this library; " +
        $"verify this replica and '{peer.Name}', and let the damaged one start anew from the other";

    /// <summary>Runs a step, and adds the end where the step was the last.</summary>
    private IReadOnlyList<SessionAction> Guarded(Func<IEnumerable<SessionAction>> step)
    {
        List<SessionAction> actions = [];
        try
        {
            actions.AddRange(step());
        }
        catch (WireFormatException error)
        {
            return Fail(SessionEnd.Malformed, error.Message);
        }

        if (Status == SessionStatus.Established) actions.AddRange(StartWaiting());
        if (Status != SessionStatus.Established || _saidBye || !_exchanges.Values.All(exchange => exchange.IsDone)) return actions;
        _saidBye = true;
        actions.Add(Send(new Frame.Bye(SessionEnd.Complete, "")));
        return actions;
    }

    /// <summary>Begins the lanes that are not critical, once those that are have nothing more to carry.</summary>
    private List<SessionAction> StartWaiting()
    {
        if (_waiting.Count == 0 || !_exchanges.Values.Except(_waiting).All(exchange => exchange.IsDone)) return [];
        var started = _waiting.SelectMany(exchange => exchange.Start()).ToList();
        _waiting.Clear();
        return started;
    }

    private IReadOnlyList<SessionAction> HearBye(Frame.Bye bye)
    {
        if (bye.Reason == SessionEnd.Complete)
        {
            // Whoever has everything has confirmed everything before, so this side must have seen the end too.
            if (!_saidBye) return Fail(SessionEnd.Malformed, "the peer called the session complete before it was");
            Status = SessionStatus.Complete;
            return [];
        }

        Status = SessionStatus.Failed;
        Failure = new(bye.Reason, $"The peer ended the session: {bye.Text}.");
        return [];
    }

    private IReadOnlyList<SessionAction> FailFor(GraphSchema wider)
    {
        var text = $"'{_self.Name}' is learning types of {wider} that it didn't know; sync again";
        return Fail(SessionEnd.Outdated, text, new UnknownTypesException(wider, $"The session ended: {text}."));
    }

    private IReadOnlyList<SessionAction> Fail(SessionEnd reason, string text, SessionException? failure = null)
    {
        Status = SessionStatus.Failed;
        Failure = failure ?? new(reason, $"The session ended: {text}.");
        if (_saidBye) return [];
        _saidBye = true;
        return [Send(new Frame.Bye(reason, text))];
    }

    private static SessionAction Send(Frame frame) => new SessionAction.Send(frame.Encode());
}
