using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Cli.Output;

/// <summary>Entities for people.</summary>
internal static class EntityText
{
    /// <summary>A node's key; a relationship's ends, and its key where it has one.</summary>
    public static string Of(EntityType type, EntityId id)
    {
        if (id.Equals(default)) return "";
        if (!type.IsRelationship) return id.KeyOf(type).ToString();
        var ends = $"{id.Source.KeyOf(type.Source)} → {id.Target.KeyOf(type.Target)}";
        return type.Key is null ? ends : $"{ends}, {id.KeyOf(type)}";
    }
}
