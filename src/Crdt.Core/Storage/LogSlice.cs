namespace Crdt.Storage;

/// <summary>A stretch of a lane's log.</summary>
/// <param name="Events">The events, in the order in which they were applied.</param>
/// <param name="Position">Where the next slice begins.</param>
/// <param name="IsLast">Whether the log holds nothing further for this reader.</param>
public sealed record LogSlice(IReadOnlyList<StoredEvent> Events, long Position, bool IsLast);
