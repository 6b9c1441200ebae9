namespace Crdt.Sync.Verification;

/// <summary>A column that holds something else than the truth says.</summary>
/// <param name="Column">Its name in the graph database.</param>
/// <param name="Expected">What the truth says, as text; cut where it is long.</param>
/// <param name="Found">What the column holds, as text; cut where it is long.</param>
public sealed record ColumnDifference(string Column, string Expected, string Found);
