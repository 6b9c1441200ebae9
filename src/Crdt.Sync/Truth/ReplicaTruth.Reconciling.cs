using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Compression;
using Crdt.Sync.Conflicts;
using Crdt.Sync.Differences;
using Crdt.Sync.Frames;
using Crdt.Sync.Lanes;
using Crdt.Sync.Reconciling;
using Crdt.Sync.Sessions;
using Crdt.Sync.Snapshots;

namespace Crdt.Sync.Truth;

/// <content>What sessions need that compare states instead of exchanging events.</content>
internal sealed partial class ReplicaTruth
{
    private ReplicaDigests? _digests;

    /// <summary>How this replica introduces itself to a peer, all of one moment. A lane that is left out is one that the session leaves alone.</summary>
    public async ValueTask<Frame.Introduction> IntroduceAsync(LaneOrder order, PeerAccess access, CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        var digests = await DigestsAsync(cancellationToken).ConfigureAwait(false);
        var stages = await _store.ReadStagesAsync(cancellationToken).ConfigureAwait(false);
        await TellAsync(Schema.Lanes.Where(order.Has).Select(lane => (lane, VectorOf(lane)[Id])), cancellationToken).ConfigureAwait(false);
        var lanes = Schema.Lanes.Where(order.Has).Select(lane => new LaneIntroduction(Standing(lane, digests), stages.Any(stage => stage.StartsWith(lane + "/", StringComparison.Ordinal)))
        {
            IsCritical = order.IsCritical(lane),
        }.To(access.In(lane)));
        return new(Id, Name, Schema, Codecs.ToArray(), Clock.Wall(), Clock.Last, _maxClockLead, [.. lanes]);
    }

    /// <summary>How far this replica is.</summary>
    public async ValueTask<SyncPoint> PointAsync(CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        var digests = await DigestsAsync(cancellationToken).ConfigureAwait(false);
        // Who is handed the point counts on what it covers staying as it is.
        await TellAsync(Schema.Lanes.Select(lane => (lane, VectorOf(lane)[Id])), cancellationToken).ConfigureAwait(false);
        var events = 0L;
        foreach (var lane in _lanes.Keys) events += await _store.CountEventsAsync(lane, cancellationToken).ConfigureAwait(false);
        return new(Clock.Last, events, [.. Schema.Lanes.Select(lane => new SyncPointLane(lane, VectorOf(lane), digests.SetOf(lane).Root))]);
    }

    private LaneStanding Standing(string lane, ReplicaDigests digests) =>
        new(lane, VectorOf(lane), FloorOf(lane), digests.SetOf(lane).Root, digests.SetOf(lane).Count);

    /// <summary>A copy of the tree over a lane's entities.</summary>
    public async ValueTask<MerkleTree> CopyTreeAsync(string lane, CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        return (await DigestsAsync(cancellationToken).ConfigureAwait(false)).SetOf(lane).Freeze().Tree;
    }

    /// <summary>Freezes a lane as it is, until it is released.</summary>
    public async ValueTask<LaneSnapshot> FreezeAsync(string lane, CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        var digests = await DigestsAsync(cancellationToken).ConfigureAwait(false);
        await TellAsync([(lane, VectorOf(lane)[Id])], cancellationToken).ConfigureAwait(false);
        return digests.Freeze(lane, VectorOf(lane), Clock.Last);
    }

    /// <summary>Lets a frozen lane go.</summary>
    public async ValueTask ReleaseAsync(LaneSnapshot snapshot)
    {
        if (_isClosed) return;
        await _gate.WaitAsync().ConfigureAwait(false);
        _digests?.Release(snapshot);
        _gate.Release();
    }

    /// <summary>Reads rows of a frozen lane by their items.</summary>
    /// <exception cref="SessionException">More has changed since than could be kept apart.</exception>
    public ValueTask<StoredEntity[]> ReadFrozenAsync(LaneSnapshot snapshot, IReadOnlyList<ulong> items, CancellationToken cancellationToken) =>
        ReadAsync(
            store =>
            {
                snapshot.Require();
                return snapshot.ReadAsync(store, items, cancellationToken);
            },
            cancellationToken);

