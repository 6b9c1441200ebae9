namespace Crdt.Kernel;

/// <summary>The payload of a dot that says nothing but that it is there.</summary>
public readonly record struct Presence;
