using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Differences;
using Crdt.Sync.Sessions;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Reconciling;

/// <summary>
/// A lane as it was at one moment, while commits go on: the vector, what finds differences, and the former rows of all that has changed
/// since. Rows are served, and differences found, as of this moment; a row that is served with a younger state than the vector says would
/// show half of an event.
/// </summary>
/// <remarks>
/// Everything but the frozen parts and the items is read and written only by who holds the truth. Items are read while commits go on, so whoever
/// changes them holds the lock of the live digests.
/// </remarks>
internal sealed class LaneSnapshot(string lane, VersionVector vector, Stamp clock, LaneDigests live)
{
    /// <summary>How many bytes of former rows are kept. Beyond that the snapshot is lost, and the session has to begin anew.</summary>
    private const long Capacity = 64 * 1024 * 1024;

    private const long AheadCapacity = 1024 * 1024;

    private readonly Dictionary<EntityId, Former> _former = [];
    private readonly Dictionary<ulong, EntityId> _formerItems = [];
    private readonly Dictionary<ulong, int> _shift = [];
    private readonly Dictionary<EntityId, ReadOnlyMemory<byte>> _ahead = [];
    private readonly FrozenDigests _frozen = live.Freeze();
    private ulong[]? _items;
    private long _bytes;
    private long _aheadBytes;

    public string Lane => lane;

    /// <summary>What had been applied.</summary>
    public VersionVector Vector => vector;

    /// <summary>The clock of the replica: no row of the snapshot has a later stamp.</summary>
    public Stamp Clock => clock;

    /// <summary>The tree over the digests of its entities.</summary>
    public MerkleTree Tree => _frozen.Tree;

    /// <summary>Whether more has changed since than could be kept.</summary>
    public bool IsLost { get; private set; }

    /// <summary>The entities that have changed since.</summary>
    public IReadOnlyCollection<EntityId> Changed => _former.Keys;

    /// <summary>Says that the snapshot can't be read any more.</summary>
    public void Lose() => IsLost = true;

    /// <summary>Demands that it is not lost. Only who holds the truth can count on the answer.</summary>
    /// <exception cref="SessionException">It is.</exception>
    public void Require()
    {
        if (IsLost) throw new SessionException(SessionEnd.Outdated, "More has changed here since the lane was frozen than could be kept apart; begin anew to go on.");
    }

    /// <summary>Takes note of a change. The caller holds the lock of the live digests.</summary>
    public void Record(RowChange change, UInt128 before, UInt128 after)
    {
        Shift(before, 1);
        Shift(after, -1);
        _ahead.Remove(change.Write.Id);
        if (IsLost || !_former.TryAdd(change.Write.Id, new(before, change.Before))) return;
        if (before != 0) _formerItems.TryAdd(EntityDigest.ItemOf(before), change.Write.Id);
        _bytes += change.Before.Length + change.Write.Id.Bytes.Length + 128;
        IsLost = _bytes > Capacity;
    }

    /// <summary>The row and the digest that an entity had, if it has changed since; null where it hasn't.</summary>
    public Former? FormerOf(EntityId id) => _former.TryGetValue(id, out var former) ? former : null;

    /// <summary>The rows that had these items, in the order given; the default value where there is none.</summary>
    public async ValueTask<StoredEntity[]> ReadAsync(IReplicaStore store, IReadOnlyList<ulong> items, CancellationToken cancellationToken)
    {
        var found = new StoredEntity[items.Count];
        var (rows, places) = (new List<long>(), new List<int>());
        for (var i = 0; i < found.Length; i++)
        {
            if (_formerItems.TryGetValue(items[i], out var id)) found[i] = new(id, _former[id].Row);
            else if (live.Index.TryFind(items[i], out var row)) Add(rows, places, row, i);
        }

        var stored = await store.ReadRowsAsync(rows, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < places.Count; i++)
        {
            // Not hashed once more: the index is in step with the rows, and who receives one knows it by its own hash.
            found[places[i]] = stored[i];
        }

        return found;
    }

    /// <summary>Reads rows before they are needed, while nothing else is to be done, and keeps 1 MiB of them for as long as they don't change.</summary>
    public async ValueTask ReadAheadAsync(IReplicaStore store, IReadOnlyList<ulong> items, CancellationToken cancellationToken)
    {
        foreach (var row in await ReadAsync(store, items, cancellationToken).ConfigureAwait(false))
        {
            if (row.Id == default || _former.ContainsKey(row.Id) || _aheadBytes + row.State.Length > AheadCapacity || !_ahead.TryAdd(row.Id, row.State)) continue;
            _aheadBytes += row.State.Length;
        }
    }

