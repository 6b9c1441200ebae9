using Crdt.Clocks;
using Crdt.Storage;

namespace Crdt.Sync.Live;

/// <summary>
/// The latest events of one lane, in the order in which they were applied, for links that pass them on as they come. Each has a number; whoever comes too late for one finds it forgotten, and brings the
/// peer up to date by a session.
/// </summary>
internal sealed class LaneFeed
{
    private const int MaxEvents = 8192, MaxBytes = 8 * 1024 * 1024, MostFrames = 64;
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<(long First, long Last, byte Codec), Lazy<ReadOnlyMemory<byte>>> _frames = [];
    private readonly Queue<(long First, long Last, byte Codec)> _frameOrder = new();
    private int _head; // Entries before it are forgotten, and removed many at a time.
    private long _first;
    private long _bytes;

    /// <summary>The number of the next event.</summary>
    public long Next { get; private set; }

    /// <summary>Adds an event that was applied.</summary>
    public void Add(StoredEvent stored)
    {
        lock (_lock)
        {
            Append(new(Next++, stored, null));
        }
    }

    /// <summary>Takes note that the lane has come to a vector otherwise, by states: there are no events to pass on.</summary>
    public void Leap(VersionVector to)
    {
        lock (_lock) Append(new(Next++, null, to));
    }

    /// <summary>Forgets everything, since nobody follows.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _frames.Clear();
            _frameOrder.Clear();
            (_head, _first, _bytes) = (0, Next, 0);
        }
    }

    /// <summary>What came from a number on, up to some bytes; null where that is forgotten. O(what is given).</summary>
    public IReadOnlyList<Entry>? Read(long from, int maxBytes)
    {
        lock (_lock)
        {
            if (from == Next) return [];
            if (from < _first) return null;
            var (some, bytes) = (new List<Entry>(), 0);
            for (var i = _head + (int)(from - _first); i < _entries.Count; i++)
            {
                var entry = _entries[i];
                bytes += entry.Event?.Bytes.Length ?? 0;
                if (bytes > maxBytes && some.Count > 0) break;
                some.Add(entry);
            }

            return some;
        }
    }

    /// <summary>The frame with all events of a run of numbers: made once, however many links send it.</summary>
    public ReadOnlyMemory<byte> FrameOf(long first, long last, byte codec, Func<ReadOnlyMemory<byte>> make)
    {
        Lazy<ReadOnlyMemory<byte>>? frame;
        lock (_lock)
        {
            if (!_frames.TryGetValue((first, last, codec), out frame))
            {
                _frames[(first, last, codec)] = frame = new(make);
                _frameOrder.Enqueue((first, last, codec));
                if (_frameOrder.Count > MostFrames) _frames.Remove(_frameOrder.Dequeue());
            }
        }

        return frame.Value;
    }

    private void Append(Entry entry)
    {
        _entries.Add(entry);
        _bytes += entry.Event?.Bytes.Length ?? 0;
        while (_entries.Count - _head > MaxEvents || _bytes > MaxBytes)
        {
            _bytes -= _entries[_head].Event?.Bytes.Length ?? 0;
            _entries[_head++] = default;
            _first++;
        }

        if (_head < MaxEvents) return;
        _entries.RemoveRange(0, _head);
        _head = 0;
    }

    /// <summary>Something that happened in the lane.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="Event">The event that was applied; null where it was none.</param>
    /// <param name="Vector">Where the lane has come otherwise; null where it was an event.</param>
    public readonly record struct Entry(long Number, StoredEvent? Event, VersionVector? Vector);
}
