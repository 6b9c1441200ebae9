namespace Crdt;

/// <summary>A property of type <see cref="ISet{T}"/>, with a getter only, in which an addition wins over a concurrent removal.</summary>
public sealed class OrSetAttribute : FieldAttribute;
