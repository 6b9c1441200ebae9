using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Connections;
using Crdt.Sync.Events;
using Crdt.Sync.Live;
using Crdt.Sync.Offline;
using Notes = System.Collections.Generic.IReadOnlyDictionary<string, System.ReadOnlyMemory<byte>>;

namespace Crdt.Sync.Truth;

/// <summary>
/// The truth of one replica: its store with the vectors and the clock that belong to it. Every change goes through here,
/// one at a time, and is durable when the call returns.
/// </summary>
internal sealed partial class ReplicaTruth : ITransactionTruth, ITruthReading, IAsyncDisposable
{
    private const int MaxWaitingBytes = 4 * WireLimits.Frame;

    /// <summary>Every how many commits a replica that projects nothing forgets what has changed.</summary>
    private const int CommitsUntilForgotten = 256;

    private readonly IReplicaStore _store;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, LaneState> _lanes = [];
    private readonly TimeSpan _maxClockLead;
    private readonly bool _isProjected;
    private readonly TypeLanes _typeLanes;
    private bool _isClosed;

    public ReplicaId Id { get; }

    /// <summary>The ids that the store has written under, the last of them <see cref="Id"/>.</summary>
    public IReadOnlyList<Incarnation> Incarnations { get; }

    public string Name { get; }

    /// <summary>The types of the graph.</summary>
    public GraphSchema Schema { get; }

    public TimeProvider Time { get; }

    /// <summary>The numbers of the compressions that it can read and write, the best first.</summary>
    public ReadOnlyMemory<byte> Codecs { get; }

    public HybridClock Clock { get; }

    /// <summary>The number of the last commit.</summary>
    public long Revision { get; private set; }

    /// <summary>How many origins are in quarantine, as of about now.</summary>
    public int QuarantinedOrigins => _quarantine.Origins.Count;

    /// <summary>Is told of every commit, after it is durable, with the number of entities that it changed.</summary>
    public Action<int>? Committed { get; set; }

    /// <summary>What is applied, for those who pass it on.</summary>
    public EventFeed Feed { get; }

    /// <summary>Is told of the rows that change, while nothing else changes them.</summary>
    public Action<IReadOnlyList<RowChange>>? Changing { get; set; }

    public VersionVector VectorOf(string lane) => _lanes[lane].Vector.Clone();

    public IEnumerable<string> Lanes => _lanes.Keys;

