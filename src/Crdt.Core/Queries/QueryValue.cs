using System.Text.Json;
using Crdt.Projection;

namespace Crdt.Queries;

/// <summary>
/// Makes .NET's types of values as queries return them: of the database's own types, of their text where a column shows them as that, and of
/// what stands inside of JSON. Nothing is rounded or cut. What doesn't fit raises <see cref="InvalidCastException"/>,
/// <see cref="FormatException"/> or <see cref="OverflowException"/>, which <see cref="MemberReader"/> completes with the names of column and member.
/// </summary>
public static partial class QueryValue
{
    /// <summary>A value that may be NULL, of a value type.</summary>
    /// <param name="value">The value. A STRUCT all of whose members are NULL counts as NULL: so the database shows a record that isn't there.</param>
    /// <param name="read">Reads one that isn't NULL.</param>
    public static T? Optional<T>(object? value, Func<object?, T> read)
        where T : struct => IsAbsent(value) ? null : read(value);

    /// <summary>A value that may be NULL, of a reference type.</summary>
    /// <inheritdoc cref="Optional{T}(object?, Func{object?, T})"/>
    public static T? OptionalReference<T>(object? value, Func<object?, T> read)
        where T : class => IsAbsent(value) ? null : read(value);

    /// <summary>A value as the query returned it, which may not be NULL. Inside of JSON, numbers, arrays and objects are a <see cref="JsonElement"/>.</summary>
    public static object Any(object? value) => OutOfJson(value) ?? throw Null();

    /// <summary>A value that is of the type already.</summary>
    public static T Same<T>(object? value) => value is T typed ? typed : throw (value is null ? Null() : Misfit<T>(value));

    /// <summary>A type of one's own: of a STRUCT, of a node's or a relationship's properties, or of an object in JSON.</summary>
    public static T Record<T>(object? value)
        where T : IQueryResult<T> => T.Read(new(T.Shape, new StructValues(T.Shape, Fields<T>(value))));

    private static IReadOnlyDictionary<string, object?> Fields<T>(object? value) => Structured(value) switch
    {
        IReadOnlyDictionary<string, object?> fields => fields,
        JsonElement { ValueKind: JsonValueKind.Object } json => json.EnumerateObject()
            .GroupBy(property => property.Name)
            .ToDictionary(same => same.Key, object? (same) => same.Last().Value),
        var other => throw Misfit<T>(other),
    };

    /// <summary>A value in which others stand; text is read as JSON.</summary>
    private static object Structured(object? value)
    {
        if (Required(value) is not string text) return Required(value);
        try
        {
            return JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
        }
        catch (JsonException error)
        {
            throw new FormatException($"text is read as JSON here, and it isn't: {error.Message}", error);
        }
    }

    private static object Required(object? value) => Plain(value) ?? throw Null();

    private static object? Plain(object? value) => OutOfJson(value) is IDatabaseValue own ? own.ToPlain() : OutOfJson(value);

    private static object? OutOfJson(object? value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.Null } => null,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString(),
        JsonElement { ValueKind: JsonValueKind.True } => true,
        JsonElement { ValueKind: JsonValueKind.False } => false,
        _ => value,
    };

    private static bool IsAbsent(object? value) => OutOfJson(value) switch
    {
        null => true,
        IReadOnlyDictionary<string, object?> { Count: > 0 } fields => fields.Values.All(IsAbsent),
        _ => false,
    };

    private static InvalidCastException Null() => new("it is NULL, which the member can't be.");

    private static InvalidCastException Misfit<T>(object value) => new($"it is a {NameOf(value)}, which isn't read as {typeof(T).Name}.");

    private static string NameOf(object value) => value switch
    {
        JsonElement json => json.ValueKind + " in JSON",
        KeyValuePair<object, object?>[] => "MAP",
        object?[] => "LIST",
        IReadOnlyDictionary<string, object?> => "STRUCT",
        _ => value.GetType().Name,
    };
}
