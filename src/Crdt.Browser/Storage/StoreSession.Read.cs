using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Crdt.Browser.Interop;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <content>What it says of entities.</content>
internal sealed partial class StoreSession
{
    private const int AtOnce = 256;
    private const int MaxKnown = 16_384, MaxKnownBytes = 4 * 1024 * 1024;

    /// <summary>The records that were read last, empty where there is none: what is read is usually written next.</summary>
    private readonly Dictionary<EntityId, ReadOnlyMemory<byte>> _known = [];
    private long _knownBytes;

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<EntityId> entities)
    {
        var records = await RecordsOfAsync(entities).ConfigureAwait(false);
        return [.. records.Select(record => record.IsEmpty ? default : EntityRecord.Read(record).State)];
    }

    public async Task<IReadOnlyList<StoredEntity>> ReadRowsAsync(IReadOnlyList<long> rows)
    {
        var found = await _database.ReadAsync(RecordStore.Entity, isIndexed: true, [.. rows.Select(row => KeyRange.Only(EntityKeys.Row(row)))], 1, withRecords: true).ConfigureAwait(false);
        return [.. found.Select(entities => entities is [var (key, record)] ? Stored(key, record) : default)];
    }

    public async Task<IReadOnlyList<StoredEntity>> ScanAsync(EntityId after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var found = await _database.ReadAsync(RecordStore.Entity, KeyRange.Above(after.Bytes), limit).ConfigureAwait(false);
        return [.. found.Select(entity => Stored(entity.Key, entity.Record))];
    }

    public async Task<IReadOnlyList<StoredEntity>> ScanConflictsAsync(EntityId after)
    {
        var found = await _database.ReadAsync(RecordStore.Entity, isIndexed: true, [EntityKeys.ConflictsAbove(after)], AtOnce, withRecords: true).ConfigureAwait(false);
        return [.. found[0].Select(entity => Stored(entity.Key, entity.Record) with { Row = 0 })];
    }

    // From the first entity of one type to the first of the next.
    public async Task<IReadOnlyDictionary<uint, long>> CountAsync()
    {
        var counts = new Dictionary<uint, long>();
        for (var range = KeyRange.All; await _database.ReadKeysAsync(RecordStore.Entity, range, 1).ConfigureAwait(false) is [var first];)
        {
            var id = EntityId.FromTrusted(first.Key.ToArray());
            var ofType = EntityKeys.OfType(id.IsRelationship, id.TypeId);
            var all = await _database.CountAsync(RecordStore.Entity, isIndexed: false, [ofType]).ConfigureAwait(false);
            var dead = await _database.CountAsync(RecordStore.Entity, isIndexed: true, [KeyRange.Only(EntityKeys.Dead(id.TypeId))]).ConfigureAwait(false);
            if (all[0] > dead[0]) counts[id.TypeId] = all[0] - dead[0];
            range = new(ofType.Upper, []);
        }

        return counts;
    }

    public async Task<IReadOnlyList<EntityId>> ReadIncidentAsync(IReadOnlyList<EntityId> nodes) =>
        await ReadIdsAsync(isIndexed: true, [.. nodes.Select(node => KeyRange.Only(EntityKeys.End(node.Bytes)))]).ConfigureAwait(false);

    public async Task<IReadOnlyList<EntityId>> ReadOutgoingAsync(IReadOnlyList<EntityId> nodes, uint type) =>
        await ReadIdsAsync(isIndexed: false, [.. nodes.Select(node => EntityKeys.Outgoing(type, node))]).ConfigureAwait(false);

    public async Task<ChangeSet?> ReadChangesAsync(long watermark, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        if (watermark < _head.Forgotten || watermark > _head.Revision) return null;
        var wasAlive = new Dictionary<EntityId, bool>();
        for (var range = ChangesFrom(watermark + 1); await _database.ReadAsync(RecordStore.Change, range, AtOnce).ConfigureAwait(false) is { Count: > 0 } page; range = range.After(page[^1].Key.ToArray()))
        {
            foreach (var (_, record) in page) Collect(record, wasAlive);
            if (wasAlive.Count > limit) return null;
        }

        EntityId[] ids = [.. wasAlive.Keys];
        var states = await ReadAsync(ids).ConfigureAwait(false);
        return new(_head.Revision, [.. ids.Select((id, i) => new EntityChange(id, wasAlive[id], states[i]))]);
    }

    public async Task ForgetChangesAsync(long watermark)
    {
        if (watermark > _head.Revision) throw new ArgumentException($"The last commit was number {_head.Revision}; changes up to {watermark} can't be forgotten.", nameof(watermark));
        if (watermark <= _head.Forgotten) return;
        RequireNoBatch();
        var head = _head with { Forgotten = watermark };
        await WriteAsync(changes =>
        {
            changes.Delete(RecordStore.Change, new KeyRange([], ChangeKey(watermark + 1, 0), IsUpperOpen: true));
            changes.Put(RecordStore.Meta, Meta.Head, head.ToBytes());
        }).ConfigureAwait(false);
        _head = head;
    }

    private static KeyRange ChangesFrom(long revision) => new(ChangeKey(revision, 0), []);

    private static byte[] ChangeKey(long revision, int part)
    {
        var key = new byte[sizeof(long) + sizeof(int)];
        BinaryPrimitives.WriteInt64BigEndian(key, revision);
        BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(sizeof(long)), part);
        return key;
    }

    private static void Collect(ReadOnlyMemory<byte> record, Dictionary<EntityId, bool> wasAlive)
    {
        for (var reader = new PackedReader(record); !reader.IsDone;)
        {
            var was = reader.Number() != 0;
            wasAlive.TryAdd(EntityId.FromTrusted(reader.Block().ToArray()), was);
        }
    }

    private async Task<EntityId[]> ReadIdsAsync(bool isIndexed, KeyRange[] ranges)
    {
        var found = new HashSet<EntityId>();
        foreach (var entities in await _database.ReadAsync(RecordStore.Entity, isIndexed, ranges, int.MaxValue, withRecords: false).ConfigureAwait(false))
            found.UnionWith(entities.Select(entity => EntityId.FromTrusted(entity.Key.ToArray())));
        return [.. found];
    }

    /// <summary>The records of entities, those that are known from memory; empty where there is none.</summary>
    private async Task<ReadOnlyMemory<byte>[]> RecordsOfAsync(IReadOnlyList<EntityId> entities)
    {
        EntityId[] unknown = [.. entities.Where(id => !_known.ContainsKey(id)).Distinct()];
        var found = await _database.GetAsync(RecordStore.Entity, [.. unknown.Select(id => id.Memory)]).ConfigureAwait(false);
        var read = new Dictionary<EntityId, ReadOnlyMemory<byte>>(unknown.Length);
        for (var i = 0; i < unknown.Length; i++) read[unknown[i]] = found[i] ?? default;
        ReadOnlyMemory<byte>[] records = [.. entities.Select(id => read.TryGetValue(id, out var record) ? record : _known[id])];
        Remember(read);
        return records;
    }

    private void Remember(Dictionary<EntityId, ReadOnlyMemory<byte>> read)
    {
        var bytes = read.Values.Sum(record => (long)record.Length);
        if (_known.Count + read.Count > MaxKnown || _knownBytes + bytes > MaxKnownBytes) Forget();
        if (read.Count > MaxKnown || bytes > MaxKnownBytes) return;
        _knownBytes += bytes;
        foreach (var (id, record) in read) _known[id] = record;
    }

    private void Forget()
    {
        _known.Clear();
        _knownBytes = 0;
    }

    private static StoredEntity Stored(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> record)
    {
        var entity = EntityRecord.Read(record);
        return new(EntityId.FromTrusted(key.ToArray()), entity.State) { Row = entity.Row };
    }
}
