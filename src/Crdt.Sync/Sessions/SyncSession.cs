using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Storage;

namespace Crdt.Sync.Sessions;

/// <summary>
/// One session with one peer, as a state machine without I/O: frames and results go in, actions come out. Both sides run
/// the same machine at the same time. Whatever breaks it leaves the replica with what was applied so far, which is a
/// state that it could also have reached on its own.
/// </summary>
/// <remarks>
/// Hello ⇄ Hello, then in each lane and each direction Events* Done, every Events answered by an Ack once it is durable,
/// then Bye ⇄ Bye. At most <see cref="Window"/> frames of events are unconfirmed at a time.
/// </remarks>
public sealed class SyncSession
{
    /// <summary>The major version of the protocol: sides with different ones can't talk.</summary>
    public const int MajorVersion = 1;

    /// <summary>The minor version of the protocol: sides with different ones can.</summary>
    public const int MinorVersion = 0;

    /// <summary>How many frames of events may be unconfirmed.</summary>
    public const int Window = 2;

    private readonly Frame.Hello _self;
    private readonly Dictionary<string, OutgoingLane> _outgoing = [];
    private readonly HashSet<string> _incoming = [];
    private int _applying;
    private bool _saidBye;

    /// <summary>A session that has said nothing yet.</summary>
    /// <param name="self">How this side introduces itself.</param>
    public SyncSession(Frame.Hello self) => _self = self;

    /// <summary>Where the session stands.</summary>
    public SessionStatus Status { get; private set; }

    /// <summary>The version of the protocol that is spoken: the lower of both sides' minor versions.</summary>
    public string ProtocolVersion { get; private set; } = $"{MajorVersion}.{MinorVersion}";

    /// <summary>How much has to be carried; known once the session is established.</summary>
    public SyncMode Mode { get; private set; }

    /// <summary>The peer, once it has introduced itself.</summary>
    public Frame.Hello? Peer { get; private set; }

    /// <summary>Why the session failed, with what to do about it.</summary>
    public SessionException? Failure { get; private set; }

    /// <summary>How many frames of events the peer has not confirmed yet.</summary>
    public int Unconfirmed => _outgoing.Values.Sum(lane => lane.Unconfirmed);

    /// <summary>Begins: introduces this side.</summary>
    public IReadOnlyList<SessionAction> Start() => [Send(_self)];

    /// <summary>Takes a frame from the peer. One that is malformed or untimely ends the session.</summary>
    public IReadOnlyList<SessionAction> Receive(ReadOnlyMemory<byte> bytes)
    {
        if (Status is SessionStatus.Failed or SessionStatus.Complete) return [];
        try
        {
            return (Frame.Decode(bytes), Status) switch
            {
                (Frame.Hello hello, SessionStatus.Connecting) => Greet(hello),
                (Frame.Events events, SessionStatus.Established) when _incoming.Contains(events.Lane) => Take(events),
                (Frame.Ack ack, SessionStatus.Established) when _outgoing.TryGetValue(ack.Lane, out var lane) && lane.Unconfirmed > 0 => Confirm(lane),
                (Frame.Done done, SessionStatus.Established) when _incoming.Remove(done.Lane) => EndIfComplete([]),
                (Frame.Bye bye, _) => HearBye(bye),
                var (frame, status) => Fail(SessionEnd.Malformed, $"a frame of type {frame.Type} has no place here while the session is {status}"),
            };
        }
        catch (WireFormatException error)
        {
            return Fail(SessionEnd.Malformed, error.Message);
        }
    }

    /// <summary>Takes what <see cref="SessionAction.ReadLog"/> asked for.</summary>
    public IReadOnlyList<SessionAction> LogRead(string laneName, LogSlice slice)
    {
        if (Status != SessionStatus.Established) return [];
        var lane = _outgoing[laneName];
        var actions = new List<SessionAction>();
        lane.Position = slice.Position;
        if (slice.Events.Count > 0)
        {
            actions.Add(Send(new Frame.Events(laneName, [.. slice.Events.Select(stored => stored.Bytes)])));
            lane.Unconfirmed++;
        }

        if (slice.IsLast)
        {
            lane.IsDone = true;
            actions.Add(Send(new Frame.Done(laneName, _self.Vectors[laneName])));
        }
        else if (lane.Unconfirmed < Window)
        {
            actions.Add(lane.ReadNext());
        }
        else
        {
            lane.IsWaiting = true;
        }

        return EndIfComplete(actions);
    }

