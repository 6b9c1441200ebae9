using System.Runtime.InteropServices;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Events;
using Crdt.Uniqueness;

namespace Crdt.Sync.Truth;

/// <summary>
/// Joins events into rows held in memory. The replica's vector before an event is the context of every row, also of those
/// it doesn't have, so a deleted entity is simply absent and can't come back.
/// </summary>
/// <param name="rows">The rows that the events touch, as they are stored; empty where there is none.</param>
/// <param name="vector">The lane's vector; it is advanced event by event.</param>
internal sealed class EventApplication(Dictionary<EntityId, ReadOnlyMemory<byte>> rows, VersionVector vector)
{
    private readonly Dictionary<EntityId, ReadOnlyMemory<byte>> _before = [];

    /// <summary>Applies an event whose dependencies the vector covers, as a whole.</summary>
    /// <exception cref="WireFormatException">A field of it merges differently from the one that is stored. Nothing has changed.</exception>
    public void Apply(GraphEvent graphEvent)
    {
        var joined = new byte[graphEvent.Changes.Count][];
        for (var i = 0; i < joined.Length; i++)
        {
            var (id, delta) = graphEvent.Changes[i];
            var row = rows[id];
            joined[i] = EncodedEntity.Join(
                row.IsEmpty ? EncodedEntity.Empty.Span : row.Span, vector, delta.Span, EncodedEntity.ContextOf(delta.Span));
        }

        _before.EnsureCapacity(Math.Min(_before.Count + joined.Length, rows.Count));
        for (var i = 0; i < joined.Length; i++)
        {
            ref var row = ref CollectionsMarshal.GetValueRefOrNullRef(rows, graphEvent.Changes[i].Id);
            _before.TryAdd(graphEvent.Changes[i].Id, row);
            row = joined[i];
        }

        vector.Advance(graphEvent.Origin, graphEvent.Last);
    }

    /// <summary>The size of a row that has grown and exceeds a limit now; 0 where there is none. One that merging made too large may shrink.</summary>
    public int Outgrown(int limit)
    {
        foreach (var (id, before) in _before)
        {
            if (rows[id].Length > limit && rows[id].Length > before.Length) return rows[id].Length;
        }

        return 0;
    }

    /// <summary>The rows that have changed.</summary>
    public List<RowChange> Changes(GraphSchema schema)
    {
        var changes = new List<RowChange>(_before.Count);
        foreach (var (id, before) in _before) changes.Add(ChangeOf(schema, id, before, rows[id]));
        return changes;
    }

    /// <summary>What a store has to know of a row that changes. O(bytes).</summary>
    public static RowChange ChangeOf(GraphSchema schema, EntityId id, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        var summary = EncodedEntity.Inspect(after.Span);
        var write = new EntityWrite(id, summary.IsEmpty ? default : after, EncodedEntity.IsAlive(before.Span), summary.IsAlive, summary.InConflict);
        if (schema.Find(id.TypeId) is not { UniqueFields.Count: > 0 } type) return new(write, before);
        var (had, has) = (UniqueClaims.ClaimsOf(type, before.Span), UniqueClaims.ClaimsOf(type, after.Span));
        return new(write with { Claimed = [.. has.Except(had)], Released = [.. had.Except(has)] }, before);
    }
}
