namespace Crdt;

/// <summary>
/// The property that tells one node of a class from another, or one relationship from others with the same ends. An
/// integer, a string or a <see cref="Guid"/>; it has only a getter and never changes.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeyAttribute : Attribute;
