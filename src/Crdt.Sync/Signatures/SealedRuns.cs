using Crdt.Clocks;
using Crdt.Storage;

namespace Crdt.Sync.Signatures;

/// <summary>
/// What can be sent of a log that comes slice by slice: a run of events ends with the seal of its origin, and what an origin has behind its last seal waits for the next slice, while the others go on.
/// Where no seal follows, the rest of the run hasn't come here yet, and nobody would believe the beginning.
/// </summary>
/// <param name="signedOnly">Whether the reader takes nothing of origins without a key.</param>
internal sealed class SealedRuns(bool signedOnly = false)
{
    private const int MaxBatch = 2 * SealedRun.MaxTaken;

    private readonly HashSet<ReplicaId> _unreadable = [];
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
            if (isLinked && _unreadable.Contains(events[i].Origin)) continue;
            if (isLinked && i > ends.GetValueOrDefault(events[i].Origin, -1)) open.Add(events[i]);
            else if (isLinked || !signedOnly) closed.Add(events[i]);
            else _hasUnsigned = true;
        }

        (_waiting, HasLeftOut) = (open, _hasUnsigned || _unreadable.Count > 0 || open.Count > 0);
        return Batches(closed);
    }

    /// <summary>The index of each origin's last event with a seal. An origin of which no reader would take a run is passed over from then on: nobody is to hold it, or be held up by it.</summary>
    private Dictionary<ReplicaId, int> EndsOf(IReadOnlyList<StoredEvent> events)
    {
        var (ends, runs) = (new Dictionary<ReplicaId, int>(), new Dictionary<ReplicaId, SealedRun>());
        for (var i = 0; i < events.Count; i++)
        {
            var (origin, bytes) = (events[i].Origin, events[i].Bytes);
            if (!SealedEvent.IsLinked(bytes.Span)) continue;
            var (seal, open) = (SealedEvent.SealOf(bytes).Length, runs.GetValueOrDefault(origin));
            var run = new SealedRun(open.Events + (seal == 0 ? 1 : SealedEvent.PathOf(seal)), open.Bytes + bytes.Length, IsLone: open.Events == 0 && seal > 0);
            if (!run.MayBeTaken) _unreadable.Add(origin);
            if (seal > 0) ends[origin] = i;
            runs[origin] = seal > 0 ? default : run;
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
            var seal = SealedEvent.SealOf(bytes).Length;
            var isFollowed = followers.TryGetValue(origin, out var follower) && seal > 0 && follower.Previous.Span.SequenceEqual(SealedEvent.HashOf(bytes));
            var whole = follower.Run.Before(bytes.Length + stretches[i].Bytes);
            var isSpared = isFollowed && whole.Bytes <= SealedRun.MaxMade && whole.Events + stretches[i].Events <= SealedEvent.MaxPath;
            if (isSpared) spared[i] = SealedEvent.With(bytes, []);
            followers[origin] = new(SealedEvent.PreviousOf(bytes), seal > 0 && !isSpared ? SealedRun.EndingWith(bytes.Length, SealedEvent.PathOf(seal)) : follower.Run.Before(spared[i].Length));
        }

        return spared;
    }

    /// <summary>For each event how much of its origin's stands before it without a seal.</summary>
    private static (int Events, int Bytes)[] StretchesBefore(IReadOnlyList<StoredEvent> events)
    {
        var (stretches, open) = (new (int Events, int Bytes)[events.Count], new Dictionary<ReplicaId, (int Events, int Bytes)>());
        for (var i = 0; i < stretches.Length; i++)
        {
            var stored = events[i];
            if (!SealedEvent.IsLinked(stored.Bytes.Span)) continue;
            var before = stretches[i] = open.GetValueOrDefault(stored.Origin);
            open[stored.Origin] = SealedEvent.SealOf(stored.Bytes).IsEmpty ? (before.Events + 1, before.Bytes + stored.Bytes.Length) : default;
        }

        return stretches;
    }

    /// <summary>The event of an origin that comes next: what it names, and the run from it on.</summary>
    private readonly record struct Follower(ReadOnlyMemory<byte> Previous, SealedRun Run);
}
