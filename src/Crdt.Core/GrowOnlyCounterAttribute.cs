namespace Crdt;

/// <summary>A property of type <see cref="long"/> that only grows, and whose increments add up wherever they are made. It starts at 0.</summary>
public sealed class GrowOnlyCounterAttribute : FieldAttribute;
