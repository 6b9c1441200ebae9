namespace Crdt.Projection;

/// <summary>A stretch of a table.</summary>
/// <param name="Rows">Its rows; there may be none although more follow.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record ShownPage(IReadOnlyList<ShownRow> Rows, long? Next);
