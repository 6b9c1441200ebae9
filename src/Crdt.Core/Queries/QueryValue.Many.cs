using System.Text.Json;

namespace Crdt.Queries;

public static partial class QueryValue
{
    /// <summary>The items of a LIST or an ARRAY, or of an array in JSON. O(items).</summary>
    /// <param name="value">The value.</param>
    /// <param name="read">Reads an item.</param>
    public static List<T> List<T>(object? value, Func<object?, T> read)
    {
        var items = Items<List<T>>(value);
        var list = new List<T>(items.Count);
        try
        {
            foreach (var item in items) list.Add(read(item));
        }
        catch (Exception error) when (error is FormatException or OverflowException or InvalidCastException or QueryResultException)
        {
            throw new InvalidCastException($"item {list.Count}: {error.Message}", error);
        }

        return list;
    }

    /// <inheritdoc cref="List{T}(object?, Func{object?, T})"/>
    public static T[] Array<T>(object? value, Func<object?, T> read) => [.. List(value, read)];

    /// <summary>The different items of a LIST or an ARRAY, or of an array in JSON. O(items).</summary>
    /// <inheritdoc cref="List{T}(object?, Func{object?, T})"/>
    public static HashSet<T> Set<T>(object? value, Func<object?, T> read) => [.. List(value, read)];

    /// <summary>The entries of a MAP or a STRUCT, or of an object in JSON. O(entries).</summary>
    /// <param name="value">The value.</param>
    /// <param name="readKey">Reads a key; in JSON it is text.</param>
    /// <param name="read">Reads a value.</param>
    public static Dictionary<TKey, T> Map<TKey, T>(object? value, Func<object?, TKey> readKey, Func<object?, T> read)
        where TKey : notnull
    {
        var map = new Dictionary<TKey, T>();
        foreach (var (key, item) in Entries<Dictionary<TKey, T>>(value))
        {
            try
            {
                map[readKey(key)] = read(item);
            }
            catch (Exception error) when (error is FormatException or OverflowException or InvalidCastException or QueryResultException)
            {
                throw new InvalidCastException($"entry '{Invariant(key)}': {error.Message}", error);
            }
        }

        return map;
    }

    private static IReadOnlyList<object?> Items<T>(object? value) => Structured(value) switch
    {
        object?[] items => items,
        JsonElement { ValueKind: JsonValueKind.Array } json => [.. json.EnumerateArray()],
        var other => throw Misfit<T>(other),
    };

    private static IEnumerable<KeyValuePair<object, object?>> Entries<T>(object? value) => Structured(value) switch
    {
        KeyValuePair<object, object?>[] entries => entries,
        IReadOnlyDictionary<string, object?> fields => fields.Select(field => new KeyValuePair<object, object?>(field.Key, field.Value)),
        JsonElement { ValueKind: JsonValueKind.Object } json => json.EnumerateObject().Select(entry => new KeyValuePair<object, object?>(entry.Name, entry.Value)),
        var other => throw Misfit<T>(other),
    };
}
