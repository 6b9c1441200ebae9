namespace Crdt.Kuzu.Binding;

/// <summary>A path as a query with a variable-length relationship returned it.</summary>
/// <param name="Nodes">The nodes along it; for a relationship pattern, those between its two ends.</param>
/// <param name="Rels">The relationships, in their order.</param>
public sealed record KuzuPath(IReadOnlyList<KuzuNode> Nodes, IReadOnlyList<KuzuRel> Rels);
