namespace Crdt;

/// <summary>A property of type <see cref="ICounterMap{TKey}"/>, with a getter only: counters by key, whose changes add up.</summary>
public sealed class CounterMapAttribute : FieldAttribute;
