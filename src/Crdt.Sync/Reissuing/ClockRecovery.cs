using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Signing;
using Crdt.Storage;
using Crdt.Sync.Events;
using Crdt.Sync.Offline;
using Crdt.Sync.Signatures;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Reissuing;

/// <summary>
/// Sets a replica right whose clock was ahead when it wrote. Everybody holds back what it wrote then, and what it would write after that, since its
/// hybrid clock doesn't go back. Once the wall clock is right, at an opening, it issues again what nobody has taken: under a new id, with the time it is now.
/// </summary>
/// <remarks>
/// <para>The hybrid clock may go back only to where no write in a row is later: a write that moves a list's item carries the time of its value along, and one that is
/// later than its event is refused everywhere. Beyond that, times choose among concurrent writes only, and what is written next isn't concurrent with what is
/// here. So where rows hold writes from the future that stay, which others have taken or made, nothing is done.</para>
/// <para>All of it is one commit. A crash before it leaves everything as it was, and the next opening does it; after it, nothing is from the future any more.</para>
/// </remarks>
internal sealed class ClockRecovery
{
    private const int RowsAtOnce = 512;
    private readonly IReplicaStore _store;
    private readonly StoreState _state;
    private readonly GraphReplicaOptions _options;
    private readonly Stamp _present;

    private ClockRecovery(IReplicaStore store, StoreState state, GraphReplicaOptions options)
    {
        (_store, _state, _options) = (store, state, options);
        var bound = new HybridClock(options.Time).Wall().Milliseconds + (long)options.MaxClockLead.TotalMilliseconds;
        _present = new(((ulong)Math.Clamp(bound, 0, Stamp.MaxMilliseconds) << 16) | ushort.MaxValue);
    }

    /// <summary>Does it, where there is something to set right. O(bytes of the store) where the clock is ahead, O(1) otherwise.</summary>
    /// <returns>The state of the store afterwards.</returns>
    public static async ValueTask<StoreState> RunAsync(
        IReplicaStore store, StoreState state, TypeLanes typeLanes, ReplicaQueue queue, GraphReplicaOptions options, CancellationToken cancellationToken)
    {
        var recovery = new ClockRecovery(store, state, options);
        if (state.Clock.CompareTo(recovery._present) <= 0) return state;
        var tails = new List<LaneTail>();
        foreach (var lane in state.Vectors.Keys.Order(StringComparer.Ordinal))
            tails.Add(await LaneTail.ReadAsync(store, state, lane, queue.LaneOf(lane).Acknowledged, recovery._present, cancellationToken).ConfigureAwait(false));
        if (tails.TrueForAll(tail => tail.Dots is null) && tails.Exists(tail => tail.StaysAhead)) return state;
        var latest = await recovery.LatestAsync(tails, typeLanes, cancellationToken).ConfigureAwait(false);
        return latest.CompareTo(recovery._present) > 0 ? state : await recovery.CommitAsync(tails, new(options.Time, latest), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The latest time of any write that stays.</summary>
    private async ValueTask<Stamp> LatestAsync(List<LaneTail> tails, TypeLanes typeLanes, CancellationToken cancellationToken)
    {
        var latest = tails.Select(tail => tail.Latest).DefaultIfEmpty().Max();
        var dots = tails.Where(tail => tail.Dots is not null).ToDictionary(tail => tail.Lane, tail => tail.Dots);
        for (var last = default(EntityId); ;)
        {
            var page = await _store.ScanAsync(last, RowsAtOnce, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0) return latest;
            foreach (var row in page)
            {
                var stamp = EncodedEntity.LatestStamp(row.State.Span, dots.GetValueOrDefault(typeLanes.LaneOf(row.Id)));
                if (stamp.CompareTo(latest) > 0) latest = stamp;
            }

            last = page[^1].Id;
        }
    }

    private async ValueTask<StoreState> CommitAsync(List<LaneTail> tails, HybridClock clock, CancellationToken cancellationToken)
    {
        var identity = await _options.NextIdentityAsync(_store, cancellationToken).ConfigureAwait(false);
        var replica = identity.Id;
        var lanes = tails.Where(tail => tail.Dots is not null).Select(tail => new EventReissue(tail, replica)).ToList();
        try
        {
            var commit = await MakeAsync(lanes, Times(tails, clock), clock, cancellationToken).ConfigureAwait(false);
            if (lanes.Count > 0) commit = commit with { Incarnation = new(replica, _options.Time.GetUtcNow(), IncarnationReason.ClockAhead, _state.Revision) };
            commit = commit with { Notes = NotesOf(identity, lanes) };
            await _store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
            return After(commit);
        }
        catch (Exception error) when (error is StoreException or InvalidOperationException)
        {
            // Nothing has changed, and what is here can be read. The next opening tries again.
            return _state;
        }
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> NotesOf(ReplicaIdentity identity, List<EventReissue> lanes)
    {
        var notes = new Dictionary<string, ReadOnlyMemory<byte>>(EventChains.NotesOf(lanes.SelectMany(lane => lane.Events)));
        if (lanes.Count > 0 && !identity.PrivateKey.IsEmpty) notes[StoreOffer.KeyNoteOf(identity.Id)] = identity.PrivateKey;
        return notes;
    }

    // In the order in which they were written; what was written at once is at once again, in whichever lanes.
    private static Dictionary<Stamp, Stamp> Times(List<LaneTail> tails, HybridClock clock) =>
        tails.SelectMany(tail => tail.Events).Select(graphEvent => graphEvent.Stamp).Distinct().Order().ToDictionary(stamp => stamp, _ => clock.Now());

    private async ValueTask<StoreCommit> MakeAsync(List<EventReissue> lanes, Dictionary<Stamp, Stamp> times, HybridClock clock, CancellationToken cancellationToken)
    {
        var (vectors, changes) = (new Dictionary<string, VersionVector>(), new List<RowChange>());
        foreach (var lane in lanes)
        {
            lane.Make(times);
            var ids = lane.Entities().ToList();
            var before = await _store.ReadAsync(ids, cancellationToken).ConfigureAwait(false);
            var rows = ids.Zip(before).ToDictionary(row => row.First, row => row.Second);
            vectors.Add(lane.Lane, lane.Apply(rows, _state.Vectors[lane.Lane]));
            changes.AddRange(ids.Select((id, i) => EventApplication.ChangeOf(_state.Schema, id, before[i], rows[id])));
        }

        var events = lanes.SelectMany(lane => lane.Events).Select(e => new StoredEvent(e.Lane, e.Origin, e.First, e.Last, e.Bytes)).ToList();
        return new(_state.Revision + 1, clock.Last, vectors, events, [.. changes.Select(change => change.Write)]) { Replaced = [.. lanes.Select(lane => lane.Replaced)] };
    }

    private StoreState After(StoreCommit commit)
    {
        var vectors = _state.Vectors.ToDictionary(lane => lane.Key, lane => commit.Vectors.GetValueOrDefault(lane.Key) ?? lane.Value);
        var state = _state with { Revision = commit.Revision, Clock = commit.Clock, Vectors = vectors };
        return commit.Incarnation is { } incarnation ? state with { Replica = incarnation.Replica, Incarnations = [.. state.Incarnations, incarnation] } : state;
    }
}
