using Crdt.Entities;
using Crdt.Kuzu.Tables;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Kuzu.Projecting;

/// <summary>Writes a batch through one connection, a chunk of rows of one table at a time, inside the caller's transaction.</summary>
/// <param name="connection">The connection, with a transaction open.</param>
/// <param name="tables">The tables by the numbers of their types.</param>
/// <param name="chunk">How many rows go into one statement.</param>
internal sealed class BatchWriter(KuzuConnection connection, IReadOnlyDictionary<uint, TableShape> tables, int chunk)
{
    public void Write(ProjectionBatch batch)
    {
        foreach (var (table, ids) in ByTable(batch.DeletedRelationships, id => id)) Delete(table, ids);
        foreach (var (table, ids) in ByTable(batch.DeletedNodes, id => id)) Delete(table, ids);
        foreach (var (table, nodes) in ByTable(batch.CreatedNodes, node => node.Id)) Run(table, table.Create, nodes);
        foreach (var (table, nodes) in ByTable(batch.UpdatedNodes, node => node.Id)) Update(table, nodes);
        foreach (var (table, relationships) in ByTable(batch.CreatedRelationships, relationship => relationship.Id)) Run(table, table.Create, relationships);
        foreach (var (table, relationships) in ByTable(batch.UpdatedRelationships, relationship => relationship.Id)) Update(table, relationships);
    }

    private IEnumerable<(TableShape Table, List<T> Rows)> ByTable<T>(IReadOnlyList<T> rows, Func<T, EntityId> idOf)
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

    private void Delete(TableShape table, List<EntityId> ids)
    {
        using var rows = new KuzuRows(table.IdentityFields);
        Unwind(table.Delete, rows, ids, id => RowWriter.AppendIdentity(rows, id, table.Type));
    }

    private void Update(TableShape table, List<ProjectedEntity> entities)
    {
        if (table.Update is { } statement) Run(table, statement, entities);
    }

    private void Run(TableShape table, string statement, List<ProjectedEntity> entities)
    {
        using var rows = new KuzuRows(table.RowFields);
        Unwind(statement, rows, entities, entity => RowWriter.Append(rows, entity, table));
    }

    private void Unwind<T>(string cypher, KuzuRows rows, List<T> items, Action<T> append)
    {
        foreach (var part in items.Chunk(chunk))
        {
            rows.Clear();
            foreach (var item in part) append(item);
            using var statement = connection.Prepare(cypher);
            statement.Bind("rows", rows).Execute();
        }
    }
}
