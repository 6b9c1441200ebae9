using Crdt.Clocks;
using Crdt.Signing;
using Crdt.Sync.Events;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Signatures;

/// <summary>
/// The signed events that are at hand while a frame is taken: those of the frame, those that it let go on, and those that wait. Where only the beginning of a run is applied, the others show whose it is.
/// </summary>
internal sealed class RunsAtHand(IEnumerable<ReadOnlyMemory<byte>> events)
{
    private readonly Lazy<ILookup<(ReplicaId, ulong), ReadOnlyMemory<byte>>> _places = new(() => PlacesOf(events));

    /// <summary>Gives the last event of each origin a seal with a path, where the one that came with it is on an event behind it that isn't applied. O(events), and O(run) for each such origin.</summary>
    public List<GraphEvent> Close(List<GraphEvent> applied)
    {
        var seen = new HashSet<ReplicaId>();
        for (var i = applied.Count - 1; i >= 0; i--)
        {
            var last = applied[i];
            if (last.Previous.IsEmpty || !seen.Add(last.Origin) || !SealedEvent.SealOf(last.Bytes).IsEmpty) continue;
            if (From(last) is { Count: > 1 and <= SealedEvent.MaxPath } run) applied[i] = last with { Bytes = SealedEvent.SealThrough(last.Bytes, run[1..]) };
        }

        return applied;
    }

    /// <summary>The run that an event begins, up to the first seal; null where that isn't at hand. O(run).</summary>
    public List<ReadOnlyMemory<byte>>? From(GraphEvent graphEvent)
    {
        var run = new List<ReadOnlyMemory<byte>> { graphEvent.Bytes };
        for (var next = graphEvent.Last + 1; SealedEvent.SealOf(run[^1]).IsEmpty;)
        {
            var hash = SealedEvent.HashOf(run[^1]);
            var follower = _places.Value[(graphEvent.Origin, next)].FirstOrDefault(other => SealedEvent.PreviousOf(other).Span.SequenceEqual(hash));
            if (follower.IsEmpty) return null;
            run.Add(follower);
            next = EventCodec.ReadHead(follower.Span).Last + 1;
        }

        return run;
    }

    private static ILookup<(ReplicaId, ulong), ReadOnlyMemory<byte>> PlacesOf(IEnumerable<ReadOnlyMemory<byte>> events) => events
        .Select(bytes => (Head: EventCodec.ReadHead(bytes.Span), Bytes: bytes)).Where(one => ReplicaKey.IsSigned(one.Head.Origin))
        .ToLookup(one => (one.Head.Origin, one.Head.First), one => one.Bytes);
}
