using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sqlite;

internal sealed partial class Session
{
    private const int MaxLocated = 65_536;
    private readonly Statement _conflicts, _changes, _rowWithId;
    private readonly Dictionary<EntityId, long> _located = [];

    public IReadOnlyList<ReadOnlyMemory<byte>> Read(IReadOnlyList<EntityId> entities)
    {
        var states = new ReadOnlyMemory<byte>[entities.Count];
        foreach (var index in EntityOrder.Of(entities))
        {
            var (row, state) = _index.Read(entities[index]);
            Remember(entities[index], row);
            if (row != 0) states[index] = state ?? throw new StoreException(SqliteFault.Damaged(_path, $"row {row} is listed and missing"));
        }

        return states;
    }

    public IReadOnlyList<StoredEntity> Scan(EntityId after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return _index.Scan(after.Bytes, limit);
    }

    public IReadOnlyList<StoredEntity> ReadRows(IReadOnlyList<long> rows)
    {
        var found = new StoredEntity[rows.Count];
        for (var i = 0; i < found.Length; i++)
        {
            if (!_rowWithId.Bind(1, rows[i]).Step()) continue;
            found[i] = new(EntityId.FromTrusted(_rowWithId.Bytes(0).ToArray()), _rowWithId.Bytes(1).ToArray()) { Row = rows[i] };
            _rowWithId.Reset();
            Remember(found[i].Id, rows[i]);
        }

        return found;
    }

    public IReadOnlyList<StoredEntity> ScanConflicts(EntityId after)
    {
        var found = new List<StoredEntity>();
        _conflicts.Bind(1, after.Bytes).Bind(2, ConflictsAtOnce);
        while (_conflicts.Step()) found.Add(new(EntityId.FromTrusted(_conflicts.Bytes(0).ToArray()), _conflicts.Bytes(1).ToArray()));
        return found;
    }

    public IReadOnlyDictionary<uint, long> Count()
    {
        var counts = new Dictionary<uint, long>();
        using var types = _database.Prepare("SELECT substr(id, 1, 5) AS type, count(*) FROM entity WHERE alive = 1 GROUP BY type");
        while (types.Step()) counts[IndexKey.TypeOf(types.Bytes(0))] = types.Integer(1);
        return counts;
    }

    public IReadOnlyList<EntityId> ReadIncident(IReadOnlyList<EntityId> nodes)
    {
        var found = new HashSet<EntityId>();
        foreach (var node in nodes) _index.CollectIncident(node, found);
        return [.. found];
    }

    public IReadOnlyList<EntityId> ReadOutgoing(IReadOnlyList<EntityId> nodes, uint type)
    {
        var found = new HashSet<EntityId>();
        foreach (var node in nodes) _index.CollectOutgoing(node, type, found);
        return [.. found];
    }

    public ChangeSet? ReadChanges(long watermark, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        if (watermark < _meta.Forgotten || watermark > _revision) return null;
        var wasAlive = new Dictionary<EntityId, bool>();
        _changes.Bind(1, watermark + 1 << Layout.ChangeBits);
        while (_changes.Step())
        {
            if (!wasAlive.TryAdd(EntityId.FromTrusted(_changes.Bytes(0).ToArray()), _changes.Integer(1) != 0) || wasAlive.Count <= limit) continue;
            _changes.Reset();
            return null;
        }

        EntityId[] ids = [.. wasAlive.Keys];
        var states = Read(ids);
        return new(_revision, [.. ids.Select((id, i) => new EntityChange(id, wasAlive[id], states[i]))]);
    }

    public void ForgetChanges(long watermark)
    {
        if (watermark > _revision) throw new ArgumentException($"The last commit was number {_revision}; changes up to {watermark} can't be forgotten.", nameof(watermark));
        if (watermark <= _meta.Forgotten) return;
        Transact(() =>
        {
            using var forget = _database.Prepare("DELETE FROM change WHERE at < ?1");
            forget.Bind(1, watermark + 1 << Layout.ChangeBits).Run();
            _meta.Forgotten = watermark;
        });
    }

    private void PrepareReads(
        out Statement conflicts, out Statement changes,
        out Statement rowWithId, out Statement nextOrigin, out Statement firstUncovered, out Statement events, out Statement removeFrom)
    {
        rowWithId = _database.Prepare("SELECT id, state FROM entity WHERE row = ?1");
        removeFrom = _database.Prepare("DELETE FROM event WHERE lane = ?1 AND origin = ?2 AND last >= ?3");
        conflicts = _database.Prepare("SELECT id, state FROM entity WHERE conflict = 1 AND id > ?1 ORDER BY id LIMIT ?2");
        changes = _database.Prepare("SELECT id, was_alive FROM change WHERE at >= ?1 ORDER BY at");
        nextOrigin = _database.Prepare("SELECT origin FROM event WHERE lane = ?1 AND origin > ?2 ORDER BY origin LIMIT 1");
        firstUncovered = _database.Prepare("SELECT at FROM event WHERE lane = ?1 AND origin = ?2 AND last > ?3 ORDER BY last LIMIT 1");
        events = _database.Prepare("SELECT at, origin, first, last, bytes FROM event WHERE at >= ?1 AND at < ?2 ORDER BY at");
    }

    // What is read is usually written next, so where it was found, or that it wasn't, is kept until then.
    private long Locate(EntityId id) => _located.TryGetValue(id, out var row) ? row : _index.Find(id);

    private void Remember(EntityId id, long row)
    {
        if (_located.Count >= MaxLocated) _located.Clear();
        _located[id] = row;
    }
}
