namespace Crdt.Kuzu.Adopting;

/// <summary>Two tables that a relationship table connects.</summary>
/// <param name="Source">The table where relationships start.</param>
/// <param name="Target">The table where they lead.</param>
internal readonly record struct SourceConnection(string Source, string Target);
