using System.Globalization;
using System.Text.Json;
using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Adopting;

/// <summary>Compares what the engine reads of an adopted database with what it reads of the replica's, by rules of its own.</summary>
internal static class Alike
{
    /// <summary>What differs, in words; null where nothing does.</summary>
    /// <param name="before">The value in the adopted database.</param>
    /// <param name="after">The value in that of the replica.</param>
    /// <param name="tag">The alternative of a union.</param>
    public static string? Difference(object? before, object? after, string? tag = null)
    {
        if (tag is not null) return Union(tag, before, (IReadOnlyDictionary<string, object?>)after!);
        return before switch
        {
            null => IsAbsent(after) ? null : $"nothing became {Text(after)}",
            KeyValuePair<object, object?>[] pairs => All([.. pairs.Select(pair => new object?[] { pair.Key, pair.Value })], [.. Items(after).Select(Pair)]),
            object?[] items => All(items, Items(after)),
            Dictionary<string, object?> members when after is IReadOnlyDictionary<string, object?> there =>
                members.Keys.SequenceEqual(there.Keys) ? All([.. members.Values], [.. there.Values]) : $"members {string.Join(',', there.Keys)}",
            KuzuInterval span when after is IReadOnlyDictionary<string, object?> there => All([span.Months, span.Days, span.Microseconds], [there["Months"], there["Days"], there["Microseconds"]]),
            _ => Text(before) == Text(after) ? null : $"{Text(before)} became {Text(after)}",
        };
    }

    private static string? Union(string tag, object? before, IReadOnlyDictionary<string, object?> after)
    {
        if (!Equals(after["Tag"], tag)) return $"tag {tag} became {after["Tag"]}";
        if (after.Any(member => member.Key != "Tag" && member.Key != tag && member.Value is not null)) return $"more than {tag} is set";
        return Difference(before, after[tag]);
    }

    private static string? All(object?[] before, object?[] after) => before.Length != after.Length
        ? $"{before.Length} became {after.Length}"
        : before.Zip(after, (one, other) => Difference(one, other)).FirstOrDefault(difference => difference is not null);

    private static object?[] Items(object? after) => after switch
    {
        string json => [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(Value)],
        object?[] items => items,
        _ => [$"no list but {after}"],
    };

    private static object?[] Pair(object? entry) => [((IReadOnlyDictionary<string, object?>)entry!)["Key"], ((IReadOnlyDictionary<string, object?>)entry!)["Value"]];

    private static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.Object => json.EnumerateObject().ToDictionary(member => member.Name, member => Value(member.Value)),
        _ => json.GetRawText(),
    };

    private static bool IsAbsent(object? value) => value is null || (value is IReadOnlyDictionary<string, object?> members && members.Values.All(IsAbsent));

    private static string Text(object? value) => value switch
    {
        null => "nothing",
        byte[] bytes => Convert.ToHexString(bytes),
        KuzuNanoseconds time => time.SinceEpoch.ToString(CultureInfo.InvariantCulture),
        DateOnly or DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        float or double => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
