using Crdt.Entities;

namespace Crdt.Sqlite;

/// <summary>
/// Finds the row of an id, ids in order, and the relationships at a node, over two tables with the same kind of key: a
/// <c>recent</c> one in memory, and a <c>settled</c> one in the file that takes all of it over at once, in order, when it
/// has grown to an eighth of the store.
/// </summary>
/// <remarks>
/// Ids of relationships come in any order. Inserted one by one into a large B-tree, each rewrites a page of its own, in
/// the log and again in the file: at a million rows 7,000 to 15,000 a second were left, and it fell further. Taken over in
/// order, one page serves many: a prototype took 115,000 a second at first and 53,000 at two million.
/// After a crash the recent keys are made again from the rows above <see cref="Mark.Settled"/>, which are in the file.
/// </remarks>
internal sealed partial class EntityIndex
{
    private const long FirstCapacity = 1 << 16;
    private readonly Database _database;
    private readonly SettlingLimits _limits;
    private readonly HashSet<uint> _relationshipTypes = [];
    private readonly Statement _findRecent, _findSettled, _readRecent, _readSettled, _insert, _removeRecent, _removeSettled, _takeOver, _clear;

    public EntityIndex(Database database, SettlingLimits limits)
    {
        (_database, _limits) = (database, limits);
        database.Execute(Layout.Recent);
        _findRecent = database.Prepare("SELECT row FROM recent WHERE key = ?1");
        _findSettled = database.Prepare("SELECT row FROM settled WHERE key = ?1");
        _readRecent = database.Prepare("SELECT recent.row, entity.state FROM recent LEFT JOIN entity ON entity.row = recent.row WHERE key = ?1");
        _readSettled = database.Prepare("SELECT settled.row, entity.state FROM settled LEFT JOIN entity ON entity.row = settled.row WHERE key = ?1");
        _insert = database.Prepare("INSERT INTO recent(key, row) VALUES(?1, ?2)");
        _removeRecent = database.Prepare("DELETE FROM recent WHERE key = ?1");
        _removeSettled = database.Prepare("DELETE FROM settled WHERE key = ?1");
        _takeOver = database.Prepare("INSERT INTO settled(key, row) SELECT key, row FROM recent ORDER BY key");
        _clear = database.Prepare("DELETE FROM recent");
        PrepareRanges(out _idsAbove, out _recentRange, out _settledRange, out _idOfRow);
    }

    /// <summary>Where the index stands; to be kept and set again around a transaction that may fail.</summary>
    public Mark Position { get; set; }

    /// <summary>
    /// What knows that ids are absent, where there is one; to be kept and set again likewise: one that was filled in a
    /// transaction lacks what that has removed.
    /// </summary>
    public IdFilter? Filter { get; set; }

    /// <summary>Whether so much is recent that settling it pays.</summary>
    public bool IsDue => Position.LastRow - Position.Settled >= _limits.For(Position.LastRow);

    /// <summary>Makes the recent keys again from the rows of the file above <paramref name="settled"/>.</summary>
    public void Load(long settled)
    {
        var last = Math.Max(settled, _database.Single("SELECT max(row) FROM entity") ?? 0);
        Position = new(last, settled);
        if (settled == 0) Filter = new(FirstCapacity);
        else LoadRelationshipTypes();
        using var tail = _database.Prepare("SELECT row, id FROM entity WHERE row > ?1").Bind(1, settled);
        while (tail.Step()) Insert(tail.Bytes(1), tail.Integer(0));
    }

    /// <summary>The row of an id, or 0. O(log N).</summary>
    public long Find(EntityId id)
    {
        if (Filter is { } filter && !filter.MayContain(id.Bytes)) return 0;
        return _findRecent.Bind(1, id.Bytes).Single() ?? _findSettled.Bind(1, id.Bytes).Single() ?? 0;
    }

    /// <summary>The row of an id, or 0, and its state; no state where the row is missing. O(log N).</summary>
    public (long Row, byte[]? State) Read(EntityId id)
    {
        if (Filter is { } filter && !filter.MayContain(id.Bytes)) return (0, null);
        return Read(_readRecent, id) ?? Read(_readSettled, id) ?? (0, null);
    }

    /// <summary>Gives a new id its row.</summary>
    public long Add(EntityId id)
    {
        Position = Position with { LastRow = Position.LastRow + 1 };
        Insert(id.Bytes, Position.LastRow);
        return Position.LastRow;
    }

    /// <summary>Forgets an id and its row.</summary>
    public void Remove(EntityId id, long row)
    {
        RemoveKey(id.Bytes);
        if (!id.IsRelationship || IndexKey.OtherEnd(id.Bytes) is not { IsEmpty: false } target) return;
        Span<byte> incoming = stackalloc byte[IndexKey.IncomingSize];
        IndexKey.WriteIncoming(target, row, incoming);
        RemoveKey(incoming);
    }

    /// <summary>Takes what is recent over into the file, as part of the transaction that is open.</summary>
    public void Settle()
    {
        _takeOver.Run();
        _clear.Run();
        Position = Position with { Settled = Position.LastRow };
        if (Filter is null or { IsFull: true }) FillFilter();
    }

    private static (long Row, byte[]? State)? Read(Statement read, EntityId id)
    {
        if (!read.Bind(1, id.Bytes).Step()) return null;
        (long, byte[]?) found = (read.Integer(0), read.IsNull(1) ? null : read.Bytes(1).ToArray());
        read.Reset();
        return found;
    }

    private void Insert(ReadOnlySpan<byte> id, long row)
    {
        _insert.Bind(1, id).Bind(2, row).Run();
        Filter?.Add(id);
        if (id[0] != IndexKey.Relationships[0]) return;
        _relationshipTypes.Add(IndexKey.TypeOf(id));
        var target = IndexKey.OtherEnd(id);
        if (target.IsEmpty) return;
        Span<byte> incoming = stackalloc byte[IndexKey.IncomingSize];
        IndexKey.WriteIncoming(target, row, incoming);
        _insert.Bind(1, incoming).Bind(2, 0).Run();
    }

    private void RemoveKey(ReadOnlySpan<byte> key)
    {
        _removeRecent.Bind(1, key).Run();
        if (_database.Changes == 0) _removeSettled.Bind(1, key).Run();
    }

    // Reads every id once. That happens when much is being added, and then again only when their number has doubled. A
    // transaction that fails later leaves some ids too many in it, which does no harm.
    private void FillFilter()
    {
        var filter = new IdFilter(Math.Max(FirstCapacity, Position.LastRow * 2));
        using var ids = _database.Prepare("SELECT key FROM settled WHERE key < ?1").Bind(1, IndexKey.EndOfIds);
        while (ids.Step()) filter.Add(ids.Bytes(0));
        Filter = filter;
    }

    /// <summary>The last row given, and the last one whose keys are settled.</summary>
    /// <param name="LastRow">The highest number of a row so far.</param>
    /// <param name="Settled">The highest one whose keys are in the file's index.</param>
    public readonly record struct Mark(long LastRow, long Settled);
}