    /// <summary>Takes the outcome of <see cref="SessionAction.Apply"/>: the events are durable, up to a vector.</summary>
    public IReadOnlyList<SessionAction> Applied(string lane, VersionVector durable)
    {
        _applying--;
        return Status == SessionStatus.Established ? EndIfComplete([Send(new Frame.Ack(lane, durable))]) : [];
    }

    /// <summary>Ends the session because this side can't go on; tells the peer, whose fault it may be.</summary>
    public IReadOnlyList<SessionAction> Abort(SessionEnd reason, string text) =>
        Status is SessionStatus.Failed or SessionStatus.Complete ? [] : Fail(reason, text);

    /// <summary>Takes note that the way to the peer is gone.</summary>
    public void Disconnected()
    {
        if (Status is SessionStatus.Failed or SessionStatus.Complete) return;
        Status = SessionStatus.Failed;
        Failure = new(SessionEnd.Failed, "The peer went away before the session was complete. What was received is kept; sync again to go on.");
    }

    private IReadOnlyList<SessionAction> Greet(Frame.Hello peer)
    {
        Peer = peer;
        if (peer.Major != MajorVersion) return Fail(SessionEnd.ProtocolVersion, $"this side speaks protocol {MajorVersion}.{MinorVersion}, the other {peer.Major}.{peer.Minor}; update the older one");
        if (peer.Replica == _self.Replica) return Fail(SessionEnd.SameReplica, $"both sides are replica {peer.Replica}; a replica can't sync with itself or with a copy of its files");
        if (_self.Schema.ConflictWith(peer.Schema) is { } conflict) return Fail(SessionEnd.SchemaConflict, conflict);
        ProtocolVersion = $"{MajorVersion}.{Math.Min(MinorVersion, peer.Minor)}";
        Status = SessionStatus.Established;
        Mode = ModeFor(peer);
        var actions = new List<SessionAction>();
        foreach (var (name, vector) in peer.Vectors)
        {
            if (!_self.Vectors.ContainsKey(name)) continue;
            var lane = new OutgoingLane(name, vector);
            _outgoing.Add(name, lane);
            _incoming.Add(name);
            actions.Add(lane.ReadNext());
        }

        return EndIfComplete(actions);
    }

    private SyncMode ModeFor(Frame.Hello peer)
    {
        var shared = peer.Vectors.Where(entry => _self.Vectors.ContainsKey(entry.Key)).ToList();
        if (shared.TrueForAll(entry => _self.Vectors[entry.Key].Equals(entry.Value))) return SyncMode.Equal;
        var oneIsEmpty = shared.TrueForAll(entry => entry.Value.Entries.Count == 0) || shared.TrueForAll(entry => _self.Vectors[entry.Key].Entries.Count == 0);
        return oneIsEmpty ? SyncMode.Full : SyncMode.Incremental;
    }

    private IReadOnlyList<SessionAction> Take(Frame.Events events)
    {
        _applying++;
        return [new SessionAction.Apply(events.Lane, events.Encoded)];
    }

    private IReadOnlyList<SessionAction> Confirm(OutgoingLane lane)
    {
        lane.Unconfirmed--;
        if (!lane.IsWaiting) return EndIfComplete([]);
        lane.IsWaiting = false;
        return [lane.ReadNext()];
    }

    private IReadOnlyList<SessionAction> EndIfComplete(List<SessionAction> actions)
    {
        var isComplete = !_saidBye && _applying == 0 && _incoming.Count == 0 && _outgoing.Values.All(lane => lane is { IsDone: true, Unconfirmed: 0 });
        if (!isComplete) return actions;
        _saidBye = true;
        actions.Add(Send(new Frame.Bye(SessionEnd.Complete, "")));
        return actions;
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

    private IReadOnlyList<SessionAction> Fail(SessionEnd reason, string text)
    {
        Status = SessionStatus.Failed;
        Failure = new(reason, $"The session ended: {text}.");
        if (_saidBye) return [];
        _saidBye = true;
        return [Send(new Frame.Bye(reason, text))];
    }

    private static SessionAction Send(Frame frame) => new SessionAction.Send(frame.Encode());

    /// <summary>How far one lane has been sent.</summary>
    private sealed class OutgoingLane(string name, VersionVector after)
    {
        public long Position { get; set; }

        public int Unconfirmed { get; set; }

        public bool IsWaiting { get; set; }

        public bool IsDone { get; set; }

        public SessionAction ReadNext() => new SessionAction.ReadLog(name, after, Position);
    }
}
