using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Differences;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Reconciling;

/// <summary>
/// The digests of a replica's entities, lane by lane, kept in step with every commit: what says that two replicas are equal, and finds where
/// they differ. Built from one pass over the store when they are first needed, and noted in it when it is closed.
/// </summary>
internal sealed class ReplicaDigests
{
    private const int Page = 2000;
    private const string NoteKey = "digests";
    private readonly Dictionary<string, LaneDigests> _sets = new(StringComparer.Ordinal);
    private readonly List<LaneSnapshot> _snapshots = [];
    private readonly TypeLanes _lanes;

    private ReplicaDigests(TypeLanes lanes) => _lanes = lanes;

    /// <summary>Takes what was noted if nothing was committed since, or reads every entity. O(N).</summary>
    public static async ValueTask<ReplicaDigests> OpenAsync(IReplicaStore store, long revision, TypeLanes lanes, CancellationToken cancellationToken)
    {
        var digests = new ReplicaDigests(lanes);
        if (digests.TryRead(await store.ReadNoteAsync(NoteKey, cancellationToken).ConfigureAwait(false), revision)) return digests;
        for (var (last, count) = (default(EntityId), Page); count == Page;)
        {
            var page = await store.ScanAsync(last, Page, cancellationToken).ConfigureAwait(false);
            foreach (var entity in page) digests.SetOf(entity.Id).Replace(0, EntityDigest.Of(entity.Id, entity.State.Span), checked((uint)entity.Row));
            count = page.Count;
            if (count > 0) last = page[^1].Id;
        }

        return digests;
    }

    /// <summary>What is kept of a lane.</summary>
    public LaneDigests SetOf(string lane)
    {
        if (!_sets.TryGetValue(lane, out var set)) _sets.Add(lane, set = new());
        return set;
    }

    /// <summary>Takes note of what a commit changed.</summary>
    /// <param name="changes">What changed.</param>
    /// <param name="rows">The rows of the entities.</param>
    /// <param name="except">A snapshot that need not know, because the change is the join that it was made for.</param>
    public void Record(IReadOnlyList<RowChange> changes, IReadOnlyList<long> rows, LaneSnapshot? except = null)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            var (from, to) = changes[i].ToDigests();
            if (from == to) continue;
            var lane = _lanes.LaneOf(changes[i].Write.Id);
            var set = SetOf(lane);
            lock (set) // Sessions read the items of snapshots while commits go on.
            {
                set.Replace(from, to, checked((uint)rows[i]));
                foreach (var snapshot in _snapshots)
                {
                    if (snapshot.Lane == lane && snapshot != except) snapshot.Record(changes[i], from, to);
                }
            }
        }
    }

    /// <summary>Freezes a lane as it is; until it is released, what changes is remembered.</summary>
    public LaneSnapshot Freeze(string lane, VersionVector vector, Stamp clock)
    {
        var snapshot = new LaneSnapshot(lane, vector, clock, SetOf(lane));
        _snapshots.Add(snapshot);
        return snapshot;
    }

    /// <summary>Gives up what is kept, and the snapshots of it, because it is no longer what the store holds.</summary>
    public void Abandon() => _snapshots.ForEach(snapshot => snapshot.Lose());

    public void Release(LaneSnapshot snapshot) => _snapshots.Remove(snapshot);

    /// <summary>Notes everything, as of a revision: <c>revision { block(lane) set }*</c>.</summary>
    public ValueTask KeepAsync(IReplicaStore store, long revision)
    {
        var writer = new WireWriter(capacity: 1 << 16);
        writer.WriteVarint((ulong)revision);
        foreach (var (lane, set) in _sets)
        {
            writer.WriteText(lane);
            set.Write(ref writer);
        }

        return store.WriteNoteAsync(NoteKey, writer.Finish());
    }

    private LaneDigests SetOf(EntityId id) => SetOf(_lanes.LaneOf(id));

    private bool TryRead(ReadOnlyMemory<byte> note, long revision)
    {
        if (note.IsEmpty) return false;
        try
        {
            var reader = new WireReader(note.Span);
            if (reader.ReadVarint() != (ulong)revision) return false;
            while (reader.Remaining > 0) _sets.Add(reader.ReadText(256), LaneDigests.Read(ref reader));
            return true;
        }
        catch (WireFormatException)
        {
            // Damaged, or of another version: they are made again from the entities.
            _sets.Clear();
            return false;
        }
    }
}