    public async ValueTask<IReadOnlyList<GraphEvent>> CommitAsync(IReadOnlyList<LaneWrites> lanes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task? room;
            using (await EnterAsync(cancellationToken).ConfigureAwait(false))
            {
                room = await RequireRoomAsync(cancellationToken).ConfigureAwait(false);
                if (room is null) return await CommitHeldAsync(lanes, cancellationToken).ConfigureAwait(false);
            }

            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Commits what whoever holds the truth has written.</summary>
    /// <param name="lanes">What was written.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="decision">The distributed transaction whose decision it is; null for a local one.</param>
    /// <param name="isFound">Whether it was found in the graph database, where others have written it: that is there already, so it isn't refused for a value that somebody has.</param>
    public async ValueTask<IReadOnlyList<GraphEvent>> CommitHeldAsync(IReadOnlyList<LaneWrites> lanes, CancellationToken cancellationToken, Decision? decision = null, bool isFound = false)
    {
        lanes = await ExtendAsync(lanes, cancellationToken).ConfigureAwait(false);
        RequireFree(lanes, decision);
        var rows = await ReadRowsAsync(lanes.SelectMany(lane => lane.Entities).Select(entity => entity.State.Id), cancellationToken).ConfigureAwait(false);
        var events = new List<GraphEvent>(lanes.Count);
        var vectors = new Dictionary<string, VersionVector>();
        var application = new List<EventApplication>();
        foreach (var lane in lanes)
        {
            var vector = vectors[lane.Lane] = VectorOf(lane.Lane);
            var graphEvent = lane.Make(rows, vector, await PreviousAsync(lane.Lane, cancellationToken).ConfigureAwait(false));
            var applied = new EventApplication(rows, vector);
            applied.Apply(graphEvent);
            events.Add(graphEvent);
            application.Add(applied);
        }

        var changes = application.SelectMany(applied => applied.Changes(Schema)).ToList();
        if (application.Select(applied => applied.Outgrown(WireLimits.Record)).FirstOrDefault(size => size > 0) is var size and > 0)
            throw new InvalidOperationException($"An entity would take {size} bytes; the limit is {WireLimits.Record}. Store less in it, or in several.");
        if (!isFound) await RequireUniqueAsync(changes, decision, cancellationToken).ConfigureAwait(false);
        if (decision is not null)
        {
            await DecideAsync(decision, vectors, events, changes, cancellationToken).ConfigureAwait(false);
            return events;
        }

        var folded = await FoldAsync(events, cancellationToken).ConfigureAwait(false);
        await StoreAsync(vectors, [.. folded.Select(one => one.Event)], changes, cancellationToken, folded).ConfigureAwait(false);
        return events;
    }

    public ValueTask<(ReadOnlyMemory<byte> Row, VersionVector Vector)> ReadRowAsync(EntityId id, string lane, CancellationToken cancellationToken) =>
        ReadAsync(async store => ((await store.ReadAsync([id], cancellationToken).ConfigureAwait(false))[0], VectorOf(lane)), cancellationToken);

    /// <summary>A copy of the floor of a lane's log: see <see cref="StoreState.Floors"/>.</summary>
    public VersionVector FloorOf(string lane) => _lanes[lane].Floor.Clone();

    /// <summary>Takes the oldest events off a lane's log. Peers that would have needed them take states instead.</summary>
    public async ValueTask CutLogAsync(string lane, long keep, CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        _lanes[lane].Floor = await _store.CutLogAsync(lane, keep, cancellationToken).ConfigureAwait(false);
        // What is known of the queue's events may be of some that are gone.
        (_queue.LaneOf(lane).Waiting, _queue.LaneOf(lane).Untold) = (null, null);
    }

    /// <summary>Runs something that reads the store while nothing changes it.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<IReplicaStore, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        return await read(_store).ConfigureAwait(false);
    }

    /// <summary>Runs something that keeps something beside the truth in the store, while nothing changes that.</summary>
    public async ValueTask KeepAsync(Func<IReplicaStore, ValueTask> keep, CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        await keep(_store).ConfigureAwait(false);
    }

    /// <summary>Runs something that reads and commits, while everybody else waits.</summary>
    public async ValueTask<T> HoldAsync<T>(Func<HeldTruth, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        return await work(new(this, _store)).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        _isClosed = true;
        try
        {
            SignalClosed();
            await KeepDigestsAsync().ConfigureAwait(false);
            await KeepQueueNoteAsync(isTelling: false).ConfigureAwait(false);
            await _store.DisposeAsync().ConfigureAwait(false);
            _keys.Dispose();
        }
        finally
        {
            _gate.Release(); // Whoever waits is told that the replica is closed.
        }
    }

    /// <summary>Adds what follows from a transaction's writes by the rules of the types that it connects and deletes.</summary>
    private async ValueTask<IReadOnlyList<LaneWrites>> ExtendAsync(IReadOnlyList<LaneWrites> lanes, CancellationToken cancellationToken)
    {
        var (replacement, ends) = (new Replacement(_store, Schema), new EndRules(_store, Schema));
        if (!replacement.IsNeeded && !ends.AreNeeded) return lanes;
        var writes = new ExtendedWrites(lanes, lane => new(Id, VectorOf(lane)[Id], Clock, IsOffline), VectorOf);
        if (replacement.IsNeeded) await replacement.ApplyAsync(writes, cancellationToken).ConfigureAwait(false);
        if (ends.AreNeeded) await ends.ApplyAsync(writes, cancellationToken).ConfigureAwait(false);
        return writes.Lanes();
    }

    private async ValueTask<Dictionary<EntityId, ReadOnlyMemory<byte>>> ReadRowsAsync(IEnumerable<EntityId> entities, CancellationToken cancellationToken)
    {
        var ids = entities.Distinct().ToList();
        var states = await _store.ReadAsync(ids, cancellationToken).ConfigureAwait(false);
        var rows = new Dictionary<EntityId, ReadOnlyMemory<byte>>(ids.Count);
        for (var i = 0; i < ids.Count; i++) rows.Add(ids[i], states[i]);
        return rows;
    }

