using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Crdt.Samples.SocialNetwork.Verdict;

/// <summary>Values as text that compares: the same for the same value, wherever it comes from.</summary>
internal static class Cell
{
    public static string? Of(object? value) => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);

    /// <summary>A set of texts, which the graph shows in JSON.</summary>
    public static string Set(IEnumerable<string> items) =>
        $"[{string.Join(",", items.Select(item => $"\"{JsonEncodedText.Encode(item, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""))}]";

    /// <summary>A row as people read it.</summary>
    public static string Describe(string?[] row) => string.Join(" | ", row.Select(cell => cell ?? "NULL"));
}
