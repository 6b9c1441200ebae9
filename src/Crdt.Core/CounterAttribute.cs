namespace Crdt;

/// <summary>A property of type <see cref="long"/> whose changes add up: <c>p.Stock -= 5</c> is a decrement of 5, wherever it is made.</summary>
public sealed class CounterAttribute : FieldAttribute;
