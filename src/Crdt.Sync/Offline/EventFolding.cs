using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Sync.Events;

namespace Crdt.Sync.Offline;

/// <summary>
/// Makes one event of several that follow each other: a delta group in the sense of Almeida, Shoker, Baquero, <i>Delta State Replicated Data Types</i>, 2018,
/// so that applying it is the same as applying them one after the other, and shows only the end.
/// </summary>
internal static class EventFolding
{
    /// <summary>The join of events of one origin and lane, in their order and without a gap between them. O(bytes).</summary>
    /// <remarks>It depends on what the last one did, and of its origin on what the first one did; its writes are no later than the last one's.</remarks>
    public static GraphEvent Fold(IReadOnlyList<GraphEvent> events)
    {
        var (first, last) = (events[0], events[^1]);
        var places = new Dictionary<EntityId, int>();
        var changes = new List<EntityDelta>();
        foreach (var change in events.SelectMany(graphEvent => graphEvent.Changes))
        {
            if (places.TryAdd(change.Id, changes.Count)) changes.Add(change);
            else changes[places[change.Id]] = new(change.Id, EncodedEntity.Join(changes[places[change.Id]].State.Span, change.State.Span));
        }

        return EventCodec.Create(last.Lane, last.Origin, first.First, last.Last, last.Stamp, DependenciesOf(first, last), changes, first.Previous);
    }

    private static VersionVector DependenciesOf(GraphEvent first, GraphEvent last)
    {
        var dependencies = new VersionVector();
        foreach (var (replica, counter) in last.Dependencies.Entries) dependencies.Advance(replica, replica == last.Origin ? first.First - 1 : counter);
        return dependencies;
    }
}
