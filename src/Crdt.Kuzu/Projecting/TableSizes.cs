using Crdt.Entities;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;
using Crdt.Projection;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// About how many nodes each table has: counted when a statement first depends on it, and kept up from then on. Only what a statement
/// costs depends on it, never what it does.
/// </summary>
internal sealed class TableSizes
{
    private readonly Dictionary<uint, long> _rows = [];
    private readonly Dictionary<uint, long> _counted = [];

    /// <summary>How many rows a node table has. O(rows) the first time, then O(1).</summary>
    public long Of(KuzuConnection connection, TableShape table)
    {
        if (_rows.TryGetValue(table.Type.Id, out var rows) || _counted.TryGetValue(table.Type.Id, out rows)) return rows;
        using var count = connection.Query($"MATCH (n:{table.Table}) RETURN count(*)");
        return _counted[table.Type.Id] = count.Read() ? count.GetInt64(0) : 0;
    }

    /// <summary>Begins a transaction: what was counted in one that was rolled back doesn't count.</summary>
    public void Begin() => _counted.Clear();

    /// <summary>Takes note of a batch that was committed.</summary>
    public void Commit(ProjectionBatch batch)
    {
        foreach (var node in batch.CreatedNodes) Change(node.Id, 1);
        foreach (var node in batch.DeletedNodes) Change(node, -1);
        // Counted while the batch was written, so its nodes are among them.
        foreach (var (type, rows) in _counted) _rows[type] = rows;
    }

    private void Change(EntityId id, int by)
    {
        if (_rows.TryGetValue(id.TypeId, out var rows)) _rows[id.TypeId] = rows + by;
    }
}
