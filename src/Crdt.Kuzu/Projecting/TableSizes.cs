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

    /// <summary>How many rows a node table has. O(rows) the first time, then O(1).</summary>
    public long Of(KuzuConnection connection, TableShape table)
    {
        if (_rows.TryGetValue(table.Type.Id, out var rows)) return rows;
        using var count = connection.Query($"MATCH (n:{table.Table}) RETURN count(*)");
        return _rows[table.Type.Id] = count.Read() ? count.GetInt64(0) : 0;
    }

    /// <summary>Takes note of a batch that was committed.</summary>
    public void Add(ProjectionBatch batch)
    {
        foreach (var node in batch.CreatedNodes) Change(node.Id, 1);
        foreach (var node in batch.DeletedNodes) Change(node, -1);
    }

    private void Change(EntityId id, int by)
    {
        if (_rows.TryGetValue(id.TypeId, out var rows)) _rows[id.TypeId] = rows + by;
    }
}
