using Crdt.Clocks;
using Crdt.Kernel;
using Crdt.Sync.Events;

namespace Crdt.Sync.Truth;

/// <summary>
/// Puts events into causal order: one waits until everything that it depends on is covered and it is its origin's next.
/// Without that, a removal could arrive before the write that it removes, and the write would come back.
/// </summary>
/// <remarks>
/// Each waits for one replica of those that it depends on and that aren't covered, in the order of the dots that it needs, and is looked at again when these are there:
/// a peer that sends events which never can be applied costs no more than one that sends others.
/// </remarks>
/// <param name="capacity">How many bytes of events may wait. Beyond that they are dropped; their sender offers them again next time.</param>
internal sealed class CausalDelivery(int capacity)
{
    private readonly Dictionary<DotRange, GraphEvent> _waiting = [];
    private readonly Dictionary<ReplicaId, PriorityQueue<GraphEvent, ulong>> _blocked = [];

    /// <summary>How many events are waiting.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>The events that wait.</summary>
    public IEnumerable<GraphEvent> Events => _waiting.Values;

    /// <summary>Their bytes.</summary>
    public long WaitingBytes { get; private set; }

    /// <summary>
    /// Takes new events and gives those that can be applied now, in an order in which they can. O((arrived + waiting) · replicas), and a logarithm for each that waits.
    /// </summary>
    /// <param name="arrived">Events in any order, repeated or not.</param>
    /// <param name="vector">What has been applied.</param>
    public List<GraphEvent> Deliver(IEnumerable<GraphEvent> arrived, VersionVector vector)
    {
        var covered = vector.Clone();
        var ready = new List<GraphEvent>();
        Drop(graphEvent => IsCovered(graphEvent, covered));
        foreach (var graphEvent in arrived)
        {
            if (IsCovered(graphEvent, covered)) continue;
            if (covered.Covers(graphEvent.Dependencies)) Take(graphEvent, covered, ready);
            else Hold(graphEvent, covered);
        }

        Release(covered, ready);
        return ready;
    }

    /// <summary>Whether an event waits that has a dot. O(waiting).</summary>
    public bool HasWaiting(Dot dot) => _waiting.Keys.Any(dots => dots.Replica == dot.Replica && dots.First <= dot.Counter && dots.Last >= dot.Counter);

    /// <summary>Lets go of the events of an origin that come behind a dot. O(waiting).</summary>
    public void DropAfter(Dot dot) => Drop(graphEvent => graphEvent.Origin == dot.Replica && graphEvent.First > dot.Counter);

    /// <summary>Lets an event wait that depends on something that isn't covered, unless it does already or there is no room.</summary>
    public void Hold(GraphEvent graphEvent, VersionVector covered)
    {
        if (WaitingBytes + graphEvent.Bytes.Length > capacity || _waiting.ContainsKey(DotsOf(graphEvent))) return;
        // What arrived is a part of a frame, which must not be kept in memory for its sake.
        Wait(EventCodec.Read(graphEvent.Bytes.ToArray()), covered);
    }

    private static DotRange DotsOf(GraphEvent graphEvent) => new(graphEvent.Origin, graphEvent.First, graphEvent.Last);

    // To the last dot: a replica that was opened from an older copy of these files may know the beginning of what was folded into one event since. Joining what
    // is known already changes nothing, and passing it over would lose the rest.
    private static bool IsCovered(GraphEvent graphEvent, VersionVector covered) => covered[graphEvent.Origin] >= graphEvent.Last;

    private static void Take(GraphEvent graphEvent, VersionVector covered, List<GraphEvent> ready)
    {
        covered.Advance(graphEvent.Origin, graphEvent.Last);
        ready.Add(graphEvent);
    }

    private void Wait(GraphEvent graphEvent, VersionVector covered)
    {
        var (blocker, counter) = graphEvent.Dependencies.Entries.First(needed => needed.Counter > covered[needed.Replica]);
        if (!_blocked.TryGetValue(blocker, out var queue)) _blocked.Add(blocker, queue = new());
        queue.Enqueue(graphEvent, counter);
        _waiting.Add(DotsOf(graphEvent), graphEvent);
        WaitingBytes += graphEvent.Bytes.Length;
    }

    private void Release(VersionVector covered, List<GraphEvent> ready)
    {
        var advanced = new Queue<ReplicaId>(_blocked.Keys);
        while (advanced.TryDequeue(out var replica))
        {
            while (TryRelease(replica, covered) is { } released)
            {
                if (IsCovered(released, covered)) continue;
                if (!covered.Covers(released.Dependencies))
                {
                    Wait(released, covered);
                    continue;
                }

                Take(released, covered, ready);
                advanced.Enqueue(released.Origin);
            }
        }
    }

    /// <summary>An event that waits for no more of a replica than is covered.</summary>
    private GraphEvent? TryRelease(ReplicaId replica, VersionVector covered)
    {
        if (!_blocked.TryGetValue(replica, out var queue) || !queue.TryPeek(out var released, out var needed) || needed > covered[replica]) return null;
        queue.Dequeue();
        if (queue.Count == 0) _blocked.Remove(replica);
        _waiting.Remove(DotsOf(released));
        WaitingBytes -= released.Bytes.Length;
        return released;
    }

    private void Drop(Predicate<GraphEvent> isDropped)
    {
        if (!_waiting.Values.Any(graphEvent => isDropped(graphEvent))) return;
        foreach (var (replica, queue) in _blocked.ToList())
        {
            var kept = queue.UnorderedItems.Where(waiting => !isDropped(waiting.Element)).ToList();
            if (kept.Count == 0) _blocked.Remove(replica);
            else _blocked[replica] = new(kept);
        }

        foreach (var gone in _waiting.Values.Where(graphEvent => isDropped(graphEvent)).ToList())
        {
            _waiting.Remove(DotsOf(gone));
            WaitingBytes -= gone.Bytes.Length;
        }
    }
}
