using Crdt.Sync.Rights;
using Crdt.Sync.Transactions;

namespace Crdt.Sync;

/// <content>Rights of bounded counters that move to where they are needed.</content>
public sealed partial class GraphReplica
{
    private RightsExchange? _rights;

    private void OpenRights()
    {
        var exchange = new RightsExchange(Schema, TryBeginAsync);
        if (!exchange.IsNeeded) return;
        _rights = exchange;
        _truth.Changing = changes => exchange.Look(changes, _truth.Id);
    }

    /// <summary>Begins a transaction where none is open. A session must not wait for one, whose owner may be waiting for the session, nor for room that only the session makes.</summary>
    private async ValueTask<GraphTransaction?> TryBeginAsync()
    {
        if (_truth.IsOffline && _truth.WhenQueueIsFull == OfflineQueueFull.Wait) return null;
        if (!await _transactions.WaitAsync(TimeSpan.Zero).ConfigureAwait(false)) return null;
        if (!_isClosed) return NewTransaction();
        _transactions.Release();
        return null;
    }

    private ValueTask AskForRightsAsync(CancellationToken cancellationToken) => _rights?.AskAsync(cancellationToken) ?? ValueTask.CompletedTask;

    private ValueTask GiveRightsAsync() => _rights?.GiveAsync() ?? ValueTask.CompletedTask;
}
