namespace Crdt.Kuzu.Projecting;

/// <summary>One statement of a query.</summary>
/// <param name="Text">The statement, without the semicolon at its end.</param>
/// <param name="Parameters">The names of the parameters that are to be bound to it.</param>
internal sealed record CypherStatement(string Text, IReadOnlyCollection<string> Parameters);
