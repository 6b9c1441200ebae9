using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync.Events;

namespace Crdt.Sync.Truth;

/// <summary>
/// Holds events from elsewhere against the schema before any of them is applied. One that got in with a field of another kind
/// would make every honest write to that field fail from then on. Types and fields that this build doesn't know pass.
/// </summary>
internal static class EventAdmission
{
    /// <summary>Demands that an event fits the schema where the schema knows of it. O(bytes).</summary>
    /// <exception cref="WireFormatException">It doesn't.</exception>
    public static void Require(GraphEvent graphEvent, GraphSchema schema)
    {
        foreach (var change in graphEvent.Changes)
        {
            if (schema.Find(change.Id.TypeId) is not { } type) continue;
            if (type.Lane != graphEvent.Lane) throw new WireFormatException($"'{type.Name}' is in lane '{type.Lane}', not in '{graphEvent.Lane}'", 0);
            EntityId.Read(change.Id.Bytes, type);
            RequireKinds(change.State.Span, type);
        }
    }

    private static void RequireKinds(ReadOnlySpan<byte> state, EntityType type)
    {
        var fields = new StateReader(state);
        while (fields.MoveNext())
        {
            if (type.FindField(fields.FieldId) is { } field && field.Kind != fields.Kind)
                throw fields.Store().Malformed($"'{type.Name}.{field.Name}' is a {field.Kind}, not a {fields.Kind}");
        }
    }
}
