namespace Crdt;

/// <summary>A property that keeps the greatest value ever assigned to it, wherever that was. Text is ordered by its UTF-16 code units.</summary>
public sealed class MaxAttribute : FieldAttribute;
