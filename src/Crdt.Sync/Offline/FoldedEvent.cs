using Crdt.Sync.Events;

namespace Crdt.Sync.Offline;

/// <summary>An event as it goes into the log.</summary>
/// <param name="Event">The event that was committed, or one that says what it and those before it say.</param>
/// <param name="Folded">How many events it takes the place of.</param>
/// <param name="FoldedBytes">The bytes of those.</param>
internal readonly record struct FoldedEvent(GraphEvent Event, int Folded, long FoldedBytes);
