using Crdt.Sync.Commit;

namespace Crdt.Sync.Distributed;

/// <content>Its timers: one of the system's, set to the next of the machines'.</content>
internal sealed partial class CommitSite
{
    private readonly Dictionary<(CommitRole Role, TransactionId Id), (long Since, TimeSpan Delay)> _timers = [];
    private ITimer? _timer;

    /// <summary>Until the next timer fires; null where none is set.</summary>
    public TimeSpan? Due => _timers.Count == 0 ? null : _timers.Values.Min(Left);

    /// <summary>Fires the timers that are due.</summary>
    public ValueTask FireAsync() => EnterAsync(() =>
    {
        foreach (var (key, _) in _timers.Where(timer => Left(timer.Value) <= TimeSpan.Zero).ToList())
        {
            _timers.Remove(key);
            if (key.Role == CommitRole.Coordinator) Take(_coordinator.TimerFired(key.Id));
            else Take(_participant.TimerFired(key.Id));
        }

        Arm();
    });

    private TimeSpan Left((long Since, TimeSpan Delay) timer) => timer.Delay - _truth.Time.GetElapsedTime(timer.Since);

    private void SetTimer(CommitRole role, TransactionId id, TimeSpan delay)
    {
        _timers[(role, id)] = (_truth.Time.GetTimestamp(), delay);
        Arm();
    }

    private void StopTimer(CommitRole role, TransactionId id)
    {
        if (_timers.Remove((role, id))) Arm();
    }

    private void Arm()
    {
        if (_ports.HasOwnTime) return;
        var due = Due is { } left ? TimeSpan.FromTicks(Math.Max(left.Ticks, TimeSpan.TicksPerMillisecond)) : Timeout.InfiniteTimeSpan;
        _timer ??= _truth.Time.CreateTimer(static site => _ = ((CommitSite)site!).FireInBackgroundAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void StopTimers()
    {
        _timers.Clear();
        _timer?.Dispose();
        _timer = null;
    }

    private async Task FireInBackgroundAsync()
    {
        try
        {
            await FireAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The replica was closed meanwhile.
        }
    }
}
