using Crdt.Entities;
using Crdt.Kuzu.Tables;

namespace Crdt.Kuzu.Projecting;

/// <summary>Which rows of a batch belong to which table.</summary>
internal static class TableRows
{
    /// <summary>The rows that the database can hold, by their tables, in the order in which those occur first. O(n).</summary>
    public static IEnumerable<(TableShape Table, List<T> Rows)> Holding<T>(this IReadOnlyDictionary<uint, TableShape> tables, IReadOnlyList<T> rows, Func<T, EntityId> idOf)
    {
        var groups = new Dictionary<uint, List<T>>();
        foreach (var row in rows)
        {
            var id = idOf(row);
            if (!tables.TryGetValue(id.TypeId, out var table) || !RowWriter.CanHold(id, table.Type)) continue;
            if (!groups.TryGetValue(id.TypeId, out var group)) groups.Add(id.TypeId, group = []);
            group.Add(row);
        }

        return groups.Select(group => (tables[group.Key], group.Value));
    }
}
