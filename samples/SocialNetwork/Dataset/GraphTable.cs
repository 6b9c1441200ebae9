namespace Crdt.Samples.SocialNetwork.Dataset;

/// <summary>A table that <c>schema.cypher</c> declares, and the files that <c>copy.cypher</c> fills it from.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Source">The table that a relationship starts from; null for a node.</param>
/// <param name="Target">The table that a relationship leads to; null for a node.</param>
/// <param name="Columns">The columns, as they stand in the files: a node's key comes first, and a relationship's two ends aren't among them.</param>
/// <param name="Files">The names of the files, in the order in which they are read.</param>
internal sealed record GraphTable(string Name, string? Source, string? Target, IReadOnlyList<string> Columns, IReadOnlyList<string> Files)
{
    /// <summary>The columns that this sample adds: counters and sets, which the benchmark's data doesn't have.</summary>
    private static readonly Dictionary<string, string[]> AddedColumns = new() { ["Person"] = ["points", "nicknames"], ["Forum"] = ["views"] };

    public bool IsRelationship => Source is not null;

    /// <summary>All columns of the table in the graph database, without a relationship's ends.</summary>
    public IReadOnlyList<string> AllColumns => [.. Columns, .. AddedColumns.GetValueOrDefault(Name, [])];
}
