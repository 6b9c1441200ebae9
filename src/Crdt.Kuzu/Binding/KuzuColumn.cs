namespace Crdt.Kuzu.Binding;

/// <summary>A field of the rows in a <see cref="KuzuRows"/>.</summary>
/// <param name="Name">Its name, which <see cref="CypherName"/> takes. A statement reads it as <c>r.`name`</c>.</param>
/// <param name="Type">Its type.</param>
public readonly record struct KuzuColumn(string Name, KuzuColumnType Type);
