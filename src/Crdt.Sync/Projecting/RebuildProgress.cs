namespace Crdt.Sync.Projecting;

/// <summary>How far a rebuild of the graph database has come.</summary>
/// <param name="Done">How many entities of the truth have been shown, or found to have no row.</param>
/// <param name="Total">How many there are.</param>
public readonly record struct RebuildProgress(long Done, long Total);
