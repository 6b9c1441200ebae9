using Crdt.Kuzu.Binding;
using Crdt.Schema;

namespace Crdt.Kuzu.Tables;

/// <summary>
/// Which column shows which value. Kuzu holds most of them exactly; <c>docs/kuzu.md</c> lists what it widens. The truth is in the
/// store and always exact.
/// </summary>
internal static class ColumnTypes
{
    /// <summary>The column of a field.</summary>
    public static KuzuColumnType Of(FieldSchema field) => field.Kind switch
    {
        FieldKind.Register => Of(field.Value),
        FieldKind.Counter => KuzuColumnType.Int64,
        FieldKind.Set => KuzuColumnType.List(Of(field.Value)),
        var kind => throw new NotSupportedException($"The field '{field.Name}' is of kind {kind}, which has no column."),
    };

    /// <summary>The column of a key. A Guid is shown as text, because only text and numbers are looked up through the index.</summary>
    public static KuzuColumnType Of(KeySchema key) => key.Value == ValueKind.Guid ? KuzuColumnType.String : Of(key.Value);

    private static KuzuColumnType Of(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => KuzuColumnType.Boolean,
        ValueKind.Int8 => KuzuColumnType.Int8,
        ValueKind.Int16 => KuzuColumnType.Int16,
        ValueKind.Int32 => KuzuColumnType.Int32,
        ValueKind.Int64 => KuzuColumnType.Int64,
        ValueKind.UInt8 => KuzuColumnType.UInt8,
        ValueKind.UInt16 => KuzuColumnType.UInt16,
        ValueKind.UInt32 => KuzuColumnType.UInt32,
        ValueKind.UInt64 => KuzuColumnType.UInt64,
        ValueKind.Int128 => KuzuColumnType.Int128,
        ValueKind.Single => KuzuColumnType.Single,
        ValueKind.Double => KuzuColumnType.Double,
        ValueKind.Text or ValueKind.Decimal or ValueKind.Time => KuzuColumnType.String,
        ValueKind.Bytes => KuzuColumnType.Blob,
        ValueKind.Guid => KuzuColumnType.Uuid,
        ValueKind.Date => KuzuColumnType.Date,
        ValueKind.DateTime => KuzuColumnType.Timestamp,
        ValueKind.DateTimeOffset => KuzuColumnType.TimestampTz,
        ValueKind.Duration => KuzuColumnType.Interval,
        _ => throw new NotSupportedException($"Values of type {kind} have no column."),
    };
}
