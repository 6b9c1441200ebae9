namespace Crdt.Kuzu.Adopting;

/// <summary>The value of a column that is a union.</summary>
/// <param name="Tag">Which alternative it is.</param>
/// <param name="Value">The value of that one.</param>
internal sealed record TaggedValue(string Tag, object? Value);