    /// <param name="vectors">The vectors of the lanes that change.</param>
    /// <param name="events">What goes into the log.</param>
    /// <param name="changes">What goes into the rows.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="own">Those of the events that are this replica's own, with what they take the place of.</param>
    /// <param name="quarantine">What becomes of the quarantine with it; null where nothing does.</param>
    /// <param name="notes">What else is to be noted with it, by its keys.</param>
    private async ValueTask StoreAsync(
        Dictionary<string, VersionVector> vectors, IReadOnlyList<GraphEvent> events, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken, IReadOnlyList<FoldedEvent> own, QuarantineChange? quarantine = null, Notes? notes = null)
    {
        var stored = events.Select(e => new StoredEvent(e.Lane, e.Origin, e.First, e.Last, e.Bytes)).ToList();
        var commit = new StoreCommit(Revision + 1, Clock.Last, vectors, stored, [.. changes.Select(change => change.Write)]) { Notes = NotesOf(_typeLanes.Learn(events), events, quarantine, notes), Replaced = ReplacedBy(own) };
        IReadOnlyList<long> rows;
        var committing = _store.CommitAsync(commit, cancellationToken);
        try
        {
            // A store may write on another thread what is large: meanwhile this one hashes.
            if (_digests is not null) changes = [.. changes.Select(change => change.Digested())];
        }
        finally
        {
            rows = await committing.ConfigureAwait(false);
        }

        _chains.Advance(events);
        _quarantine = quarantine?.Now ?? _quarantine;
        _queue.Committed(own);
        if (_counted >= 0) Volatile.Write(ref _counted, _queue.Waiting.Operations);
        _digests?.Record(changes, rows);
        Changing?.Invoke(changes);
        await AfterStoringAsync(vectors, changes.Count, MayConflict(changes)).ConfigureAwait(false);
        if (Feed.IsFollowed) await FeedAsync(stored, vectors).ConfigureAwait(false);
    }

    /// <summary>Passes on what was committed. It is durable: where it can't be sealed, those that follow have to look for it themselves, and nobody is told that the commit failed.</summary>
    private async ValueTask FeedAsync(IReadOnlyList<StoredEvent> stored, Dictionary<string, VersionVector> vectors)
    {
        try
        {
            Feed.Add(await _keys.SealAsync(stored).ConfigureAwait(false));
        }
        catch (StoreException)
        {
            foreach (var (lane, vector) in vectors) Feed.Leap(lane, vector.Clone());
        }
    }

    /// <summary>Brings what is kept in memory in step with a commit that is durable now.</summary>
    private async ValueTask AfterStoringAsync(Dictionary<string, VersionVector> vectors, int entities, bool mayConflict)
    {
        Revision++;
        foreach (var (lane, vector) in vectors) _lanes[lane].Vector = vector;
        _typeLanes.Noted();
        _queue.IsNoteStale = false;
        if (!_isProjected && Revision % CommitsUntilForgotten == 0) await ForgetChangesAsync().ConfigureAwait(false);
        if (mayConflict) SignalConflicts();
        Committed?.Invoke(entities);
    }

    private async ValueTask ForgetChangesAsync()
    {
        try
        {
            await _store.ForgetChangesAsync(Revision, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // The commit before it is durable and must not look as if it had failed; the next time will do.
        }
    }

    private async ValueTask<Held> EnterAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!_isClosed) return new(_gate);
        _gate.Release();
        throw new ObjectDisposedException(nameof(GraphReplica), $"The replica '{Name}' is closed.");
    }

    /// <summary>A lane's vector is replaced, never changed, so it can be read while a commit is under way.</summary>
    private sealed class LaneState(VersionVector vector, CausalDelivery delivery)
    {
        private volatile VersionVector _vector = vector;
        private volatile VersionVector _floor = new();

        public VersionVector Vector
        {
            get => _vector;
            set => _vector = value;
        }

        public VersionVector Floor
        {
            get => _floor;
            set => _floor = value;
        }

        public CausalDelivery Delivery => delivery;
    }

    private readonly struct Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
