using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sqlite;

internal sealed partial class Session
{
    /// <summary>From so many entities on a change is written on a thread of the pool: fewer are written sooner than another thread has begun.</summary>
    public const int Large = 100;

    private const int MaxEntities = 1 << Layout.ChangeBits;
    private const long MaxRevision = long.MaxValue >> Layout.ChangeBits;
    private readonly Statement _begin, _end, _addEntity, _rewriteEntity, _setEntity, _dropEntity, _addEvent, _addLane, _setLane, _setFloor, _addChange;

    public IReadOnlyList<long> Commit(StoreCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        RequireNoBatch();
        RequireNext(commit.Revision);
        Require(commit);
        var order = InOrder(commit.Entities);
        IReadOnlyList<long> rows = [];
        Transact(() =>
        {
            WriteHead(commit);
            rows = WriteEntities(commit.Revision << Layout.ChangeBits, commit.Entities, order);
            if (_index.IsDue) Settle();
        });
        _revision = commit.Revision;
        _lease?.Note(_revision);
        _located.Clear();
        return rows;
    }

    private void WriteHead(StoreCommit commit)
    {
        WriteLanes(commit);
        RemoveReplaced(commit.Replaced);
        WriteEvents(commit.Events);
        foreach (var (key, value) in commit.Notes) PutNote(key, value.Span);
        // The lease stays: it says which file this is, and a copy of an earlier moment lacks this commit.
        if (commit.Incarnation is { } incarnation) _meta.Reincarnate(incarnation);
        (_meta.Revision, _meta.Clock) = (commit.Revision, commit.Clock);
    }

