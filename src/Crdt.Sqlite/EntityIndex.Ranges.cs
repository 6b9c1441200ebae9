using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sqlite;

internal sealed partial class EntityIndex
{
    private readonly Statement _idsAbove, _recentRange, _settledRange, _idOfRow;

    /// <summary>Entities in the order of ids above one. O(log N + found).</summary>
    public List<StoredEntity> Scan(ReadOnlySpan<byte> after, int limit)
    {
        var found = new List<StoredEntity>(Math.Min(limit, 4096));
        _idsAbove.Bind(1, after).Bind(2, IndexKey.EndOfIds).Bind(3, limit);
        while (_idsAbove.Step()) found.Add(new(EntityId.FromTrusted(_idsAbove.Bytes(0).ToArray()), _idsAbove.Bytes(1).ToArray()) { Row = _idsAbove.Integer(2) });
        return found;
    }

    /// <summary>Adds the relationships that start or end at a node. O(types of relationships · log N + found).</summary>
    public void CollectIncident(EntityId node, HashSet<EntityId> found)
    {
        foreach (var type in _relationshipTypes) CollectOutgoing(node, type, found);
        CollectIncoming(node, found);
    }

    /// <summary>Adds the relationships of a type that start at a node. O(log N + found).</summary>
    public void CollectOutgoing(EntityId node, uint type, HashSet<EntityId> found)
    {
        var prefix = IndexKey.OutgoingPrefix(type, node);
        var end = IndexKey.Above(prefix);
        foreach (var range in (ReadOnlySpan<Statement>)[_recentRange, _settledRange])
        {
            range.Bind(1, prefix).Bind(2, end);
            while (range.Step()) found.Add(EntityId.FromTrusted(range.Bytes(0).ToArray()));
        }
    }

    private void PrepareRanges(out Statement idsAbove, out Statement recentRange, out Statement settledRange, out Statement idOfRow)
    {
        // Each half comes in the order of keys, so SQLite merges them without sorting. CROSS JOIN keeps it from reading the
        // entities first.
        idsAbove = _database.Prepare(
            """
            SELECT recent.key, entity.state, recent.row FROM recent CROSS JOIN entity ON entity.row = recent.row WHERE recent.key > ?1 AND recent.key < ?2
            UNION ALL
            SELECT settled.key, entity.state, settled.row FROM settled CROSS JOIN entity ON entity.row = settled.row WHERE settled.key > ?1 AND settled.key < ?2
            ORDER BY 1 LIMIT ?3
            """);
        recentRange = _database.Prepare("SELECT key FROM recent WHERE key >= ?1 AND key < ?2");
        settledRange = _database.Prepare("SELECT key FROM settled WHERE key >= ?1 AND key < ?2");
        idOfRow = _database.Prepare("SELECT id FROM entity WHERE row = ?1");
    }

    private void CollectIncoming(EntityId node, HashSet<EntityId> found)
    {
        Span<byte> prefix = stackalloc byte[IndexKey.IncomingPrefixSize];
        IndexKey.WriteIncomingPrefix(node.Bytes, prefix);
        var end = IndexKey.Above(prefix);
        foreach (var range in (ReadOnlySpan<Statement>)[_recentRange, _settledRange])
        {
            range.Bind(1, prefix).Bind(2, end);
            while (range.Step()) CollectRow(IndexKey.RowOfIncoming(range.Bytes(0)), node, found);
        }
    }

    // Two nodes can have one hash, so the relationship itself is asked where it leads.
    private void CollectRow(long row, EntityId node, HashSet<EntityId> found)
    {
        if (!_idOfRow.Bind(1, row).Step()) return;
        var id = _idOfRow.Bytes(0);
        if (IndexKey.OtherEnd(id).SequenceEqual(node.Bytes)) found.Add(EntityId.FromTrusted(id.ToArray()));
        _idOfRow.Reset();
    }

    // Jumps from type to type: ids of relationships begin with the number of their type.
    private void LoadRelationshipTypes()
    {
        using var next = _database.Prepare("SELECT key FROM settled WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT 1");
        var from = IndexKey.Relationships.ToArray();
        while (next.Bind(1, from).Bind(2, IndexKey.EndOfIds).Step())
        {
            var type = IndexKey.TypeOf(next.Bytes(0));
            next.Reset();
            _relationshipTypes.Add(type);
            from = IndexKey.Above(IndexKey.TypePrefix(type));
        }
    }
}
