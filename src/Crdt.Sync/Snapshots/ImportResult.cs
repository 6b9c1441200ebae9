namespace Crdt.Sync.Snapshots;

/// <summary>What an import did.</summary>
/// <param name="FullResyncRequired">Whether nothing was taken over, because this replica lacks what the snapshot begins after: import a full one instead.</param>
/// <param name="Reason">Why, where it is.</param>
/// <param name="EventsSynced">How many events were applied that this replica had not seen.</param>
/// <param name="EntitiesChanged">How many entities changed by states that were taken over.</param>
public sealed record ImportResult(bool FullResyncRequired, string? Reason, long EventsSynced, long EntitiesChanged)
{
    /// <summary>How many events were refused, because they are malformed or follow one of the same origin that is.</summary>
    public long Refused { get; init; }
}
