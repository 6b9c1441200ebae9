using Crdt.Kuzu.Binding;
using Crdt.Schema;

namespace Crdt.Kuzu.Tables;

/// <summary>
/// Which column shows which value. Kuzu holds most of them exactly; <c>docs/kuzu.md</c> lists what it widens. Of its types for many
/// values in one it is none that its file keeps, so they are shown as text (<c>docs/adr</c>). The truth is in the store and always exact.
/// </summary>
internal static class ColumnTypes
{
    /// <summary>The column of a field.</summary>
    public static KuzuColumnType Of(FieldSchema field) => field.Kind switch
    {
        FieldKind.Register or FieldKind.Max or FieldKind.Min or FieldKind.EnableWins or FieldKind.DisableWins => Of(field.Value),
        FieldKind.Counter or FieldKind.GrowOnlyCounter or FieldKind.BoundedCounter => KuzuColumnType.Int64,
        FieldKind.Set or FieldKind.MultiValue or FieldKind.List or FieldKind.Map or FieldKind.CounterMap => KuzuColumnType.String,
        var kind => throw new NotSupportedException($"The field '{field.Name}' is of kind {kind}, which has no column."),
    };

    /// <summary>The column of a key. A Guid is shown as text, because only text and numbers are looked up through the index.</summary>
    public static KuzuColumnType Of(KeySchema key) => key.Value == ValueKind.Guid ? KuzuColumnType.String : Of(key.Value);

    private static KuzuColumnType Of(ValueSchema value) => value.Kind switch
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
        ValueKind.Decimal when value.Digits.Precision > 0 => KuzuColumnType.Decimal(value.Digits.Precision, value.Digits.Scale),
        ValueKind.Text or ValueKind.Decimal or ValueKind.Time or ValueKind.Enum or ValueKind.List => KuzuColumnType.String,
        ValueKind.Bytes => KuzuColumnType.Blob,
        ValueKind.Guid => KuzuColumnType.Uuid,
        ValueKind.Date => KuzuColumnType.Date,
        ValueKind.DateTime => KuzuColumnType.Timestamp,
        ValueKind.DateTimeOffset => KuzuColumnType.TimestampTz,
        ValueKind.Duration => KuzuColumnType.Interval,
        ValueKind.Optional => Of(value.Element!),
        ValueKind.Record => KuzuColumnType.Struct([.. MemberNames.Of(value.Members).Zip(value.Members, (name, member) => new KuzuColumn(name, OfMember(member.Value)))]),
        _ => throw new NotSupportedException($"Values of type {value} have no column."),
    };

    // The engine casts the fields of a struct that is NULL too, and fails there, so what travels as text stays text.
    private static KuzuColumnType OfMember(ValueSchema value) => Of(value) is { NeedsCast: false } type ? type : KuzuColumnType.String;
}