    /// <summary>The rows of entities as they are now, in the order given; empty where there is none.</summary>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadCurrentAsync(IReplicaStore store, IReadOnlyList<EntityId> entities, CancellationToken cancellationToken)
    {
        var (rows, lacking) = (new ReadOnlyMemory<byte>[entities.Count], new List<int>());
        for (var i = 0; i < rows.Length; i++)
        {
            if (!_ahead.TryGetValue(entities[i], out rows[i])) lacking.Add(i);
        }

        if (lacking.Count == 0) return rows;
        var read = await store.ReadAsync([.. lacking.Select(i => entities[i])], cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < read.Count; i++) rows[lacking[i]] = read[i];
        return rows;
    }

    /// <summary>The rows of the lane in the order of ids, from the first above <paramref name="after"/>, and where the next page begins; null at the end.</summary>
    public async ValueTask<(List<StoredEntity> Rows, EntityId? Next)> ScanAsync(
        IReplicaStore store, TypeLanes lanes, EntityId after, int limit, CancellationToken cancellationToken)
    {
        var page = await store.ScanAsync(after, limit, cancellationToken).ConfigureAwait(false);
        EntityId? next = page.Count < limit ? null : page[^1].Id;
        var rows = page.Where(entity => lanes.LaneOf(entity.Id) == lane && !_former.ContainsKey(entity.Id)).ToList();
        var former = _former.Where(entry => !entry.Value.Row.IsEmpty && entry.Key.CompareTo(after) > 0 && (next is not { } last || entry.Key.CompareTo(last) <= 0));
        rows.AddRange(former.Select(entry => new StoredEntity(entry.Key, entry.Value.Row)));
        rows.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return (rows, next);
    }

    /// <summary>The items of one leaf of the tree, as they were.</summary>
    public List<ulong> ItemsOfLeaf(int leaf)
    {
        lock (live) return FindItemsOfLeaf(leaf);
    }

    private List<ulong> FindItemsOfLeaf(int leaf)
    {
        var items = new List<ulong>();
        var gone = new Dictionary<ulong, int>();
        foreach (var (item, _) in live.Index.InLeaf(leaf))
        {
            var since = _shift.GetValueOrDefault(item) + gone.GetValueOrDefault(item);
            if (since < 0) gone[item] = gone.GetValueOrDefault(item) + 1;
            else items.Add(item);
        }

        foreach (var (item, shift) in _shift)
        {
            if (LeafOf(item) != leaf) continue;
            for (var i = 0; i < shift; i++) items.Add(item);
        }

        return items;
    }

    /// <summary>The syndromes of its digests.</summary>
    public ReadOnlySpan<ulong> Syndromes => _frozen.Syndromes;

    /// <summary>How many entities had an item: mostly one or none. O(1) on average.</summary>
    public int CountOf(ulong item)
    {
        lock (live) return live.Index.RowsOf(item).Count() + _shift.GetValueOrDefault(item);
    }

    /// <summary>So many cells of its digests from one on; those beyond <see cref="CellPrefix.Length"/> are made when they are asked for. O(N log cells) then.</summary>
    public ReadOnlySpan<Cell> Cells(int first, int count) => first + count <= CellPrefix.Length
        ? _frozen.Cells(first, count)
        : new CellStream(_items ??= [.. Items()]).Read(first, count);

    /// <summary>All items, as they were. O(N).</summary>
    public HashSet<ulong> AllItems() => [.. Items()];

    private IEnumerable<ulong> Items() => Enumerable.Range(0, MerkleTree.Leaves).SelectMany(ItemsOfLeaf);

    /// <summary>The leaf of the tree that an item belongs to.</summary>
    public static int LeafOf(ulong item) => MerkleTree.LeafOf((UInt128)item << 64);

    private void Shift(UInt128 digest, int by)
    {
        if (digest == 0) return;
        var item = EntityDigest.ItemOf(digest);
        var shift = _shift.GetValueOrDefault(item) + by;
        if (shift == 0) _shift.Remove(item);
        else _shift[item] = shift;
    }

    private static void Add(List<long> rows, List<int> places, long row, int place)
    {
        rows.Add(row);
        places.Add(place);
    }

    /// <summary>An entity as it was.</summary>
    /// <param name="Digest">Its digest; 0 where there was none.</param>
    /// <param name="Row">Its row; empty where there was none.</param>
    internal readonly record struct Former(UInt128 Digest, ReadOnlyMemory<byte> Row);
}
