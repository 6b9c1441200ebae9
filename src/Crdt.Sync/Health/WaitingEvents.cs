namespace Crdt.Sync.Health;

/// <summary>The events of a lane that wait in memory for others that they depend on.</summary>
/// <param name="Events">How many.</param>
/// <param name="Bytes">Their bytes.</param>
public readonly record struct WaitingEvents(int Events, long Bytes);
