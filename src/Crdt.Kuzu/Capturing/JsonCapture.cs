using System.Text.Json;
using Crdt.Schema;

namespace Crdt.Kuzu.Capturing;

/// <summary>Reads what <see cref="Projecting.JsonText"/> writes.</summary>
internal static class JsonCapture
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <summary>The elements of a set or a multi-value register, or the items of a list.</summary>
    /// <exception cref="FormatException">The text is no array of them.</exception>
    public static List<object?> Elements(ValueSchema type, string text) => Read(text, json => List(type, json));

    /// <summary>The entries of a map or a counter map.</summary>
    /// <exception cref="FormatException">The text is no object with them.</exception>
    public static Dictionary<object, object?> Entries(FieldSchema field, string text) => Read(text, json =>
    {
        var entries = new Dictionary<object, object?>();
        foreach (var property in Expect(json, JsonValueKind.Object).EnumerateObject())
            entries[TextCapture.Of(field.Key!, property.Name)] = Value(field.Kind == FieldKind.CounterMap ? ValueKind.Int64 : field.Value, property.Value);
        return entries;
    });

    /// <summary>A value that is a list.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static object? Value(ValueSchema type, string text) => Read(text, json => Value(type, json));

    private static T Read<T>(string text, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(text, Options);
            return read(json.RootElement);
        }
        catch (JsonException error)
        {
            throw new FormatException($"The text is no JSON: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // An escape such as \ud800 is well-formed JSON and half a character: it is found when the text is asked for.
            throw new FormatException($"The JSON holds what is no text: {error.Message}", error);
        }
    }

    private static object? Value(ValueSchema type, JsonElement json) => (type.Kind, json.ValueKind) switch
    {
        (_, JsonValueKind.Null) => null,
        (ValueKind.Optional, _) => Value(type.Element!, json),
        (ValueKind.List, _) => List(type.Element!, json),
        (ValueKind.Record, _) => Record(type, json),
        (ValueKind.Boolean, JsonValueKind.True or JsonValueKind.False) => json.GetBoolean(),
        (_, JsonValueKind.String) => TextCapture.Of(type, json.GetString()!),
        (not ValueKind.Text, JsonValueKind.Number) => TextCapture.Of(type, json.GetRawText()),
        _ => throw new FormatException($"{json.GetRawText()} is no {type}."),
    };

    private static List<object?> List(ValueSchema type, JsonElement json) => [.. Expect(json, JsonValueKind.Array).EnumerateArray().Select(item => Value(type, item))];

    private static Dictionary<string, object?> Record(ValueSchema type, JsonElement json)
    {
        var members = type.Members.ToDictionary(member => member.Name, _ => default(object));
        foreach (var property in Expect(json, JsonValueKind.Object).EnumerateObject())
        {
            var member = type.Members.FirstOrDefault(member => member.Name == property.Name)
                ?? throw new FormatException($"'{property.Name}' is no member; there are {string.Join(", ", members.Keys)}.");
            members[member.Name] = Value(member.Value, property.Value);
        }

        return members;
    }

    private static JsonElement Expect(JsonElement json, JsonValueKind kind) =>
        json.ValueKind == kind ? json : throw new FormatException($"The text is {json.ValueKind} in JSON, and should be {kind}.");
}
