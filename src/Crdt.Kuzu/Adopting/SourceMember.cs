namespace Crdt.Kuzu.Adopting;

/// <summary>A part of a type of the adopted database.</summary>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="Type">Its type.</param>
internal sealed record SourceMember(string Name, SourceType Type);
