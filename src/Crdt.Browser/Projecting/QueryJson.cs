using System.Globalization;
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
    /// <exception cref="ProjectionException">A value is one that .NET has no type for.</exception>
    public static IReadOnlyList<GraphResult> Read(string results)
    {
        try
        {
            return ReadAll(results);
        }
        catch (Exception error) when (error is JsonException or FormatException or OverflowException or ArgumentException or InvalidOperationException)
        {
            throw new ProjectionException($"A value of the result can't be read here: {error.Message} Cast it to STRING in the query.", error);
        }
    }

    private static List<GraphResult> ReadAll(string results)
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
        var values = statement.Parameters.ToDictionary(name => name, name => ParameterText.Of(name, parameters![name]));
        json.WriteStartObject();
        json.WriteString("text", ParameterText.Cast(statement.Text, values));
        json.WriteStartObject("parameters");
        foreach (var (name, value) in values)
        {
            json.WritePropertyName(name);
            value.Write(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var number) ? number : ReadNumber(value.GetRawText()),
        JsonValueKind.Array => value.EnumerateArray().Select(Read).ToList(),
        _ => ReadObject(value),
    };

    private static object ReadNumber(string text)
    {
        if (text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0) return double.Parse(text, CultureInfo.InvariantCulture);
        return Int128.Parse(text, CultureInfo.InvariantCulture);
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

        // A name that begins with a dollar sign has another one in front.
        return value.EnumerateObject().ToDictionary(member => member.Name.StartsWith('$') ? member.Name[1..] : member.Name, member => Read(member.Value));
    }
}
