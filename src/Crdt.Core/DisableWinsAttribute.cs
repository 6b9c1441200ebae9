namespace Crdt;

/// <summary>A <see cref="bool"/> property that starts as true, and that is false where it was set to true and to false concurrently.</summary>
public sealed class DisableWinsAttribute : FieldAttribute;
