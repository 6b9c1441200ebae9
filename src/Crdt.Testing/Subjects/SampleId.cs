using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Testing.Subjects;

/// <summary>Some entity of a type, whatever keys and ends it takes.</summary>
internal static class SampleId
{
    public static EntityId Of(EntityType type, int number = 1)
    {
        var key = type.Key is { } schema ? KeyOf(schema.Value, number) : default;
        return type.IsRelationship
            ? EntityId.Relationship(type, Of(type.Source, 1), Of(type.Target, 2), key)
            : EntityId.Node(type, key);
    }

    private static EntityKey KeyOf(ValueKind kind, int number) => kind switch
    {
        ValueKind.Text => $"key {number}",
        ValueKind.Guid => new Guid(number, 0, 0, new byte[8]),
        _ => number,
    };
}
