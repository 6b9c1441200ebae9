using System.Runtime.InteropServices;
using Crdt.Clocks;
using Crdt.Storage;
using Crdt.Sync.Events;

namespace Crdt.Sync.Signatures;

/// <summary>
/// What can be sent of a log that comes slice by slice: a run of events ends with the seal of its origin, and what an origin has behind its last seal waits for the next slice, while the others go on.
/// Where no seal follows, the rest of the run hasn't come here yet, and nobody would believe the beginning.
/// </summary>
/// <param name="signedOnly">Whether the reader takes nothing of origins without a key.</param>
internal sealed class SealedRuns(bool signedOnly = false)
{
    /// <summary>So many bytes of events may stand before a seal, so that whoever passes them on can put them into a frame with it.</summary>
    public const int MaxUnsealed = 512 * 1024;

    /// <summary>So many are taken: what waited here without a seal may come before a run of another frame.</summary>
    public const int MaxTaken = 2 * MaxUnsealed;

    private const int MaxBatch = 2 * MaxTaken, MaxRun = EventCodec.MaxEvent;

    private List<StoredEvent> _waiting = [];
    private bool _hasUnsigned;

    /// <summary>Whether something was left out, or waits still.</summary>
    public bool HasLeftOut { get; private set; }

    /// <summary>Takes a slice, and gives what can be sent of it and of what waits, in batches that fit into frames. O(events).</summary>
    public IReadOnlyList<IReadOnlyList<StoredEvent>> Take(IReadOnlyList<StoredEvent> slice)
    {
        var events = _waiting.Count == 0 ? slice : [.. _waiting, .. slice];
        var ends = EndsOf(events);
        var (closed, open) = (new List<StoredEvent>(events.Count), new List<StoredEvent>());
        for (var i = 0; i < events.Count; i++)
        {
            var isLinked = SealedEvent.IsLinked(events[i].Bytes.Span);
            if (isLinked && i > ends.GetValueOrDefault(events[i].Origin, -1)) open.Add(events[i]);
            else if (isLinked || !signedOnly) closed.Add(events[i]);
            else _hasUnsigned = true;
        }

        (_waiting, HasLeftOut) = (open, _hasUnsigned || open.Count > 0);
        return Batches(closed);
    }

    /// <summary>The index of each origin's last event with a seal that closes all before it.</summary>
    private static Dictionary<ReplicaId, int> EndsOf(IReadOnlyList<StoredEvent> events)
    {
        var (ends, unsealed) = (new Dictionary<ReplicaId, int>(), new Dictionary<ReplicaId, long>());
        for (var i = 0; i < events.Count; i++)
        {
            var (origin, bytes) = (events[i].Origin, events[i].Bytes);
            if (!SealedEvent.IsLinked(bytes.Span)) continue;
            ref var stretch = ref CollectionsMarshal.GetValueRefOrAddDefault(unsealed, origin, out _);
            if (SealedEvent.SealOf(bytes).IsEmpty) stretch += bytes.Length;
            else if (stretch <= MaxTaken && stretch + bytes.Length <= MaxRun) (ends[origin], stretch) = (i, 0);
        }

        return ends;
    }

    // In the order of the log where that fits into one; else run by run, and what comes before something that it depends on waits for it where it arrives.
    private static IReadOnlyList<IReadOnlyList<StoredEvent>> Batches(List<StoredEvent> events)
    {
        if (events.Count == 0) return [];
        if (events.Sum(stored => (long)stored.Bytes.Length) <= MaxBatch) return [events];
        var (batches, bytes) = (new List<List<StoredEvent>> { new() }, 0L);
        foreach (var run in RunsOf(events))
        {
            var more = run.Sum(stored => (long)stored.Bytes.Length);
            if (bytes > 0 && bytes + more > MaxBatch)
            {
                batches.Add([]);
                bytes = 0;
            }

            batches[^1].AddRange(run);
            bytes += more;
        }

        return batches;
    }

    private static IEnumerable<List<StoredEvent>> RunsOf(IEnumerable<StoredEvent> events)
    {
        var open = new Dictionary<ReplicaId, List<StoredEvent>>();
        foreach (var stored in events)
        {
            if (!open.Remove(stored.Origin, out var run)) run = [];
            run.Add(stored);
            if (SealedEvent.IsLinked(stored.Bytes.Span) && SealedEvent.SealOf(stored.Bytes).IsEmpty) open.Add(stored.Origin, run);
            else yield return run;
        }
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
