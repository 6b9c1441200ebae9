using Crdt.Entities;
using Crdt.Kuzu.Tables;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Kuzu.Projecting;

/// <summary>Turns entities into the rows that statements unwind.</summary>
internal static class RowWriter
{
    /// <summary>Whether the engine can hold what names the entity, and so have a row for it at all.</summary>
    public static bool CanHold(EntityId id, EntityType type)
    {
        if (type.Key is { } key && !Cell.CanHold(id.Key, key.Value)) return false;
        if (!type.IsRelationship) return true;
        var (source, target) = id.Ends();
        return CanHold(source, type.Source) && CanHold(target, type.Target);
    }

    /// <summary>Appends what names the entity: the keys of the ends, then its own.</summary>
    public static void AppendIdentity(KuzuRows rows, EntityId id, EntityType type)
    {
        rows.Append();
        if (type.IsRelationship)
        {
            var (source, target) = id.Ends();
            Cell.WriteKey(rows, source, type.Source.Key!);
            Cell.WriteKey(rows, target, type.Target.Key!);
        }

        if (type.Key is { } key) Cell.WriteKey(rows, id, key);
    }

    /// <summary>Appends what names the entity and what it shows.</summary>
    public static void Append(KuzuRows rows, ProjectedEntity entity, TableShape table)
    {
        AppendIdentity(rows, entity.Id, table.Type);
        var columns = new ColumnReader(table.Type, entity.State.Span);
        while (columns.MoveNext()) WriteColumn(rows, ref columns);
    }

    private static void WriteColumn(KuzuRows rows, ref ColumnReader columns)
    {
        var field = columns.Field;
        switch (field.Kind)
        {
            case FieldKind.Counter:
                rows.Int64(columns.Count);
                break;
            case FieldKind.Set:
                rows.BeginList();
                while (columns.NextElement(out var element)) Cell.Write(rows, field.Value, ref element);
                rows.EndList();
                break;
            case FieldKind.Register when columns.HasValue:
                var value = columns.Value;
                Cell.Write(rows, field.Value, ref value);
                break;
            default:
                if (field.Nullable) rows.Null();
                else Cell.WriteInitial(rows, field.Value);
                break;
        }
    }
}
