using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Signing;
using Crdt.Storage;
using Crdt.Sync.Events;
using Crdt.Sync.Signatures;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Reissuing;

/// <summary>Gives the events at the end of a lane's log to another identity, with other times.</summary>
/// <param name="tail">The events.</param>
/// <param name="replica">The identity.</param>
internal sealed class EventReissue(LaneTail tail, ReplicaId replica)
{
    private readonly DotRenaming _names = new(tail.Dots!.Value, new(replica, 1));
    private readonly List<GraphEvent> _events = new(tail.Events.Count);

    /// <summary>The lane.</summary>
    public string Lane => tail.Lane;

    /// <summary>The events as the log is to hold them.</summary>
    public IReadOnlyList<GraphEvent> Events => _events;

    /// <summary>Those that they take the place of.</summary>
    public EventSpan Replaced => new(tail.Lane, _names.Former.Replica, _names.Former.First);

    /// <summary>Makes the events, each with the time that stands for its former one. O(bytes).</summary>
    /// <exception cref="InvalidOperationException">One of them was just within the limit of size, and isn't any more: its deltas name one replica more.</exception>
    public void Make(IReadOnlyDictionary<Stamp, Stamp> times)
    {
        var previous = ReplicaKey.IsSigned(replica) ? SealedEvent.Beginning : default;
        foreach (var former in tail.Events)
        {
            var stamp = times[former.Stamp];
            var (first, last) = (_names.Of(new Dot(former.Origin, former.First)), _names.Of(new Dot(former.Origin, former.Last)));
            var changes = former.Changes.Select(change => new EntityDelta(change.Id, EncodedEntity.Rename(change.State.Span, _names, stamp))).ToList();
            _events.Add(EventCodec.Create(tail.Lane, replica, first.Counter, last.Counter, stamp, Before(former.Dependencies, first.Counter - 1), changes, previous));
            if (!previous.IsEmpty) previous = SealedEvent.HashOf(_events[^1].Bytes);
        }
    }

    /// <summary>
    /// What the lane's rows become: without the writes that have other names now, and then as they are for whoever takes the events as they are now. What the
    /// former events had removed, these remove again.
    /// </summary>
    /// <param name="rows">The rows that the events touch; they are changed.</param>
    /// <param name="vector">What has been applied in the lane.</param>
    /// <returns>What has been applied afterwards.</returns>
    public VersionVector Apply(Dictionary<EntityId, ReadOnlyMemory<byte>> rows, VersionVector vector)
    {
        var former = new CausalContext();
        former.Add(_names.Former);
        foreach (var id in Entities().Where(id => !rows[id].IsEmpty)) rows[id] = EncodedEntity.Join(rows[id].Span, vector, EncodedEntity.Empty.Span, former);
        var now = Before(vector, 0);
        var application = new EventApplication(rows, now);
        foreach (var graphEvent in _events) application.Apply(graphEvent);
        return now;
    }

    /// <summary>The entities that the events touch.</summary>
    public IEnumerable<EntityId> Entities() => tail.Events.SelectMany(graphEvent => graphEvent.Changes).Select(change => change.Id).Distinct();

    private VersionVector Before(VersionVector vector, ulong reissued)
    {
        var before = new VersionVector();
        foreach (var (origin, counter) in vector.Entries) before.Advance(origin, origin == _names.Former.Replica ? _names.Former.First - 1 : counter);
        before.Advance(replica, reissued);
        return before;
    }
}
