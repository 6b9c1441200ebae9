using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Sync.Events;

namespace Crdt.Sync.Offline;

/// <summary>
/// What of a replica waits for a peer, lane by lane, and what it has told to whom. The events themselves are in the log; here are the marks in it, which are
/// noted in the store. Used only by whoever holds the truth.
/// </summary>
/// <remarks>
/// <para>
/// An event that anybody may have seen is never changed again: there would be two forms of it, a peer that has one would be offered the other, and an event that is
/// visible as a whole would be seen in part. So before the first byte leaves after an opening that reveals an own event, or a vector that covers one, it is durable that
/// the replica <i>tells</i>; what exactly, only when it is closed. Otherwise each session would wait for the disk once more.
/// </para>
/// <para>
/// Crashes: who was telling is taken to have told everything, so events that nobody knows of don't fold any more; nothing else. Before that note, nothing has left.
/// A commit that folds takes the former events out of the log and puts the new one in, in one step of the store, so one or the other is there. <i>Acknowledged</i> may be
/// lost: the queue then seems longer until the next session, and what it holds is covered by the peer already, so it is not even sent.
/// </para>
/// </remarks>
internal sealed class ReplicaQueue
{
    /// <summary>Where the marks are noted: <c>id[16] flags { block(lane) told acknowledged }*</c>.</summary>
    public const string NoteKey = "offline queue";

    private const byte OfflineFlag = 1, TellingFlag = 2;
    private const int MaxLane = 256;
    private readonly Dictionary<string, LaneQueue> _lanes = new(StringComparer.Ordinal);
    private readonly ReplicaId _replica;
    private volatile bool _isOffline;

    /// <summary>Reads what was noted. Marks of a former id are of no use: the numbers of the new one begin anew, and nobody has been told of them.</summary>
    public ReplicaQueue(ReplicaId replica, ReadOnlyMemory<byte> note)
    {
        _replica = replica;
        var reader = new WireReader(note.Span);
        if (reader.Remaining == 0) return;
        var isOwn = reader.ReadReplica() == replica;
        var flags = reader.ReadByte();
        (_isOffline, IsTelling) = ((flags & OfflineFlag) != 0, isOwn && (flags & TellingFlag) != 0);
        while (isOwn && reader.Remaining > 0)
        {
            var lane = LaneOf(reader.ReadText(MaxLane));
            (lane.Told, lane.Acknowledged) = (reader.ReadVarint(), reader.ReadVarint());
        }
    }

    /// <summary>Whether the user has said that there is no way to a peer.</summary>
    public bool IsOffline
    {
        get => _isOffline;
        set => _isOffline = value;
    }

    /// <summary>Whether it is noted that peers may know of everything that there is, whatever the marks in the note say.</summary>
    public bool IsTelling { get; set; }

    /// <summary>Whether something was acknowledged that isn't noted yet.</summary>
    public bool IsNoteStale { get; set; }

    /// <summary>How much waits, in the lanes that were counted.</summary>
    public QueuedOperations Waiting => _lanes.Values.Aggregate(default(QueuedOperations), (sum, lane) => sum.Plus(lane.Waiting?.Operations ?? 0, lane.Waiting?.EstimatedBytes ?? 0));

    /// <summary>What is known of a lane.</summary>
    public LaneQueue LaneOf(string lane)
    {
        if (!_lanes.TryGetValue(lane, out var queue)) _lanes.Add(lane, queue = new());
        return queue;
    }

    /// <summary>Folds the events of a commit, as far as the ends of the queue are at hand.</summary>
    public IReadOnlyList<FoldedEvent> Fold(IReadOnlyList<GraphEvent> events) => [.. events.Select(graphEvent => LaneOf(graphEvent.Lane).Untold?.Fold(graphEvent) ?? new(graphEvent, 0, 0))];

    /// <summary>Takes note of a commit that is durable.</summary>
    public void Committed(IReadOnlyList<FoldedEvent> events)
    {
        foreach (var folded in events) LaneOf(folded.Event.Lane).Committed(folded);
    }

    /// <summary>The note, with what is going to be told in addition.</summary>
    /// <param name="isOffline">Whether it is to say that the replica is offline.</param>
    /// <param name="isTelling">Whether it is to say that more may be told than it lists.</param>
    /// <param name="told">What is told in addition, by lanes.</param>
    public ReadOnlyMemory<byte> Note(bool isOffline, bool isTelling, IReadOnlyDictionary<string, ulong> told)
    {
        var writer = new WireWriter(capacity: 64);
        writer.WriteReplica(_replica);
        writer.WriteByte((byte)((isOffline ? OfflineFlag : 0) | (isTelling ? TellingFlag : 0)));
        foreach (var (name, lane) in _lanes)
        {
            writer.WriteText(name);
            writer.WriteVarint(Math.Max(lane.Told, told.GetValueOrDefault(name)));
            writer.WriteVarint(lane.Acknowledged);
        }

        return writer.Finish();
    }
}
