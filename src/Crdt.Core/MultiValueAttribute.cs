namespace Crdt;

/// <summary>A property of type <see cref="IMultiValue{T}"/>, with a getter only, that keeps all concurrent values side by side until one replaces them.</summary>
public sealed class MultiValueAttribute : FieldAttribute;
