using Crdt.Codec;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Dynamic;

/// <content>What a field reads as: what the graph database would show, in the types of C#.</content>
public sealed partial class DynamicEntity
{
    /// <summary>All fields with what they read as, in no particular order. O(entity).</summary>
    /// <exception cref="WireFormatException">One holds what is no value of its type, as only a peer in error sends it.</exception>
    public IReadOnlyDictionary<string, object?> Values
    {
        get
        {
            var values = new Dictionary<string, object?>(Type.Fields.Count);
            var columns = new ColumnReader(Type, Row());
            while (columns.MoveNext()) values.Add(columns.Field.Name, ValueOf(ref columns));
            return values;
        }
    }

    // Through the encoded state, whose reader knows every rule; the fields themselves hold bytes that they can't compare.
    private object? Read(FieldSchema schema)
    {
        var columns = new ColumnReader(Type, Row());
        while (columns.MoveNext())
        {
            if (columns.Field == schema) return ValueOf(ref columns);
        }

        throw new InvalidOperationException($"'{Type.Name}' has no field '{schema.Name}'.");
    }

    private byte[] Row()
    {
        var writer = new WireWriter(256);
        State.WriteState(ref writer, context: null);
        return writer.Finish();
    }

    private static object? ValueOf(ref ColumnReader columns)
    {
        var field = columns.Field;
        switch (field.Kind)
        {
            case FieldKind.Counter or FieldKind.GrowOnlyCounter or FieldKind.BoundedCounter: return columns.Count;
            case FieldKind.Set or FieldKind.MultiValue or FieldKind.List: return ElementsOf(ref columns, field.Value);
            case FieldKind.Map or FieldKind.CounterMap: return EntriesOf(ref columns, field);
            default:
                if (columns.HasValue) return ValueReader.Decode(field.Value, columns.Value);
                return field.Nullable ? null : ValueReader.Initial(field.Value);
        }
    }

    private static IReadOnlyList<object?> ElementsOf(ref ColumnReader columns, ValueSchema type)
    {
        var elements = new List<object?>();
        while (columns.NextElement(out var element)) elements.Add(ValueReader.Decode(type, element));
        return elements.AsReadOnly();
    }

    private static Dictionary<object, object?> EntriesOf(ref ColumnReader columns, FieldSchema field)
    {
        var entries = new Dictionary<object, object?>(new CanonicalKeys(field.Key!));
        while (columns.NextEntry(out var key))
        {
            object? value = columns.HasValue && field.Kind == FieldKind.Map ? ValueReader.Decode(field.Value, columns.Value) : null;
            entries.Add(ValueReader.Decode(field.Key!, key)!, field.Kind == FieldKind.CounterMap ? columns.Count : value);
        }

        return entries;
    }
}
