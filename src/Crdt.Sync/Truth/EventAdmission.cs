using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync.Events;
using Crdt.Types.Counters;
using Crdt.Types.Lists;

namespace Crdt.Sync.Truth;

/// <summary>
/// Holds events from elsewhere against the schema before any of them is applied. One that got in with a field of another kind
/// would make every honest write to that field fail from then on. Types and fields that this build doesn't know pass.
/// </summary>
internal static class EventAdmission
{
    private const int SmallestWrite = 9;

    /// <summary>Demands that an event fits the schema where the schema knows of it, and claims no later time than its own. O(bytes).</summary>
    /// <exception cref="WireFormatException">It doesn't.</exception>
    public static void Require(GraphEvent graphEvent, GraphSchema schema)
    {
        foreach (var change in graphEvent.Changes)
        {
            var type = schema.Find(change.Id.TypeId);
            if (type is not null) RequireType(change.Id, type, graphEvent.Lane);
            RequireFields(new(change.State.Span), type, graphEvent.Stamp);
        }
    }

    /// <summary>
    /// Demands that a row that comes as a state is canonical and alone, fits the schema where the schema knows of it, and holds no write beyond what
    /// its sender says it has seen. O(bytes).
    /// </summary>
    /// <exception cref="WireFormatException">It doesn't.</exception>
    public static void RequireRow(EntityId id, ReadOnlySpan<byte> state, string lane, GraphSchema schema, VersionVector seen, Stamp latest)
    {
        EncodedEntity.ValidateRow(state, seen);
        var type = schema.Find(id.TypeId);
        if (type is not null) RequireType(id, type, lane);
        RequireFields(new(state), type, latest);
    }

    private static void RequireType(EntityId id, EntityType type, string lane)
    {
        if (type.Lane != lane) throw new WireFormatException($"'{type.Name}' is in lane '{type.Lane}', not in '{lane}'", 0);
        EntityId.Read(id.Bytes, type);
    }

    private static void RequireFields(StateReader fields, EntityType? type, Stamp latest)
    {
        while (fields.MoveNext())
        {
            if (type?.FindField(fields.FieldId) is { } field && field.Kind != fields.Kind)
                throw fields.Store().Malformed($"'{type.Name}.{field.Name}' is a {field.Kind}, not a {fields.Kind}");
            if (type is { IsConstrained: true } && fields.FieldId == Connection.FieldId) Connection.RequireRegister(fields, type);
            RequireStamps(fields, latest);
            RequireTotals(fields);
        }
    }

    /// <summary>Nobody could tell who has which rights where totals can't be read, and nothing ever removes them.</summary>
    private static void RequireTotals(in StateReader field)
    {
        if (field.Kind != FieldKind.BoundedCounter) return;
        var writes = new DotReader(field.Store(), field.Table, hasPayload: true);
        while (writes.MoveNext()) Escrow.Validate(writes.PayloadReader());
    }

    /// <summary>A write from a later time than its event's would get past the bound on clocks that the event was held against.</summary>
    private static void RequireStamps(in StateReader field, Stamp latest)
    {
        if (field.Kind is FieldKind.Register or FieldKind.MultiValue or FieldKind.Max or FieldKind.Min)
        {
            RequireStamps(new DotReader(field.Store(), field.Table, hasPayload: true), isItem: false, latest);
        }
        else if (field.Kind is FieldKind.Map or FieldKind.List)
        {
            var keys = new KeyedDotsReader(field.Store());
            while (keys.MoveNext())
            {
                if (field.Kind == FieldKind.List) RequireItem(keys.KeyReader());
                RequireStamps(new DotReader(keys.DotsReader(), field.Table, hasPayload: true), field.Kind == FieldKind.List, latest);
            }
        }
    }

    private static void RequireStamps(DotReader writes, bool isItem, Stamp latest)
    {
        while (writes.MoveNext())
        {
            var payload = writes.PayloadReader();
            if (!isItem && payload.Remaining < SmallestWrite) throw payload.Malformed("a write of a register has no stamp");
            RequireStamp(ref payload, latest);
            if (!isItem) continue;
            ListPosition.Read(payload.ReadNested());
            RequireStamp(ref payload, latest);
        }
    }

    // Nobody could read the entity any more, nor delete it, where an item had no name or no place.
    private static void RequireItem(WireReader id)
    {
        id.ReadReplica();
        if (id.ReadVarint() == 0) throw id.Malformed("dots count from 1");
        id.End();
    }

    private static void RequireStamp(ref WireReader payload, Stamp latest)
    {
        if (new Stamp(payload.ReadUInt64()).CompareTo(latest) > 0) throw payload.Malformed("a write is later than its event");
    }
}
