namespace Crdt.Sync.Projecting;

/// <summary>One time that the graph database was made anew from the truth.</summary>
/// <param name="At">When it was done.</param>
/// <param name="Reason">Why: what was found, or who asked.</param>
/// <param name="Rows">How many entities of the truth it went through.</param>
/// <param name="Duration">How long it took; commits waited meanwhile.</param>
public sealed record ProjectionRebuild(DateTimeOffset At, string Reason, long Rows, TimeSpan Duration);
