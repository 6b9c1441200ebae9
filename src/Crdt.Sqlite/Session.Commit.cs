using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Storage;

namespace Crdt.Sqlite;

internal sealed partial class Session
{
    private const int MaxEntities = 1 << Layout.ChangeBits;
    private const long MaxRevision = long.MaxValue >> Layout.ChangeBits;
    private readonly Statement _begin, _end, _addEntity, _setEntity, _dropEntity, _addEvent, _addLane, _setLane, _addChange;

    public void Commit(StoreCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        Require(commit);
        var entities = InOrder(commit.Entities);
        Transact(() =>
        {
            WriteLanes(commit);
            WriteEvents(commit.Events);
            WriteEntities(commit.Revision, entities);
            (_meta.Revision, _meta.Clock) = (commit.Revision, commit.Clock);
            if (_index.IsDue) Settle();
        });
        _revision = commit.Revision;
        _located.Clear();
    }

    private void PrepareCommits(
        out Statement begin, out Statement end, out Statement addEntity, out Statement setEntity, out Statement dropEntity,
        out Statement addEvent, out Statement addLane, out Statement setLane, out Statement addChange)
    {
        begin = _database.Prepare("BEGIN IMMEDIATE");
        end = _database.Prepare("COMMIT");
        addEntity = _database.Prepare("INSERT INTO entity(row, id, alive, conflict, state) VALUES(?1, ?2, ?3, ?4, ?5)");
        setEntity = _database.Prepare("UPDATE entity SET alive = ?2, conflict = ?3, state = ?4 WHERE row = ?1");
        dropEntity = _database.Prepare("DELETE FROM entity WHERE row = ?1");
        addEvent = _database.Prepare("INSERT INTO event(at, lane, origin, first, last, bytes) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
        addLane = _database.Prepare("INSERT INTO lane(id, name, vector) VALUES(?1, ?2, ?3)");
        setLane = _database.Prepare("UPDATE lane SET vector = ?2 WHERE id = ?1");
        addChange = _database.Prepare("INSERT INTO change(at, was_alive, id) VALUES(?1, ?2, ?3)");
    }

    private void Require(StoreCommit commit)
    {
        if (commit.Revision != _revision + 1)
            throw new ArgumentException($"The last commit of '{_path}' was number {_revision}; {commit.Revision} can't follow it.", nameof(commit));
        if (commit.Revision > MaxRevision) throw new ArgumentException($"A store takes {MaxRevision} commits at most.", nameof(commit));
        if (commit.Entities.Count > MaxEntities)
            throw new ArgumentException($"A commit changes {MaxEntities} entities at most, not {commit.Entities.Count}.", nameof(commit));
        foreach (var item in commit.Events)
        {
            if (item.First > item.Last || item.Last > long.MaxValue)
                throw new ArgumentException($"An event can't hold the dots {item.First} to {item.Last}.", nameof(commit));
        }
    }

    private void WriteLanes(StoreCommit commit)
    {
        foreach (var (name, vector) in commit.Vectors)
        {
            var writer = new WireWriter(capacity: 256);
            vector.Write(ref writer);
            if (_lanes.TryGetValue(name, out var lane)) _setLane.Bind(1, lane.Id).Bind(2, writer.Written).Run();
            else AddLane(name, writer.Written);
            writer.Dispose();
        }

        foreach (var item in commit.Events)
        {
            if (!_lanes.ContainsKey(item.Lane)) throw new ArgumentException($"The lane '{item.Lane}' has events but no vector.", nameof(commit));
        }
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

    private void WriteEntities(long revision, EntityWrite[] entities)
    {
        var change = (revision << Layout.ChangeBits) - 1;
        foreach (var write in entities)
        {
            WriteEntity(write);
            _addChange.Bind(1, ++change).Bind(2, write.WasAlive).Bind(3, write.Id.Bytes).Run();
        }
    }

    private void WriteEntity(EntityWrite write)
    {
        var row = Locate(write.Id);
        if (write.State.IsEmpty)
        {
            if (row != 0) Drop(write, row);
        }
        else if (row != 0)
        {
            _setEntity.Bind(1, row).Bind(2, write.IsAlive).Bind(3, write.InConflict).Bind(4, write.State.Span).Run();
        }
        else
        {
            row = _index.Add(write.Id);
            _addEntity.Bind(1, row).Bind(2, write.Id.Bytes).Bind(3, write.IsAlive).Bind(4, write.InConflict).Bind(5, write.State.Span).Run();
        }
    }

    private void Drop(EntityWrite write, long row)
    {
        _index.Remove(write.Id, row);
        _dropEntity.Bind(1, row).Run();
    }

    // Keys that are neighbours in the index are on one page.
    private static EntityWrite[] InOrder(IReadOnlyList<EntityWrite> entities)
    {
        var sorted = entities.ToArray();
        Array.Sort(sorted, static (a, b) => a.Id.CompareTo(b.Id));
        if (sorted is [{ Id.Bytes.IsEmpty: true }, ..]) throw new ArgumentException("A commit changes an entity that has no id.", nameof(entities));
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Id == sorted[i - 1].Id) throw new ArgumentException($"A commit changes the entity {sorted[i].Id} twice.", nameof(entities));
        }

        return sorted;
    }
}
