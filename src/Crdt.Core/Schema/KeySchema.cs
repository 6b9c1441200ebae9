namespace Crdt.Schema;

/// <summary>What tells one entity of a type from another. It never changes, so it doesn't merge.</summary>
/// <param name="Name">The name of the property.</param>
/// <param name="Value">Its type: an integer, text or a <see cref="System.Guid"/>.</param>
/// <param name="Column">The column of the graph database that holds it.</param>
public sealed record KeySchema(string Name, ValueKind Value, string Column);
