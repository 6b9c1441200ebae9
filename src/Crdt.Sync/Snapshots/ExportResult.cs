namespace Crdt.Sync.Snapshots;

/// <summary>What an export wrote.</summary>
/// <param name="FullResyncRequired">
/// Whether nothing was written, because the point that it was to begin after is unknown here or was altered: export everything instead.
/// </param>
/// <param name="Reason">Why, where it is.</param>
/// <param name="Events">How many events were written.</param>
/// <param name="Entities">How many entities were written as states.</param>
/// <param name="Until">How far the receiver is once it has imported it.</param>
public sealed record ExportResult(bool FullResyncRequired, string? Reason, long Events, long Entities, SyncPoint Until);
