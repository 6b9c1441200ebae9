using Crdt.Clocks;
using Crdt.Storage;
using Crdt.Sync.Events;
using Crdt.Sync.Offline;

namespace Crdt.Sync.Truth;

/// <content>What waits for a peer, and what peers were told: see <see cref="ReplicaQueue"/>.</content>
internal sealed partial class ReplicaTruth
{
    /// <summary>How many dots back the end of the queue is looked for after an opening.</summary>
    private const ulong DotsAtHand = 64;

    private const int CountedAtOnce = 1024 * 1024;
    private static readonly Dictionary<string, ulong> NothingNew = [];

    private readonly ReplicaQueue _queue;
    private long _counted = -1;
    private TaskCompletionSource _room = NewSignal();
    private volatile bool _isClosing;

    public bool IsOffline => _queue.IsOffline;

    /// <summary>How many operations may wait for a peer while the replica is offline.</summary>
    public int QueueCapacity { get; }

    /// <summary>What becomes of one more.</summary>
    public OfflineQueueFull WhenQueueIsFull { get; }

    /// <summary>Refuses commits from here on that would have to wait for room, because the replica is about to be closed.</summary>
    public void StopWaiting()
    {
        _isClosing = true;
        SignalRoom();
    }

    /// <summary>How many operations wait for a peer, as of about now; null while that hasn't been counted.</summary>
    public long? QueuedOperations => Volatile.Read(ref _counted) is >= 0 and var counted ? counted : null;

