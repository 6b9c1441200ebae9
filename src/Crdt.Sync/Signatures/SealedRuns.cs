using Crdt.Clocks;
using Crdt.Storage;

namespace Crdt.Sync.Signatures;

/// <summary>
/// What can be sent of a log that comes slice by slice: a run of events ends with the seal of its origin, and what comes behind the last seal waits for the next slice. Where none follows,
/// the rest of the run hasn't come here yet, and nobody would believe the beginning.
/// </summary>
internal sealed class SealedRuns
{
    /// <summary>So many bytes of events may stand before a seal, so that whoever passes them on can put them into a frame with it.</summary>
    public const int MaxUnsealed = 512 * 1024;

    private IReadOnlyList<StoredEvent> _waiting = [];

    /// <summary>Whether something waits for a seal.</summary>
    public bool AreOpen => _waiting.Count > 0;

    /// <summary>Takes a slice, and gives what can be sent of it and of what waits.</summary>
    public IReadOnlyList<StoredEvent> Take(IReadOnlyList<StoredEvent> slice)
    {
        var events = _waiting.Count == 0 ? slice : [.. _waiting, .. slice];
        var length = SealedLength(events);
        _waiting = length == events.Count ? [] : [.. events.Skip(length)];
        return length == events.Count ? events : [.. events.Take(length)];
    }

    /// <summary>How many events can be sent, so that the last one of each origin is sealed, where those of that origin are. O(events).</summary>
    public static int SealedLength(IReadOnlyList<StoredEvent> events)
    {
        var (open, length) = (new HashSet<ReplicaId>(), 0);
        for (var i = 0; i < events.Count; i++)
        {
            var stored = events[i];
            if (SealedEvent.IsLinked(stored.Bytes.Span))
            {
                if (SealedEvent.SealOf(stored.Bytes).IsEmpty) open.Add(stored.Origin);
                else open.Remove(stored.Origin);
            }

            if (open.Count == 0) length = i + 1;
        }

        return length;
    }

    /// <summary>The wire forms of events, without the seals that the seal of a later one says as well. O(bytes).</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Spare(IReadOnlyList<StoredEvent> events)
    {
        var (spared, followers, stretches) = (new ReadOnlyMemory<byte>[events.Count], new Dictionary<ReplicaId, Follower>(), StretchesBefore(events));
        for (var i = events.Count - 1; i >= 0; i--)
        {
            var (origin, bytes) = (events[i].Origin, events[i].Bytes);
            spared[i] = bytes;
            if (!SealedEvent.IsLinked(bytes.Span)) continue;
            var isSealed = !SealedEvent.SealOf(bytes).IsEmpty;
            var isFollowed = followers.TryGetValue(origin, out var follower) && isSealed && follower.Previous.Span.SequenceEqual(SealedEvent.HashOf(bytes));
            var isSpared = isFollowed && follower.Unsealed + bytes.Length + stretches[i] <= MaxUnsealed;
            if (isSpared) spared[i] = SealedEvent.With(bytes, []);
            followers[origin] = new(SealedEvent.PreviousOf(bytes), isSealed && !isSpared ? 0 : follower.Unsealed + bytes.Length);
        }

        return spared;
    }

    /// <summary>For each event how many bytes of its origin's stand before it without a seal.</summary>
    private static int[] StretchesBefore(IReadOnlyList<StoredEvent> events)
    {
        var (stretches, open) = (new int[events.Count], new Dictionary<ReplicaId, int>());
        for (var i = 0; i < stretches.Length; i++)
        {
            var stored = events[i];
            if (!SealedEvent.IsLinked(stored.Bytes.Span)) continue;
            stretches[i] = open.GetValueOrDefault(stored.Origin);
            open[stored.Origin] = SealedEvent.SealOf(stored.Bytes).IsEmpty ? stretches[i] + stored.Bytes.Length : 0;
        }

        return stretches;
    }

    /// <summary>The event of an origin that comes next: what it names, and how many bytes stand from it on up to the next seal.</summary>
    private readonly record struct Follower(ReadOnlyMemory<byte> Previous, int Unsealed);
}
