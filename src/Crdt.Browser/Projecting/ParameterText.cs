using System.Globalization;
using System.Text;
using System.Text.Json;
using Crdt.Kuzu.Projecting;
using Crdt.Projection;

namespace Crdt.Browser.Projecting;

/// <summary>
/// A query's parameter. JavaScript has one type of number, and the engine takes a whole one for an integer; so what would come as another type than it has travels as text or as an integer of any length, and the query casts it.
/// </summary>
/// <param name="Value">The value, as JSON has it.</param>
/// <param name="Mark">What marks it in JSON; null where nothing does.</param>
/// <param name="Type">What the query casts it to; null where it need not.</param>
internal sealed record ParameterText(object? Value, string? Mark, string? Type)
{
    private const long MaxSafe = 1L << 53;

    /// <exception cref="ProjectionException">The engine can't be given such a value.</exception>
    public static ParameterText Of(string name, object? value) => value switch
    {
        null or bool or string => new(value, null, null),
        Guid id => new(id.ToString(), null, "UUID"),
        sbyte or byte or short or ushort or int or uint => new(Convert.ToInt64(value, CultureInfo.InvariantCulture), null, null),
        long number when number is < MaxSafe and > -MaxSafe => new(number, null, null),
        long number => new(Integer(number), "$integer", "INT64"),
        ulong number => new(Integer(number), "$integer", "UINT64"),
        Int128 number => new(Integer(number), "$integer", null),
        float number => new(Floating(number, number.ToString("R", CultureInfo.InvariantCulture)), null, "FLOAT"),
        double number => new(Floating(number, number.ToString("R", CultureInfo.InvariantCulture)), null, "DOUBLE"),
        byte[] bytes => new(string.Concat(bytes.Select(one => string.Create(CultureInfo.InvariantCulture, $"\\x{one:X2}"))), null, "BLOB"),
        DateOnly date => new(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null, "DATE"),
        DateTime time => new(Time(time.ToUniversalTime()), null, "TIMESTAMP"),
        DateTimeOffset time => new(Time(time.UtcDateTime) + "+00:00", null, "TIMESTAMP_TZ"),
        IEnumerable<long> items => new(items.Select(item => Integer(item)).ToArray(), "$integer", "INT64[]"),
        IEnumerable<string> items => new(items.ToArray(), null, null),
        _ => throw new ProjectionException($"The parameter '{name}' is a {value.GetType().Name}; in a browser it can be a number, a bool, text, bytes, a Guid, a date or a time, or a sequence of long or string. Give others as text, and cast them in the query."),
    };

    /// <summary>A statement that casts its parameters to their types. O(length).</summary>
    public static string Cast(string statement, IReadOnlyDictionary<string, ParameterText> parameters)
    {
        var scan = new CypherScanner(statement, 0);
        scan.ToEnd();
        var (text, from) = (new StringBuilder(statement.Length), 0);
        foreach (var (place, name) in scan.Places)
        {
            if (!parameters.TryGetValue(name, out var parameter) || parameter.Type is not { } type) continue;
            text.Append(statement, from, place.Start.Value - from).Append(CultureInfo.InvariantCulture, $"CAST({statement[place]} AS {type})");
            from = place.End.Value;
        }

        return text.Append(statement, from, statement.Length - from).ToString();
    }

    public void Write(Utf8JsonWriter json)
    {
        if (Value is not string[] items)
        {
            Write(json, Value);
            return;
        }

        json.WriteStartArray();
        foreach (var item in items) Write(json, item);
        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, object? value)
    {
        if (Mark is { } mark)
        {
            json.WriteStartObject();
            json.WriteString(mark, (string)value!);
            json.WriteEndObject();
        }
        else if (value is bool flag)
        {
            json.WriteBooleanValue(flag);
        }
        else if (value is long number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue((string?)value);
        }
    }

    private static string Integer(Int128 value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Floating(double value, string text) => double.IsFinite(value) ? text : double.IsNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
