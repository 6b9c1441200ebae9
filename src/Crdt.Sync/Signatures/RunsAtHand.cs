using System.Buffers.Binary;
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
    private readonly HashSet<(UInt128, UInt128)> _deadEnds = [];

    /// <summary>
    /// Those among events that are ready of which nothing here shows whose they are: they have waited since an earlier frame, and what came behind them with the seal was let go since. Whoever applied them could never pass them
    /// on. O(events), and O(run) for each origin.
    /// </summary>
    public HashSet<GraphEvent> Unproven(IReadOnlyList<GraphEvent> ready)
    {
        var (unproven, followers) = (new HashSet<GraphEvent>(ReferenceEqualityComparer.Instance), new Dictionary<ReplicaId, GraphEvent>());
        for (var i = ready.Count - 1; i >= 0; i--)
        {
            var one = ready[i];
            if (one.Previous.IsEmpty) continue;
            var isFollowed = followers.TryGetValue(one.Origin, out var follower) && follower.First == one.Last + 1 && follower.Previous.Span.SequenceEqual(EventChains.HeadOf(one).Hash.Span);
            if (SealedEvent.SealOf(one.Bytes).IsEmpty && !isFollowed && From(one) is null) unproven.Add(one);
            else followers[one.Origin] = one;
        }

        return unproven;
    }

    /// <summary>Gives the last event of each origin a seal with a path, where the one that came with it is on an event behind it that isn't applied. O(events), and O(run) for each such origin.</summary>
    public List<GraphEvent> Close(List<GraphEvent> applied)
    {
        var seen = new HashSet<ReplicaId>();
        for (var i = applied.Count - 1; i >= 0; i--)
        {
            var last = applied[i];
            if (last.Previous.IsEmpty || !seen.Add(last.Origin) || !SealedEvent.SealOf(last.Bytes).IsEmpty) continue;
            if (From(last) is { } run) applied[i] = last with { Bytes = SealedEvent.SealThrough(last.Bytes, run[1..]) };
        }

        return applied;
    }

    /// <summary>The run that an event begins, up to the first seal; null where that isn't at hand, or further away than a path leads. O(run).</summary>
    public List<ReadOnlyMemory<byte>>? From(GraphEvent graphEvent)
    {
        var (run, hashes) = (new List<ReadOnlyMemory<byte>> { graphEvent.Bytes }, new List<(UInt128, UInt128)>());
        for (var next = graphEvent.Last + 1; SealedEvent.SealOf(run[^1]).IsEmpty;)
        {
            var hash = SealedEvent.HashOf(run[^1]);
            hashes.Add((BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash.AsSpan(16))));
            var follower = _deadEnds.Contains(hashes[^1]) ? default : _places.Value[(graphEvent.Origin, next)].FirstOrDefault(other => SealedEvent.PreviousOf(other).Span.SequenceEqual(hash));
            if (follower.IsEmpty)
            {
                _deadEnds.UnionWith(hashes); // So that nobody goes this way again, event by event.
                return null;
            }

            run.Add(follower);
            next = EventCodec.ReadHead(follower.Span).Last + 1;
        }

        var path = SealedEvent.SealOf(run[^1]).Length;
        return run.Count - 1 + (path == 0 ? 0 : SealedEvent.PathOf(path)) <= SealedEvent.MaxPath ? run : null;
    }

    private static ILookup<(ReplicaId, ulong), ReadOnlyMemory<byte>> PlacesOf(IEnumerable<ReadOnlyMemory<byte>> events) => events
        .Select(bytes => (Head: EventCodec.ReadHead(bytes.Span), Bytes: bytes)).Where(one => ReplicaKey.IsSigned(one.Head.Origin))
        .ToLookup(one => (one.Head.Origin, one.Head.First), one => one.Bytes);
}
