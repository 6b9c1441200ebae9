using Crdt.Clocks;
using Crdt.Sync.Events;

namespace Crdt.Sync.Truth;

/// <summary>
/// Puts events into causal order: one waits until everything that it depends on is covered and it is its origin's next.
/// Without that, a removal could arrive before the write that it removes, and the write would come back.
/// </summary>
/// <param name="capacity">How many bytes of events may wait. Beyond that they are dropped; their sender offers them again next time.</param>
internal sealed class CausalDelivery(int capacity)
{
    private readonly List<GraphEvent> _waiting = [];
    private long _waitingBytes;

    /// <summary>How many events are waiting.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Their bytes.</summary>
    public long WaitingBytes => _waitingBytes;

    /// <summary>Takes new events and gives those that can be applied now, in an order in which they can. O(waiting²) at worst.</summary>
    /// <param name="arrived">Events in any order, repeated or not.</param>
    /// <param name="vector">What has been applied.</param>
    public List<GraphEvent> Deliver(IEnumerable<GraphEvent> arrived, VersionVector vector)
    {
        var covered = vector.Clone();
        var ready = new List<GraphEvent>();
        foreach (var graphEvent in arrived)
        {
            if (IsCovered(graphEvent, covered)) continue;
            if (covered.Covers(graphEvent.Dependencies)) Take(graphEvent, covered, ready);
            else Hold(graphEvent);
        }

        while (ReleaseOne(covered, ready))
        {
        }

        return ready;
    }

    /// <summary>Whether an event waits that has a dot.</summary>
    public bool HasWaiting(Dot dot) => _waiting.Exists(graphEvent => graphEvent.Origin == dot.Replica && graphEvent.First <= dot.Counter && graphEvent.Last >= dot.Counter);

    /// <summary>Lets go of the events of an origin that come behind a dot.</summary>
    public void DropAfter(Dot dot)
    {
        _waiting.RemoveAll(graphEvent => graphEvent.Origin == dot.Replica && graphEvent.First > dot.Counter);
        _waitingBytes = _waiting.Sum(graphEvent => (long)graphEvent.Bytes.Length);
    }

    /// <summary>Lets an event wait, unless it does already or there is no room.</summary>
    public void Hold(GraphEvent graphEvent)
    {
        if (_waitingBytes + graphEvent.Bytes.Length > capacity) return;
        if (_waiting.Exists(other => other.Origin == graphEvent.Origin && other.First == graphEvent.First && other.Last == graphEvent.Last)) return;
        // What arrived is a part of a frame, which must not be kept in memory for its sake.
        _waiting.Add(EventCodec.Read(graphEvent.Bytes.ToArray()));
        _waitingBytes += graphEvent.Bytes.Length;
    }

    // To the last dot: a replica that was opened from an older copy of these files may know the beginning of what was folded into one event since. Joining what
    // is known already changes nothing, and passing it over would lose the rest.
    private static bool IsCovered(GraphEvent graphEvent, VersionVector covered) => covered[graphEvent.Origin] >= graphEvent.Last;

    private static void Take(GraphEvent graphEvent, VersionVector covered, List<GraphEvent> ready)
    {
        covered.Advance(graphEvent.Origin, graphEvent.Last);
        ready.Add(graphEvent);
    }

    private bool ReleaseOne(VersionVector covered, List<GraphEvent> ready)
    {
        var index = _waiting.FindIndex(graphEvent => IsCovered(graphEvent, covered) || covered.Covers(graphEvent.Dependencies));
        if (index < 0) return false;
        var released = _waiting[index];
        _waiting.RemoveAt(index);
        _waitingBytes -= released.Bytes.Length;
        if (!IsCovered(released, covered)) Take(released, covered, ready);
        return true;
    }
}
