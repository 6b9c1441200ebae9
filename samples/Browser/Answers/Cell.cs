using System.Collections;
using System.Globalization;

namespace Crdt.Samples.Browser.Answers;

/// <summary>A value as people read it.</summary>
internal static class Cell
{
    public static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"{key}: {Text(map[key])}"))}}}",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(item => Text(item) ?? "NULL"))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
