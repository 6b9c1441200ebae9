using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Kuzu.Capturing;

/// <summary>Says what a column means for its field: what the projection does to a value, backwards.</summary>
internal static class ColumnCapture
{
    /// <summary>The value of a field out of a column of the row that a result stands at.</summary>
    public static CapturedValue Of(FieldSchema field, KuzuResult result, int column)
    {
        try
        {
            return new(Of(field, result.GetValue(column)));
        }
        catch (Exception error) when (error is FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            return new(null, error.Message);
        }
    }

    /// <exception cref="FormatException">It means nothing for the field.</exception>
    private static object? Of(FieldSchema field, object? value) => field.Kind switch
    {
        _ when value is null => null,
        FieldKind.Set or FieldKind.MultiValue or FieldKind.List => JsonCapture.Elements(field.Value, (string)value),
        FieldKind.Map or FieldKind.CounterMap => JsonCapture.Entries(field, (string)value),
        _ => Of(field.Value, value, field.Nullable),
    };

    /// <summary>The value of a register, or of a member of a record.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="value">What the column holds.</param>
    /// <param name="mayBeAbsent">Whether it may be null, although its type isn't optional.</param>
    /// <exception cref="FormatException">It is none of the type.</exception>
    public static object? Of(ValueSchema type, object? value, bool mayBeAbsent = false) => (type.Kind, value) switch
    {
        (_, null) => null,
        (ValueKind.Optional, _) => Of(type.Element!, value, mayBeAbsent: true),
        (ValueKind.Record, IReadOnlyDictionary<string, object?> fields) => RecordOf(type, fields, mayBeAbsent),
        (ValueKind.List, string text) => JsonCapture.Value(type, text),
        (ValueKind.Duration, KuzuInterval span) => DurationOf(span),
        (ValueKind.Text, string) => value,
        (_, string text) => TextCapture.Of(type, text),
        _ => value,
    };

    // A record that is absent is a struct of which all fields are NULL; where none can be absent, it is one whose members are.
    private static Dictionary<string, object?>? RecordOf(ValueSchema type, IReadOnlyDictionary<string, object?> fields, bool mayBeAbsent)
    {
        if (mayBeAbsent && fields.Values.All(IsAbsent)) return null;
        var names = MemberNames.Of(type.Members);
        return type.Members.Select((member, i) => (member.Name, Value: Of(member.Value, fields[names[i]]))).ToDictionary(member => member.Name, member => member.Value);
    }

    private static bool IsAbsent(object? value) => value is null || (value is IReadOnlyDictionary<string, object?> fields && fields.Values.All(IsAbsent));

    private static TimeSpan DurationOf(KuzuInterval span) => span.Months == 0
        ? new TimeSpan(checked((span.Days * TimeSpan.TicksPerDay) + (span.Microseconds * TimeSpan.TicksPerMicrosecond)))
        : throw new FormatException($"An interval with months ({span.Months}) is no span of time; give it in days and smaller units.");
}
