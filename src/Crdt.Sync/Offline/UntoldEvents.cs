using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Sync.Events;

namespace Crdt.Sync.Offline;

/// <summary>
/// The newest of a replica's own events in a lane that nobody was told of, the end of the queue: where a new one replaces what one of them wrote, they fold into one
/// from that one on, since the dots of an event have to be without a gap.
/// </summary>
/// <remarks>
/// Folding rewrites what it folds, so it happens where that is little, or where the result is at least twice as large as the largest part, as runs are
/// merged in a log-structured merge tree (O'Neil et al., 1996): each byte is rewritten O(log) times, and a commit costs no more for a long queue.
/// </remarks>
internal sealed class UntoldEvents
{
    /// <summary>How many bytes of events are kept at hand, and may become one.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>So few bytes are folded each time.</summary>
    private const int FewBytes = 2048;

    private readonly List<GraphEvent> _events = [];
    private long _bytes;

    /// <summary>Folds an event that is about to be committed into those before it, or leaves it as it is. O(bytes of the event, and of those that it folds with).</summary>
    public FoldedEvent Fold(GraphEvent next)
    {
        var from = FirstToFold(next);
        if (from < 0) return new(next, 0, 0);
        var folded = _events.GetRange(from, _events.Count - from);
        return new(EventFolding.Fold([.. folded, next]), folded.Count, folded.Sum(graphEvent => (long)graphEvent.Bytes.Length));
    }

    /// <summary>Takes an event that is durable now.</summary>
    public void Add(FoldedEvent folded)
    {
        for (var left = folded.Folded; left > 0; left--) RemoveAt(_events.Count - 1);
        _events.Add(folded.Event);
        _bytes += folded.Event.Bytes.Length;
        var surplus = 0;
        for (; _bytes > MaxBytes; surplus++) _bytes -= _events[surplus].Bytes.Length;
        _events.RemoveRange(0, surplus);
    }

    /// <summary>Lets go of the events that somebody may know of by now.</summary>
    public void Forget(ulong told)
    {
        while (_events.Count > 0 && _events[0].First <= told) RemoveAt(0);
    }

    private int FirstToFold(GraphEvent next)
    {
        if (_events.Count == 0 || next.Bytes.Length > MaxBytes) return -1;
        var replaced = ReplacedBy(next, _events[0].First);
        var (total, largest, found) = (next.Bytes.Length, next.Bytes.Length, -1);
        for (var i = _events.Count - 1; i >= 0 && replaced.Count > 0 && _events[i].Last >= replaced[0].First; i--)
        {
            total += _events[i].Bytes.Length;
            largest = Math.Max(largest, _events[i].Bytes.Length);
            if (total > MaxBytes) break;
            if (total > FewBytes && largest > total / 2) continue;
            if (replaced.Exists(range => range.First <= _events[i].Last && range.Last >= _events[i].First)) found = i;
        }

        return found;
    }

    /// <summary>The dots from <paramref name="first"/> on that were the writer's own and are replaced, ascending.</summary>
    private static List<(ulong First, ulong Last)> ReplacedBy(GraphEvent next, ulong first)
    {
        var replaced = new List<(ulong First, ulong Last)>();
        foreach (var change in next.Changes)
        {
            foreach (var range in EncodedEntity.ContextOf(change.State.Span).Ranges)
            {
                if (range.Replica == next.Origin && range.Last >= first && range.First < next.First) replaced.Add((range.First, Math.Min(range.Last, next.First - 1)));
            }
        }

        replaced.Sort();
        return replaced;
    }

    private void RemoveAt(int index)
    {
        _bytes -= _events[index].Bytes.Length;
        _events.RemoveAt(index);
    }
}