    private void PrepareCommits(
        out Statement begin, out Statement end, out Statement addEntity, out Statement rewriteEntity, out Statement setEntity, out Statement dropEntity,
        out Statement addEvent, out Statement addLane, out Statement setLane, out Statement setFloor, out Statement addChange)
    {
        begin = _database.Prepare("BEGIN IMMEDIATE");
        end = _database.Prepare("COMMIT");
        addEntity = _database.Prepare("INSERT INTO entity(row, id, alive, conflict, state) VALUES(?1, ?2, ?3, ?4, ?5)");
        rewriteEntity = _database.Prepare("UPDATE entity SET alive = ?2, state = ?4 WHERE row = ?1 AND conflict = ?3");
        setEntity = _database.Prepare("UPDATE entity SET alive = ?2, conflict = ?3, state = ?4 WHERE row = ?1");
        dropEntity = _database.Prepare("DELETE FROM entity WHERE row = ?1");
        addEvent = _database.Prepare("INSERT INTO event(at, lane, origin, first, last, bytes) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
        addLane = _database.Prepare("INSERT INTO lane(id, name, vector) VALUES(?1, ?2, ?3)");
        setLane = _database.Prepare("UPDATE lane SET vector = ?2 WHERE id = ?1");
        setFloor = _database.Prepare("UPDATE lane SET floor = ?2 WHERE id = ?1");
        addChange = _database.Prepare("INSERT INTO change(at, was_alive, id) VALUES(?1, ?2, ?3)");
    }

    private void RequireNext(long revision)
    {
        if (revision != _revision + 1) throw new ArgumentException($"The last commit of '{_path}' was number {_revision}; {revision} can't follow it.", nameof(revision));
        if (revision > MaxRevision) throw new ArgumentException($"A store takes {MaxRevision} commits at most.", nameof(revision));
    }

    private static void Require(StoreCommit commit)
    {
        if (commit.Entities.Count > MaxEntities)
            throw new ArgumentException($"A commit changes {MaxEntities} entities at most, not {commit.Entities.Count}.", nameof(commit));
        commit.RequireDots();
    }

    private void WriteLanes(StoreCommit commit)
    {
        foreach (var (name, vector) in commit.Vectors)
        {
            var bytes = BytesOf(vector);
            if (_lanes.TryGetValue(name, out var lane)) _setLane.Bind(1, lane.Id).Bind(2, bytes).Run();
            else AddLane(name, bytes);
        }

        foreach (var item in commit.Events) RequireLane(item.Lane, "events");
        foreach (var (name, floor) in commit.Floors) _setFloor.Bind(1, RequireLane(name, "a floor").Id).Bind(2, BytesOf(floor)).Run();
    }

    private StoreLane RequireLane(string name, string has) =>
        _lanes.TryGetValue(name, out var lane) ? lane : throw new ArgumentException($"The lane '{name}' has {has} but no vector.", nameof(name));

    private static byte[] BytesOf(VersionVector vector)
    {
        var writer = new WireWriter(capacity: 256);
        vector.Write(ref writer);
        return writer.Finish();
    }

    // The dictionary is replaced, not changed, so that a transaction that fails gets the old one back.
    private void AddLane(string name, ReadOnlySpan<byte> vector)
    {
        var lane = new StoreLane(_lanes.Count + 1, 0);
        _addLane.Bind(1, lane.Id).Bind(2, name).Bind(3, vector).Run();
        _lanes = new(_lanes, StringComparer.Ordinal) { [name] = lane with { LastEvent = lane.Start } };
    }

    private void WriteEvents(IReadOnlyList<StoredEvent> events)
    {
        if (events.Count == 0) return;
        var lanes = new Dictionary<string, StoreLane>(_lanes, StringComparer.Ordinal);
        Span<byte> origin = stackalloc byte[ReplicaId.Size];
        foreach (var item in events)
        {
            var lane = lanes[item.Lane];
            lanes[item.Lane] = lane = lane with { LastEvent = lane.LastEvent + 1 };
            item.Origin.Write(origin);
            _addEvent.Bind(1, lane.LastEvent).Bind(2, lane.Id).Bind(3, origin).Bind(4, (long)item.First).Bind(5, (long)item.Last).Bind(6, item.Bytes.Span).Run();
        }

        _lanes = lanes;
    }

    private long[] WriteEntities(long change, IReadOnlyList<EntityWrite> entities, int[] order)
    {
        var rows = new long[order.Length];
        foreach (var index in order)
        {
            var write = entities[index];
            rows[index] = WriteEntity(write);
            WriteClaims(write, rows[index]);
            _addChange.Bind(1, change++).Bind(2, write.WasAlive).Bind(3, write.Id.Bytes).Run();
        }

        return rows;
    }

    private long WriteEntity(EntityWrite write)
    {
        var row = Locate(write.Id);
        if (write.State.IsEmpty)
        {
            if (row != 0) Drop(write, row);
            return row;
        }

        if (row != 0)
        {
            // An update that doesn't name the column of conflicts leaves their index alone, and most entities are in none, before as after.
            var isRewritten = _rewriteEntity.Bind(1, row).Bind(2, write.IsAlive).Bind(3, write.InConflict).Bind(4, write.State.Span).Change() > 0;
            if (!isRewritten) _setEntity.Bind(1, row).Bind(2, write.IsAlive).Bind(3, write.InConflict).Bind(4, write.State.Span).Run();
            return row;
        }

        row = _index.Add(write.Id);
        _addEntity.Bind(1, row).Bind(2, write.Id.Bytes).Bind(3, write.IsAlive).Bind(4, write.InConflict).Bind(5, write.State.Span).Run();
        return row;
    }

    private void Drop(EntityWrite write, long row)
    {
        _index.Remove(write.Id, row);
        _dropEntity.Bind(1, row).Run();
    }

    // Keys that are neighbours in the index are on one page.
    private static int[] InOrder(IReadOnlyList<EntityWrite> entities)
    {
        var ids = new EntityId[entities.Count];
        for (var i = 0; i < ids.Length; i++) ids[i] = entities[i].Id;
        var order = EntityOrder.Of(ids);
        EntityWrite.RequireDistinct(order, index => ids[index]);
        return order;
    }
}
