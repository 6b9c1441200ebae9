namespace Crdt.Sync.Live;

/// <summary>How far a peer that stays connected is behind in a lane.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Events">How many events it hasn't confirmed yet, or hasn't been sent.</param>
public readonly record struct LiveProgress(string Lane, long Events);
