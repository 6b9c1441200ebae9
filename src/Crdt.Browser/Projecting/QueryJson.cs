using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Crdt.Kuzu.Projecting;
using Crdt.Projection;

namespace Crdt.Browser.Projecting;

/// <summary>Queries and results as JSON; the other side of it is <c>web/src/graph/values.ts</c>.</summary>
internal static class QueryJson
{
    /// <summary>Writes the statements of a query with the values of their parameters.</summary>
    /// <exception cref="ProjectionException">A parameter has a value that the engine has no type for.</exception>
    public static string Write(IReadOnlyList<CypherStatement> statements, IReadOnlyDictionary<string, object?>? parameters, TimeSpan? timeout)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("timeout", timeout is { } limit ? Math.Max(1, (long)limit.TotalMilliseconds) : 0);
            json.WriteStartArray("statements");
            foreach (var statement in statements) Write(json, statement, parameters);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>Reads the results, one for each statement.</summary>
    public static IEnumerable<GraphResult> Read(string results)
    {
        using var json = JsonDocument.Parse(results, new() { MaxDepth = 512 });
        var read = new List<GraphResult>();
        foreach (var result in json.RootElement.EnumerateArray())
        {
            string[] columns = [.. result.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!)];
            GraphRow[] rows = [.. result.GetProperty("rows").EnumerateArray().Select(row => new GraphRow(columns, [.. row.EnumerateArray().Select(Read)]))];
            read.Add(new(columns, rows, isLast: read.Count == json.RootElement.GetArrayLength() - 1));
        }

        return read;
    }

    private static void Write(Utf8JsonWriter json, CypherStatement statement, IReadOnlyDictionary<string, object?>? parameters)
    {
        json.WriteStartObject();
        json.WriteString("text", statement.Text);
        json.WriteStartObject("parameters");
        foreach (var name in statement.Parameters)
        {
            json.WritePropertyName(name);
            Write(json, name, parameters![name]);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case string text: json.WriteStringValue(text); break;
            case Guid id: json.WriteStringValue(id.ToString()); break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or Int128: WriteMarked(json, "$integer", ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)); break;
            case float or double: WriteMarked(json, "$number", Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)); break;
            case DateTime time: WriteTime(json, time.ToUniversalTime()); break;
            case DateTimeOffset time: WriteTime(json, time.UtcDateTime); break;
            case System.Collections.IEnumerable items:
                json.WriteStartArray();
                foreach (var item in items) Write(json, name, item);
                json.WriteEndArray();
                break;
            default: throw new ProjectionException($"The parameter '{name}' has a value of {value.GetType().Name}, which kuzu-wasm has no type for: give it as text, and cast it in the query.");
        }
    }

    private static void WriteMarked(Utf8JsonWriter json, string mark, string text)
    {
        json.WriteStartObject();
        json.WriteString(mark, text);
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, DateTime time)
    {
        json.WriteStartObject();
        json.WriteNumber("$time", new DateTimeOffset(time).ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    private static object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => ReadNumber(value.GetRawText()),
        JsonValueKind.Array => value.EnumerateArray().Select(Read).ToList(),
        _ => ReadObject(value),
    };

    private static object ReadNumber(string text)
    {
        if (text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0) return double.Parse(text, CultureInfo.InvariantCulture);
        var number = BigInteger.Parse(text, CultureInfo.InvariantCulture);
        return number >= long.MinValue && number <= long.MaxValue ? (long)number : (Int128)number;
    }

    private static object ReadObject(JsonElement value)
    {
        foreach (var member in value.EnumerateObject())
        {
            switch (member.Name)
            {
                case "$number": return member.Value.GetString() switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, _ => double.NegativeInfinity };
                case "$time": return DateTime.UnixEpoch.AddMilliseconds(member.Value.GetDouble());
                case "$bytes": return member.Value.GetBytesFromBase64();
            }

            break;
        }

        return value.EnumerateObject().ToDictionary(member => member.Name, member => Read(member.Value));
    }
}
