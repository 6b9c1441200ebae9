namespace Crdt;

/// <summary>
/// A property of type <see cref="IList{T}"/> or <see cref="IOrderedList{T}"/>, with a getter only, that keeps its order while several
/// replicas insert, move and remove at once.
/// </summary>
public sealed class OrderedListAttribute : FieldAttribute;
