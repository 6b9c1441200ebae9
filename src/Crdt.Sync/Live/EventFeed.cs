using Crdt.Clocks;
using Crdt.Storage;

namespace Crdt.Sync.Live;

/// <summary>What is applied, as it is, for the links that pass it on. Keeps nothing while nobody follows.</summary>
internal sealed class EventFeed(IEnumerable<string> lanes)
{
    private readonly Dictionary<string, LaneFeed> _lanes = lanes.ToDictionary(lane => lane, _ => new LaneFeed(), StringComparer.Ordinal);
    private readonly Lock _following = new();
    private TaskCompletionSource _changed = NewSignal();
    private int _followers;

    /// <summary>Ends with the next thing that is applied. Ask for it before you look.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>The feed of a lane.</summary>
    public LaneFeed Of(string lane) => _lanes[lane];

    /// <summary>Whether anybody follows.</summary>
    public bool IsFollowed
    {
        get
        {
            lock (_following) return _followers > 0;
        }
    }

    /// <summary>Begins to follow; disposing it ends that.</summary>
    public IDisposable Follow()
    {
        lock (_following) _followers++;
        return new Follower(this);
    }

    /// <summary>Adds events that were applied, in their order. Called by one at a time.</summary>
    public void Add(IEnumerable<StoredEvent> events)
    {
        lock (_following)
        {
            if (_followers == 0) return;
            foreach (var stored in events) _lanes[stored.Lane].Add(stored);
        }

        Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();
    }

    /// <summary>Takes note that a lane has come to a vector by states.</summary>
    public void Leap(string lane, VersionVector to)
    {
        lock (_following)
        {
            if (_followers == 0) return;
            _lanes[lane].Leap(to);
        }

        Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Leave()
    {
        lock (_following)
        {
            if (--_followers > 0) return;
            foreach (var lane in _lanes.Values) lane.Clear();
        }
    }

    private sealed class Follower(EventFeed feed) : IDisposable
    {
        private EventFeed? _feed = feed;

        public void Dispose() => Interlocked.Exchange(ref _feed, null)?.Leave();
    }
}
