using System.Globalization;
using Crdt.Kuzu.Binding;
using Crdt.Schema;

namespace Crdt.Kuzu.Adopting;

/// <summary>What each type of the adopted database becomes. Nothing is rounded; what has no exact form here becomes a record of its parts, or text.</summary>
internal static class ValueForms
{
    private const string Months = "Months", Days = "Days", Microseconds = "Microseconds";

    private const string Lost = "don't survive this engine's checkpoints, so they are text in JSON";

    /// <summary>The most digits that every <see cref="decimal"/> has.</summary>
    private const int MaxDigits = 28;

    /// <summary>Deeper ones are neither written into a schema nor read from one.</summary>
    private const int MaxDepth = 10;

    /// <summary>The form of a type; null where it has none.</summary>
    public static ValueForm? Of(SourceType type) => type.Depth > MaxDepth ? null : type.Name switch
    {
        "SERIAL" => new(ValueKind.Int64, value => value, "two replicas would hand out the same numbers, so none are handed out any more: give each new row its number"),
        "TIMESTAMP_NS" => new(ValueKind.Int64, value => ((KuzuNanoseconds)value).SinceEpoch, "nanoseconds since 1970, since a DateTime holds steps of 100"),
        "INTERVAL" => new(ValueSchema.Record(new ValueMember(Months, ValueKind.Int32), new(Days, ValueKind.Int32), new(Microseconds, ValueKind.Int64)), PartsOf, "months and days have no fixed length, so a TimeSpan can't hold them"),
        SourceType.Decimal => OfDecimal(type.Size),
        SourceType.List => OfList(type),
        SourceType.Map => OfMap(type),
        SourceType.Struct => OfStruct(type),
        SourceType.Union => UnionForm.Of(type),
        var name => SameKind(name) is { } kind ? new(kind, value => value) : null,
    };

    /// <summary>The text of a DECIMAL, with all its digits.</summary>
    public static string DecimalText(object value) => value as string ?? ((decimal)value).ToString(CultureInfo.InvariantCulture);

    private static ValueKind? SameKind(string name) => name switch
    {
        "BOOL" => ValueKind.Boolean,
        "INT8" => ValueKind.Int8,
        "INT16" => ValueKind.Int16,
        "INT32" => ValueKind.Int32,
        "INT64" => ValueKind.Int64,
        "UINT8" => ValueKind.UInt8,
        "UINT16" => ValueKind.UInt16,
        "UINT32" => ValueKind.UInt32,
        "UINT64" => ValueKind.UInt64,
        "INT128" => ValueKind.Int128,
        "FLOAT" => ValueKind.Single,
        "DOUBLE" => ValueKind.Double,
        "STRING" => ValueKind.Text,
        "BLOB" => ValueKind.Bytes,
        "UUID" => ValueKind.Guid,
        "DATE" => ValueKind.Date,
        "TIMESTAMP" or "TIMESTAMP_MS" or "TIMESTAMP_SEC" => ValueKind.DateTime,
        "TIMESTAMP_TZ" => ValueKind.DateTimeOffset,
        _ => null,
    };

    private static ValueForm OfDecimal(int precision) => precision > MaxDigits
        ? new(ValueKind.Text, DecimalText, $"it has up to {precision} digits, and a decimal holds {MaxDigits}")
        : new(ValueKind.Decimal, value => value is string digits ? decimal.Parse(digits, NumberStyles.Number, CultureInfo.InvariantCulture) : value, "its column in the graph database is text, which is exact and ordered as text is");

    private static ValueForm? OfList(SourceType type)
    {
        if (Of(type.Element) is not { } element) return null;
        IReadOnlyList<string> length = type.Size > 0 ? [$"that there are {type.Size} items isn't enforced"] : [];
        return new(ValueSchema.List(element.Part), value => ((object?[])value).Select(element.Of).ToList(), [$"lists {Lost}", .. length, .. element.Remarks]);
    }

    private static ValueForm? OfMap(SourceType type)
    {
        if (Of(type.Members[0].Type) is not { } key || Of(type.Members[1].Type) is not { } item) return null;
        var entry = ValueSchema.Record(new ValueMember("Key", key.Part), new("Value", item.Part));
        return new(ValueSchema.List(entry), Entries, [$"maps {Lost}, a list of the entries in their order", .. key.Remarks, .. item.Remarks]);

        object Entries(object value) => ((KeyValuePair<object, object?>[])value)
            .Select(pair => new Dictionary<string, object?> { ["Key"] = key.Of(pair.Key), ["Value"] = item.Of(pair.Value) })
            .ToList();
    }

    private static ValueForm? OfStruct(SourceType type)
    {
        if (Members(type) is not { } members) return null;
        return new(ValueSchema.Record([.. members.Select(member => new ValueMember(member.Name, member.Form.Part))]), Parts, [.. RemarksOf(type, members)]);

        // By their place, since the engine gives the fields in the order of the type.
        object Parts(object value) => members.Zip(((Dictionary<string, object?>)value).Values, (member, part) => KeyValuePair.Create(member.Name, member.Form.Of(part))).ToDictionary();
    }

    /// <summary>The parts of a struct or union, under names that the replica takes; null where one has no form.</summary>
    internal static List<(string Name, ValueForm Form)>? Members(SourceType type)
    {
        var forms = type.Members.Select(member => Of(member.Type)).ToList();
        if (forms.Contains(null)) return null;
        var names = NameChoice.Members([.. type.Members.Select(member => member.Name)]);
        return [.. names.Zip(forms, (name, form) => (name, form!))];
    }

    /// <summary>What is to be said of the parts: which are called differently, and what each says itself.</summary>
    internal static IEnumerable<string> RemarksOf(SourceType type, List<(string Name, ValueForm Form)> members) => type.Members
        .Zip(members, (before, after) => (Before: before.Name, After: after.Name))
        .Where(names => names.Before != names.After)
        .Select(names => $"its '{names.Before}' is called '{names.After}'")
        .Concat(members.SelectMany(member => member.Form.Remarks.Select(remark => $"its '{member.Name}': {remark}")));

    private static object PartsOf(object value)
    {
        var interval = (KuzuInterval)value;
        return new Dictionary<string, object?> { [Months] = interval.Months, [Days] = interval.Days, [Microseconds] = interval.Microseconds };
    }
}
