namespace Crdt;

/// <summary>A <see cref="bool"/> property that starts as false, and that is true where it was set to true and to false concurrently.</summary>
public sealed class EnableWinsAttribute : FieldAttribute;