    /// <summary>How much waits for a peer.</summary>
    public async ValueTask<QueuedOperations> MeasureQueueAsync(CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        return await CountWaitingAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Declares the replica offline or online, durably.</summary>
    public async ValueTask DeclareAsync(bool isOffline, CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        if (_queue.IsOffline == isOffline) return;
        await _store.WriteNoteAsync(ReplicaQueue.NoteKey, _queue.Note(isOffline, _queue.IsTelling, NothingNew), cancellationToken).ConfigureAwait(false);
        (_queue.IsOffline, _queue.IsNoteStale) = (isOffline, false);
        SignalRoom();
    }

    /// <summary>Reads a slice of the log for a peer, sealed as far as this replica's own events go, once it is durable that the peer may know of what is in it.</summary>
    public async ValueTask<LogSlice> ReadLogAsync(string lane, VersionVector after, long position, int maxBytes, CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        var slice = await _store.ReadLogAsync(lane, after, position, maxBytes, cancellationToken).ConfigureAwait(false);
        await TellAsync([(lane, slice.Events.Where(stored => stored.Origin == Id).Select(stored => stored.Last).DefaultIfEmpty().Max())], cancellationToken).ConfigureAwait(false);
        return slice with { Events = await _keys.SealAsync(slice.Events).ConfigureAwait(false) };
    }

    /// <summary>Takes note of what a peer is known to hold durably.</summary>
    /// <returns>How many operations left the queue.</returns>
    public async ValueTask<long> AcknowledgeAsync(IReadOnlyDictionary<string, ulong> held, CancellationToken cancellationToken)
    {
        using var entered = await EnterAsync(cancellationToken).ConfigureAwait(false);
        var news = held.Where(lane => lane.Value > _queue.LaneOf(lane.Key).Acknowledged).ToList();
        if (news.Count == 0) return 0;
        var left = 0L;
        foreach (var (name, upTo) in news) left += await AcknowledgeAsync(name, upTo, cancellationToken).ConfigureAwait(false);
        _queue.IsNoteStale = true;
        if (_counted >= 0) Volatile.Write(ref _counted, _queue.Waiting.Operations);
        // Only who is offline may be refused a commit for what seems to wait. Others note it with the next thing that is noted.
        if (_queue.IsOffline) await KeepQueueNoteAsync(_queue.IsTelling).ConfigureAwait(false);
        SignalRoom();
        return left;
    }

    /// <summary>Takes note that a peer is about to be sent this replica's own events of a lane, up to a dot.</summary>
    public async ValueTask TellAsync(string lane, ulong upTo, CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        await TellAsync([(lane, upTo)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes note that peers may know of this replica's own events up to these dots, where that is new. That there is such a thing becomes durable once after an opening.</summary>
    private async ValueTask TellAsync(IEnumerable<(string Lane, ulong UpTo)> told, CancellationToken cancellationToken)
    {
        var news = told.Where(lane => lane.UpTo > _queue.LaneOf(lane.Lane).Told).ToDictionary(lane => lane.Lane, lane => lane.UpTo);
        if (news.Count == 0) return;
        if (!_queue.IsTelling)
        {
            await _store.WriteNoteAsync(ReplicaQueue.NoteKey, _queue.Note(_queue.IsOffline, isTelling: true, news), cancellationToken).ConfigureAwait(false);
            (_queue.IsTelling, _queue.IsNoteStale) = (true, false);
        }

        foreach (var (lane, upTo) in news) _queue.LaneOf(lane).Tell(upTo);
    }

    // Mostly a peer has everything afterwards. What is left otherwise is counted again if it was counted before: it may be the whole log.
    private async ValueTask<long> AcknowledgeAsync(string name, ulong upTo, CancellationToken cancellationToken)
    {
        var lane = _queue.LaneOf(name);
        var before = lane.Waiting;
        lane.Acknowledged = upTo;
        lane.Waiting = upTo == _lanes[name].Vector[Id] ? default(QueuedOperations) : null;
        if (before is null) return 0;
        lane.Waiting ??= await CountWaitingAsync(name, upTo, cancellationToken).ConfigureAwait(false);
        return before.Value.Operations - lane.Waiting.Value.Operations;
    }

    /// <param name="isTelling">Whether more may be told from here on; not where the replica is being closed.</param>
    private async ValueTask KeepQueueNoteAsync(bool isTelling)
    {
        if (!_queue.IsNoteStale && _queue.IsTelling == isTelling) return;
        try
        {
            await _store.WriteNoteAsync(ReplicaQueue.NoteKey, _queue.Note(_queue.IsOffline, isTelling, NothingNew), CancellationToken.None).ConfigureAwait(false);
            (_queue.IsTelling, _queue.IsNoteStale) = (isTelling, false);
        }
        catch (StoreException)
        {
            // The queue seems longer than it is until the next session.
        }
    }

    /// <summary>Folds a commit into what nobody was told of.</summary>
    private async ValueTask<IReadOnlyList<FoldedEvent>> FoldAsync(IReadOnlyList<GraphEvent> events, CancellationToken cancellationToken)
    {
        foreach (var graphEvent in events)
        {
            var lane = _queue.LaneOf(graphEvent.Lane);
            lane.Untold ??= await ReadUntoldAsync(graphEvent.Lane, lane.Told, cancellationToken).ConfigureAwait(false);
        }

        return _queue.Fold(events);
    }

    private IReadOnlyList<EventSpan> ReplacedBy(IReadOnlyList<FoldedEvent> own) =>
        [.. own.Where(folded => folded.Folded > 0).Select(folded => new EventSpan(folded.Event.Lane, Id, folded.Event.First))];

    /// <summary>The end of the queue, as it was left when the replica was closed.</summary>
    private async ValueTask<UntoldEvents> ReadUntoldAsync(string lane, ulong told, CancellationToken cancellationToken)
    {
        var untold = new UntoldEvents();
        var after = VectorOf(lane);
        var own = after[Id];
        if (own <= told) return untold;
        var slice = await _store.ReadLogAsync(lane, WithOwn(after, Math.Max(told, own - Math.Min(own, DotsAtHand))), 0, UntoldEvents.MaxBytes, cancellationToken).ConfigureAwait(false);
        if (!slice.IsLast) return untold;
        foreach (var stored in slice.Events.Where(stored => stored.Origin == Id && stored.First > told)) untold.Add(new(EventCodec.Read(stored.Bytes), 0, 0));
        return untold;
    }

    private async ValueTask<QueuedOperations> CountWaitingAsync(CancellationToken cancellationToken)
    {
        foreach (var name in _lanes.Keys)
        {
            var lane = _queue.LaneOf(name);
            lane.Waiting ??= await CountWaitingAsync(name, lane.Acknowledged, cancellationToken).ConfigureAwait(false);
        }

        var waiting = _queue.Waiting;
        Volatile.Write(ref _counted, waiting.Operations);
        return waiting;
    }

    private async ValueTask<QueuedOperations> CountWaitingAsync(string lane, ulong acknowledged, CancellationToken cancellationToken)
    {
        var (waiting, after, position) = (default(QueuedOperations), VectorOf(lane), 0L);
        if (after[Id] <= acknowledged) return waiting;
        after = WithOwn(after, acknowledged);
        while (true)
        {
            var slice = await _store.ReadLogAsync(lane, after, position, CountedAtOnce, cancellationToken).ConfigureAwait(false);
            foreach (var stored in slice.Events) waiting = waiting.Plus(1, stored.Bytes.Length);
            if (slice.IsLast) return waiting;
            position = slice.Position;
        }
    }

    private VersionVector WithOwn(VersionVector vector, ulong own)
    {
        var other = new VersionVector();
        foreach (var (replica, counter) in vector.Entries) other.Advance(replica, replica == Id ? own : counter);
        return other;
    }

    /// <summary>Demands that there is room for one more, while the replica is offline.</summary>
    /// <returns>What to wait for where there is none and the commit may wait; null where there is room.</returns>
    /// <exception cref="OfflineQueueFullException">There is none.</exception>
    private async ValueTask<Task?> RequireRoomAsync(CancellationToken cancellationToken)
    {
        if (!_queue.IsOffline || (await CountWaitingAsync(cancellationToken).ConfigureAwait(false)).Operations < QueueCapacity) return null;
        var room = _room.Task; // Before the question whether somebody is closing, who signals after having said so.
        return WhenQueueIsFull == OfflineQueueFull.Wait && !_isClosing ? room : throw new OfflineQueueFullException(QueueCapacity);
    }

    private void SignalRoom()
    {
        Interlocked.Exchange(ref _room, NewSignal()).TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
