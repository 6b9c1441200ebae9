using Crdt.Sync.Conflicts;

namespace Crdt.Sync.Truth;

/// <content>Who wants to know of conflicts.</content>
internal sealed partial class ReplicaTruth
{
    private TaskCompletionSource<bool> _conflicts = NewConflictSignal();

    /// <summary>Ends with the next commit that may bring conflicts, or take some away: with false where the replica is closed.</summary>
    public Task<bool> ConflictsMayChange => _conflicts.Task;

    private List<Conflict> ArisenIn(IReadOnlyList<RowChange> changes) => [.. changes.SelectMany(change => ConflictReader.ArisenIn(change, Schema))];

    // Which relationships compete, and which nodes share a value, can't be told from one row.
    private bool MayConflict(IReadOnlyList<RowChange> changes) =>
        changes.Any(change => change.Write.InConflict || change.Write.Claimed.Count + change.Write.Released.Count > 0 || Schema.Find(change.Write.Id.TypeId) is { IsConstrained: true });

    private void SignalConflicts()
    {
        Interlocked.Exchange(ref _conflicts, NewConflictSignal()).TrySetResult(true);
    }

    private void SignalClosed() => _conflicts.TrySetResult(false);

    private static TaskCompletionSource<bool> NewConflictSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
