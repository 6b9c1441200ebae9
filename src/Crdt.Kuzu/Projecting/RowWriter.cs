using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kuzu.Binding;
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

    /// <summary>Gives the parameters of a statement by key their values.</summary>
    public static void BindIdentity(KuzuStatement statement, EntityId id, EntityType type)
    {
        if (type.IsRelationship)
        {
            var (source, target) = id.Ends();
            Cell.BindKey(statement, TableShape.SourceField, source, type.Source.Key!);
            Cell.BindKey(statement, TableShape.TargetField, target, type.Target.Key!);
        }

        if (type.Key is { } key) Cell.BindKey(statement, TableShape.KeyField, id, key);
    }

    /// <summary>Appends what names the entity: the keys of the ends, then its own.</summary>
    public static void AppendIdentity(KuzuRows rows, EntityId id, EntityType type)
    {
        rows.Append();
        WriteIdentity(rows, id, type);
    }

    /// <summary>Appends what the entity shows, after what names it where that is asked for.</summary>
    public static void Append(KuzuRows rows, ProjectedEntity entity, TableShape table, bool withIdentity)
    {
        rows.Append();
        if (withIdentity) WriteIdentity(rows, entity.Id, table.Type);
        WriteColumns(new EngineCells(rows), entity, table.Type);
    }

    /// <summary>Writes what the entity shows in the columns of its fields.</summary>
    public static void WriteColumns(ICells cells, ProjectedEntity entity, EntityType type)
    {
        var columns = new ColumnReader(type, entity.State.Span);
        while (MoveNext(cells, ref columns)) WriteColumn(cells, ref columns);
    }

    private static void WriteIdentity(KuzuRows rows, EntityId id, EntityType type)
    {
        if (type.IsRelationship)
        {
            var (source, target) = id.Ends();
            Cell.WriteKey(rows, source, type.Source.Key!);
            Cell.WriteKey(rows, target, type.Target.Key!);
        }

        if (type.Key is { } key) Cell.WriteKey(rows, id, key);
    }

    /// <summary>Goes to the next column that can be read. A counter or the siblings of a register that can't be show as NULL.</summary>
    private static bool MoveNext(ICells cells, ref ColumnReader columns)
    {
        while (true)
        {
            try
            {
                return columns.MoveNext();
            }
            catch (WireFormatException)
            {
                if (IsCollection(columns.Field)) cells.Null();
                else Cell.WriteNull(cells, columns.Field.Value);
            }
        }
    }

    private static void WriteColumn(ICells cells, ref ColumnReader columns)
    {
        var field = columns.Field;
        switch (field.Kind)
        {
            case FieldKind.Counter or FieldKind.GrowOnlyCounter or FieldKind.BoundedCounter:
                Cell.WriteCount(cells, columns.Count);
                break;
            case var _ when IsCollection(field):
                WriteCollection(cells, ref columns);
                break;
            case var _ when columns.HasValue:
                Cell.Write(cells, field.Value, columns.Value);
                break;
            default:
                if (field.Nullable) Cell.WriteNull(cells, field.Value);
                else Cell.WriteInitial(cells, field.Value);
                break;
        }
    }

    private static bool IsCollection(FieldSchema field) => field.Kind is FieldKind.Set or FieldKind.MultiValue or FieldKind.List or FieldKind.Map or FieldKind.CounterMap;

    private static void WriteCollection(ICells cells, ref ColumnReader columns)
    {
        try
        {
            var isMap = columns.Field.Kind is FieldKind.Map or FieldKind.CounterMap;
            Cell.WriteText(cells, isMap ? JsonText.OfEntries(ref columns) : JsonText.OfElements(ref columns));
        }
        catch (WireFormatException)
        {
            cells.Null();
        }
    }
}
