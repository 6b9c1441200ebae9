using System.Globalization;
using Crdt.Entities;
using Crdt.Kuzu.Binding;
using Crdt.Schema;

namespace Crdt.Kuzu.Adopting;

/// <summary>What the primary keys of a table become.</summary>
/// <param name="Kind">Their type in the replica.</param>
/// <param name="Convert">Turns a key that the binding read into one of an entity; null where the graph database of the replica can't show it.</param>
/// <param name="Remark">What isn't as it was; null where nothing is to be said.</param>
internal sealed record KeyForm(ValueKind Kind, Func<object, EntityKey?> Convert, string? Remark = null)
{
    private const string AsText = "such a key becomes text, since only integers up to 64 bits, text and UUIDs are keys here";

    /// <summary>The form of a key's type; null where it has none.</summary>
    public static KeyForm? Of(SourceType type) => type.Name switch
    {
        "INT8" => new(ValueKind.Int8, value => (sbyte)value == sbyte.MinValue ? null : (sbyte)value),
        "INT16" => new(ValueKind.Int16, value => (short)value == short.MinValue ? null : (short)value),
        "INT32" => new(ValueKind.Int32, value => (int)value == int.MinValue ? null : (int)value),
        "INT64" => new(ValueKind.Int64, OfInt64),
        "SERIAL" => new(ValueKind.Int64, OfInt64, "two replicas would hand out the same numbers, so none are handed out any more: give each new row its key"),
        "UINT8" => new(ValueKind.UInt8, value => (byte)value),
        "UINT16" => new(ValueKind.UInt16, value => (ushort)value),
        "UINT32" => new(ValueKind.UInt32, value => (uint)value),
        "UINT64" => new(ValueKind.UInt64, value => (ulong)value),
        "STRING" => new(ValueKind.Text, value => (string)value),
        "UUID" => new(ValueKind.Guid, value => (Guid)value, "its column in the graph database is text, by which keys are found"),
        "INT128" => Text(value => Invariant(value, null)),
        "FLOAT" or "DOUBLE" => Text(value => Invariant(value, "R")),
        "DATE" or "TIMESTAMP" or "TIMESTAMP_MS" or "TIMESTAMP_SEC" or "TIMESTAMP_TZ" => Text(value => Invariant(value, "O")),
        "TIMESTAMP_NS" => Text(value => Invariant(((KuzuNanoseconds)value).SinceEpoch, null)),
        "BLOB" => Text(value => System.Convert.ToBase64String((byte[])value)),
        SourceType.Decimal => Text(ValueForms.DecimalText),
        _ => null,
    };

    private static EntityKey? OfInt64(object value) => (long)value == long.MinValue ? null : (long)value;

    private static KeyForm Text(Func<object, string> write) => new(ValueKind.Text, value => write(value), AsText);

    private static string Invariant(object value, string? format) => ((IFormattable)value).ToString(format, CultureInfo.InvariantCulture);
}
