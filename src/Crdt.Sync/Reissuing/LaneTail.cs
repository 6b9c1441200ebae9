using Crdt.Clocks;
using Crdt.Kernel;
using Crdt.Storage;
using Crdt.Sync.Events;

namespace Crdt.Sync.Reissuing;

/// <summary>The end of a lane's log that is this replica's own, from the future, and not known to be anywhere else.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Events">The events, each following the one before without a gap, up to the last of the replica's own; perhaps none.</param>
/// <param name="StaysAhead">Whether the log holds own events from the future besides, which stay as they are.</param>
/// <param name="Latest">The latest time of any event in the log that is not from the future.</param>
internal sealed record LaneTail(string Lane, IReadOnlyList<GraphEvent> Events, bool StaysAhead, Stamp Latest)
{
    private const int ReadAtOnce = 1024 * 1024;

    /// <summary>The dots of the events; null where there are none.</summary>
    public DotRange? Dots => Events.Count > 0 ? new(Events[0].Origin, Events[0].First, Events[^1].Last) : null;

    /// <summary>Looks for it. O(bytes of the log).</summary>
    /// <param name="store">The store.</param>
    /// <param name="state">Its state.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="acknowledged">The highest of the replica's own dots that a peer is known to hold.</param>
    /// <param name="present">What is later than this is from the future.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async ValueTask<LaneTail> ReadAsync(IReplicaStore store, StoreState state, string lane, ulong acknowledged, Stamp present, CancellationToken cancellationToken)
    {
        var (tail, ahead, latest) = (new List<GraphEvent>(), 0, default(Stamp));
        for (var slice = new LogSlice([], 0, IsLast: false); !slice.IsLast;)
        {
            slice = await store.ReadLogAsync(lane, new(), slice.Position, ReadAtOnce, cancellationToken).ConfigureAwait(false);
            foreach (var graphEvent in slice.Events.Select(stored => EventCodec.Read(stored.Bytes)))
            {
                var isAhead = graphEvent.Stamp.CompareTo(present) > 0;
                if (!isAhead && graphEvent.Stamp.CompareTo(latest) > 0) latest = graphEvent.Stamp;
                if (graphEvent.Origin != state.Replica)
                {
                    // Who has written after this replica's events holds them, whether it has said so here or not.
                    acknowledged = Math.Max(acknowledged, graphEvent.Dependencies[state.Replica]);
                    continue;
                }

                if (!isAhead || (tail.Count > 0 && graphEvent.First != tail[^1].Last + 1)) tail.Clear();
                if (!isAhead) continue;
                tail.Add(graphEvent);
                ahead++;
            }
        }

        tail.RemoveAll(graphEvent => graphEvent.First <= acknowledged);
        if (tail.Count > 0 && tail[^1].Last != state.Vectors[lane][state.Replica]) tail.Clear();
        return new(lane, tail, ahead > tail.Count, latest);
    }
}
