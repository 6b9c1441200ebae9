namespace Crdt;

/// <summary>
/// A property of type <see cref="IDictionary{TKey, TValue}"/>, with a getter only. Each key merges by itself: the last write to it wins,
/// and a write wins over a concurrent removal.
/// </summary>
public sealed class OrMapAttribute : FieldAttribute;
