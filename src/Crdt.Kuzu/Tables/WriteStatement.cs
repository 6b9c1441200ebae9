using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Tables;

/// <summary>A statement that writes to a table.</summary>
/// <param name="Cypher">Its text.</param>
/// <param name="Fields">The fields of the rows in its parameter <c>$rows</c>; none where it has no such parameter.</param>
/// <param name="IsByKey">Whether it writes one row, whose keys are parameters of their own.</param>
/// <param name="HasColumns">Whether its columns are parameters of their own too.</param>
internal sealed record WriteStatement(string Cypher, IReadOnlyList<KuzuColumn> Fields, bool IsByKey, bool HasColumns = false);
