using Crdt.Dynamic;
using Crdt.Schema;

namespace Crdt.Sync.Capturing;

/// <summary>Writes into a field what somebody has written into its column.</summary>
internal static class FieldCapture
{
    /// <summary>Makes the field read as the column does.</summary>
    /// <returns>Why that can't be; null where it was done.</returns>
    public static string? Apply(DynamicEntity entity, FieldSchema field, object? value)
    {
        try
        {
            Write(entity, field, value);
            return null;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or OverflowException)
        {
            return error.Message;
        }
    }

    private static void Write(DynamicEntity entity, FieldSchema field, object? value)
    {
        // A collection is written a part at a time, and what is refused must not have been written in part.
        if (value is not null && field.Kind is (FieldKind.Set or FieldKind.List or FieldKind.Map or FieldKind.CounterMap)) DynamicEntity.Prepare(entity.State.Type, [(field.Name, value)]);
        switch (field.Kind)
        {
            case FieldKind.Set: CollectionCapture.Set(entity, field, value as IReadOnlyList<object?> ?? []); break;
            case FieldKind.List: CollectionCapture.List(entity, field, value as IReadOnlyList<object?> ?? []); break;
            case FieldKind.Map or FieldKind.CounterMap: CollectionCapture.Map(entity, field, value as IReadOnlyDictionary<object, object?> ?? new Dictionary<object, object?>()); break;
            case FieldKind.MultiValue: WriteOne(entity, field, value as IReadOnlyList<object?> ?? []); break;
            case FieldKind.Max or FieldKind.Min: WriteExtreme(entity, field, value); break;
            case FieldKind.Register: entity[field.Name] = RecordCapture.Merge(field.Value, IsRecord(field.Value) ? entity[field.Name] : null, value); break;
            default: entity[field.Name] = value; break;
        }
    }

    private static bool IsRecord(ValueSchema type) => type.Kind == ValueKind.Record || (type.Kind == ValueKind.Optional && IsRecord(type.Element!));

    private static void WriteOne(DynamicEntity entity, FieldSchema field, IReadOnlyList<object?> values) =>
        entity[field.Name] = values is [var value] ? value : throw new ArgumentException($"'{field.Name}' takes one value, and there are {values.Count}.");

    private static void WriteExtreme(DynamicEntity entity, FieldSchema field, object? value)
    {
        entity[field.Name] = value;
        if (!CollectionCapture.AreSame(field.Value, entity[field.Name], value)) throw new ArgumentException($"'{field.Name}' keeps the {(field.Kind == FieldKind.Max ? "greatest" : "least")} value ever written, which is another.");
    }
}
