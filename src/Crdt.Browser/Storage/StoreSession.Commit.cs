using Crdt.Browser.Interop;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <content>Its commits.</content>
internal sealed partial class StoreSession
{
    /// <summary>How many entities a commit can change.</summary>
    private const int MaxEntities = 1 << 24;

    public async Task<IReadOnlyList<long>> CommitAsync(StoreCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        RequireNoBatch();
        RequireNext(commit.Revision);
        Require(commit);
        var changes = new RecordChanges();
        var written = await WriteEntitiesAsync(changes, commit.Revision, 0, commit.Entities, _head.LastRow, undo: null).ConfigureAwait(false);
        await CommitAsync(changes, commit, written.LastRow).ConfigureAwait(false);
        return written.Rows;
    }

    /// <summary>Writes what a commit has besides entities and makes all of it durable; what is kept in memory follows once it is.</summary>
    private async Task CommitAsync(RecordChanges changes, StoreCommit commit, long lastRow)
    {
        var lanes = new Dictionary<string, StoreLane>(_lanes, StringComparer.Ordinal);
        var head = _head with { Clock = commit.Clock, Revision = commit.Revision, LastRow = lastRow };
        var identity = commit.Incarnation is { } incarnation ? _identity with { Incarnations = [.. _identity.Incarnations, incarnation] } : _identity;
        foreach (var (name, vector) in commit.Vectors)
            lanes[name] = lanes.TryGetValue(name, out var lane) ? lane with { Vector = vector.Clone() } : new((uint)lanes.Count + 1, vector.Clone(), null, 0);
        foreach (var (name, floor) in commit.Floors) lanes[name] = lanes[name] with { Floor = floor.Clone() };
        await RemoveReplacedAsync(changes, commit.Replaced, lanes).ConfigureAwait(false);
        foreach (var stored in commit.Events)
        {
            var lane = lanes[stored.Lane] = lanes[stored.Lane] with { LastEvent = lanes[stored.Lane].LastEvent + 1 };
            EventRecord.Put(stored, lane.Number, lane.LastEvent, changes);
        }

        foreach (var (name, lane) in lanes.Where(lane => _lanes.GetValueOrDefault(lane.Key) != lane.Value)) changes.Put(RecordStore.Meta, Meta.Lane(name), lane.ToBytes());
        foreach (var (key, value) in commit.Notes)
        {
            await KeepKeyAsync(key, value).ConfigureAwait(false);
            PutNote(changes, key, value.Span);
        }

        if (identity != _identity) changes.Put(RecordStore.Meta, Meta.Identity, identity.ToBytes());
        changes.Put(RecordStore.Meta, Meta.Head, head.ToBytes());
        await _database.WriteAsync(changes).ConfigureAwait(false);
        (_lanes, _head, _identity) = (lanes, head, identity);
        Forget();
    }

    /// <summary>Writes entities, those with lower ids first, and says which rows they have and which was given last.</summary>
    /// <param name="changes">What to add to.</param>
    /// <param name="revision">The number of the commit.</param>
    /// <param name="part">Which part of it this is.</param>
    /// <param name="entities">What to write.</param>
    /// <param name="lastRow">The last row that was given before.</param>
    /// <param name="undo">What takes it back; null where nobody needs that.</param>
    private async Task<(long[] Rows, long LastRow)> WriteEntitiesAsync(
        RecordChanges changes, long revision, int part, IReadOnlyList<EntityWrite> entities, long lastRow, RecordChanges? undo)
    {
        if (entities.Count > MaxEntities) throw new ArgumentException($"A commit changes {MaxEntities} entities at most.", nameof(entities));
        var order = EntityWrite.InOrder(entities);
        if (order.Length == 0) return ([], lastRow);
        var before = await RecordsOfAsync([.. entities.Select(write => write.Id)]).ConfigureAwait(false);
        var (rows, changed) = (new long[order.Length], new PackedWriter());
        foreach (var index in order)
        {
            var write = entities[index];
            var known = before[index].IsEmpty ? null : EntityRecord.Read(before[index]);
            rows[index] = Write(changes, write, known, ref lastRow);
            if (known is not null) undo?.PutEntity(write.Id, known);
            else undo?.Delete(RecordStore.Entity, write.Id.Bytes);
            changed.Number(write.WasAlive ? 1 : 0);
            changed.Block(write.Id.Bytes);
        }

        changes.Put(RecordStore.Change, ChangeKey(revision, part), changed.Written);
        undo?.Delete(RecordStore.Change, ChangeKey(revision, part));
        return (rows, lastRow);
    }

    private static long Write(RecordChanges changes, EntityWrite write, EntityRecord? known, ref long lastRow)
    {
        if (write.State.IsEmpty)
        {
            if (known is not null) changes.Delete(RecordStore.Entity, write.Id.Bytes);
            return known?.Row ?? 0;
        }

        UniqueClaim[] claims = [.. (known?.Claims ?? []).Except(write.Released).Union(write.Claimed)];
        var row = known?.Row ?? ++lastRow;
        changes.PutEntity(write.Id, new(row, write.IsAlive, write.InConflict, claims, write.State));
        return row;
    }

    private async Task RemoveReplacedAsync(RecordChanges changes, IReadOnlyList<EventSpan> replaced, Dictionary<string, StoreLane> lanes)
    {
        KeyRange[] spans = [.. replaced.Select(span => EventKeys.From(lanes[span.Lane].Number, span.Origin, span.First))];
        foreach (var events in await _database.ReadAsync(RecordStore.Event, isIndexed: true, spans, int.MaxValue, withRecords: false).ConfigureAwait(false))
        {
            foreach (var (key, _) in events) changes.Delete(RecordStore.Event, key.Span);
        }
    }

    private void RequireNext(long revision)
    {
        if (revision != _head.Revision + 1) throw new ArgumentException($"The last commit of '{_name}' was number {_head.Revision}; {revision} can't follow it.", nameof(revision));
    }

    private void Require(StoreCommit commit)
    {
        commit.RequireDots();
        commit.RequireLanes(_lanes.ContainsKey);
    }
}
