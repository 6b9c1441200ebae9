using System.Globalization;

namespace Crdt.Samples.SocialNetwork.Verdict;

/// <summary>Values as text that compares: the same for the same value, wherever it comes from.</summary>
internal static class Cell
{
    public static string? Of(object? value) => value switch
    {
        null => null,
        object?[] list => List(list.Select(Of)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    public static string List(IEnumerable<string?> items) => $"[{string.Join(", ", items)}]";

    /// <summary>A row as people read it.</summary>
    public static string Describe(string?[] row) => string.Join(" | ", row.Select(cell => cell ?? "NULL"));
}
