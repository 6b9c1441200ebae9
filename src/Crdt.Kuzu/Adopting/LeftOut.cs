using Crdt.Entities;

namespace Crdt.Kuzu.Adopting;

/// <summary>Counts the values and rows that couldn't be kept, or aren't shown, and keeps an example of each kind.</summary>
internal sealed class LeftOut
{
    private readonly Dictionary<(string Table, string? Column, string Becomes, string Reason), (long Count, string Example)> _counts = [];

    /// <summary>The notes, ordered by table, column and reason.</summary>
    public IEnumerable<AdoptionNote> Notes => _counts
        .OrderBy(entry => entry.Key.Table, StringComparer.Ordinal)
        .ThenBy(entry => entry.Key.Column, StringComparer.Ordinal)
        .ThenBy(entry => entry.Key.Reason, StringComparer.Ordinal)
        .Select(entry => new AdoptionNote(
            entry.Key.Table,
            entry.Key.Column,
            entry.Key.Becomes,
            FormattableString.Invariant($"{entry.Value.Count} {Noun(entry.Key.Column, entry.Value.Count)}, for example of {entry.Value.Example}: {entry.Key.Reason}")));

    /// <summary>Counts a value.</summary>
    public void Value(string table, string column, string reason, string row) => Add((table, column, AdoptionNote.LeftOut, reason), row);

    /// <summary>Counts a value that the replica keeps and its graph database doesn't show.</summary>
    public void Hidden(string table, string column, string reason, string row) => Add((table, column, "NULL in the graph database", reason), row);

    /// <summary>Counts a row.</summary>
    public void Row(string table, string reason, string row) => Add((table, null, AdoptionNote.LeftOut, reason), row);

    private void Add((string Table, string? Column, string Becomes, string Reason) what, string example) =>
        _counts[what] = _counts.TryGetValue(what, out var before) ? (before.Count + 1, before.Example) : (1, example);

    private static string Noun(string? column, long count) => (column is null ? "row" : "value") + (count == 1 ? "" : "s");
}