    /// <summary>Reads rows of a frozen lane before they are needed; does nothing where it is lost, which whoever needs them will say.</summary>
    public async ValueTask ReadAheadAsync(LaneSnapshot snapshot, IReadOnlyList<ulong> items, CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        if (!snapshot.IsLost) await snapshot.ReadAheadAsync(_store, items, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a page of a frozen lane.</summary>
    /// <exception cref="SessionException">More has changed since than could be kept apart.</exception>
    public ValueTask<(List<StoredEntity> Rows, EntityId? Next)> ScanFrozenAsync(LaneSnapshot snapshot, EntityId after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            store =>
            {
                snapshot.Require();
                return snapshot.ScanAsync(store, _typeLanes, after, limit, cancellationToken);
            },
            cancellationToken);

    /// <summary>Joins a peer's frozen lane into this one, in one atomic step.</summary>
    /// <returns>How many entities it changed, and the conflicts that came of it.</returns>
    /// <exception cref="SessionException">More has changed since the lane was frozen than could be kept apart, or rows are gone. Nothing has changed.</exception>
    /// <exception cref="WireFormatException">The peer says what can't be. Nothing has changed.</exception>
    public async ValueTask<(int Entities, IReadOnlyList<Conflict> Conflicts)> JoinAsync(StagedJoin join, CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        var lane = join.Lane;
        var (vector, floor) = (VectorOf(lane), FloorOf(lane));
        join.Own.Require();
        if (join.Vector[Id] > vector[Id]) throw new WireFormatException($"the peer's lane '{lane}' knows of writes of {Id} that this replica has not made", 0);
        foreach (var (origin, counter) in join.Vector.Entries)
        {
            // What is taken over as states is not in the log.
            if (counter > vector[origin]) floor.Advance(origin, counter);
        }

        var digests = await DigestsAsync(cancellationToken).ConfigureAwait(false);
        var (entities, conflicts, mayConflict) = (0, new List<Conflict>(), false);
        (IReadOnlyList<RowChange> Changes, IReadOnlyList<long> Rows) last = ([], []);
        var batch = await _store.BeginBatchAsync(Revision + 1, cancellationToken).ConfigureAwait(false);
        try
        {
            await join.WriteAsync(_store, batch, vector, _typeLanes, Record, cancellationToken).ConfigureAwait(false);
            if (entities == 0 && vector.Covers(join.Vector)) return (0, []);
            Clock.Observe(join.Clock);
            vector.UnionWith(join.Vector);
            var quarantine = new QuarantineChange(_quarantine, lane, Time.GetUtcNow());
            quarantine.Lift(vector);
            var committing = batch.CommitAsync(CommitOf(lane, vector, floor, quarantine), cancellationToken);
            try
            {
                RecordLast(); // while the disk is busy
            }
            finally
            {
                await committing.ConfigureAwait(false);
            }

            _quarantine = quarantine.Now;
        }
        catch when (entities > 0)
        {
            // They are ahead of the store by what was written and is taken back. Whoever needs them next reads the entities again.
            digests.Abandon();
            _digests = null;
            throw;
        }
        finally
        {
            await batch.DisposeAsync().ConfigureAwait(false);
        }

        _lanes[lane].Floor = floor;
        await AfterStoringAsync(new() { [lane] = vector }, entities, mayConflict).ConfigureAwait(false);
        Feed.Leap(lane, vector);
        return (entities, conflicts);

        void RecordLast() => digests.Record(last.Changes, last.Rows, except: join.Own);

        void Record(IReadOnlyList<RowChange> changes, IReadOnlyList<long> rows)
        {
            RecordLast();
            last = (changes, rows);
            entities += changes.Count;
            conflicts.AddRange(ArisenIn(changes));
            mayConflict |= MayConflict(changes);
            Changing?.Invoke(changes); // If the join fails after all, somebody looks for what isn't there.
        }
    }

    private StoreCommit CommitOf(string lane, VersionVector vector, VersionVector floor, QuarantineChange quarantine) => new(Revision + 1, Clock.Last, new Dictionary<string, VersionVector> { [lane] = vector }, [], [])
    {
        Floors = new Dictionary<string, VersionVector> { [lane] = floor },
        Notes = NotesOf(_typeLanes.Note(), [], quarantine, others: null),
    };

    /// <summary>How far a stamp is ahead of what this replica lets pass; null where it isn't.</summary>
    public TimeSpan? LeadBeyondLimit(Stamp stamp) => Clock.LeadOf(stamp) is var lead && lead > _maxClockLead ? lead : null;

    private async ValueTask<ReplicaDigests> DigestsAsync(CancellationToken cancellationToken) =>
        _digests ??= await ReplicaDigests.OpenAsync(_store, Revision, _typeLanes, cancellationToken).ConfigureAwait(false);

    private async ValueTask KeepDigestsAsync()
    {
        if (_digests is null) return;
        try
        {
            await _digests.KeepAsync(_store, Revision).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // They are made again from the entities at the next opening.
        }
    }
}
