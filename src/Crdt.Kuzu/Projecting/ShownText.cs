using System.Collections;
using System.Globalization;
using System.Text;
using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Projecting;

/// <summary>Writes what the engine gave as text that differs wherever the values do.</summary>
internal static class ShownText
{
    private const string Null = "NULL";

    /// <summary>The text of a column of the row that a result stands at.</summary>
    public static string Of(KuzuResult result, int column)
    {
        try
        {
            return Of(result.GetValue(column));
        }
        catch (Exception error) when (error is OverflowException or FormatException or InvalidCastException or ArgumentException)
        {
            // Bytes that are no value of the column's type, as only a damaged file has them.
            return $"(unreadable: {error.Message})";
        }
    }

    /// <summary>The text of a value.</summary>
    public static string Of(object? value) => value switch
    {
        null => Null,
        string text => Quoted(text),
        byte[] bytes => OfBytes(bytes),
        bool flag => flag ? "true" : "false",
        float or double => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture),
        DateOnly or DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        KuzuInterval span => string.Create(CultureInfo.InvariantCulture, $"{span.Months} months {span.Days} days {span.Microseconds} us"),
        KeyValuePair<object, object?>[] pairs => Joined('{', pairs.Select(pair => $"{Of(pair.Key)}: {Of(pair.Value)}"), '}'),
        Dictionary<string, object?> fields => OfFields(fields.Select(field => (field.Key, Of(field.Value)))),
        IEnumerable items => Joined('[', items.Cast<object?>().Select(Of), ']'),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? Null,
    };

    /// <summary>The text of a blob.</summary>
    public static string OfBytes(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexString(bytes);

    /// <summary>The text of a struct, by the names and texts of its fields.</summary>
    public static string OfFields(IEnumerable<(string Name, string Text)> fields) => Joined('{', fields.Select(field => $"{Quoted(field.Name)}: {field.Text}"), '}');

    private static string Joined(char open, IEnumerable<string> items, char close) =>
        new StringBuilder().Append(open).AppendJoin(", ", items).Append(close).ToString();

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
