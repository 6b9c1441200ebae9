using Crdt.Entities;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Kuzu.Projecting;

/// <summary>Writes a batch through one connection, a chunk of rows of one table at a time, inside the caller's transaction.</summary>
/// <param name="connection">The connection, with a transaction open.</param>
/// <param name="tables">The tables by the numbers of their types.</param>
/// <param name="chunk">How many rows go into one statement.</param>
/// <param name="byKey">Whether all rows that are there already are looked up through the index, one by one.</param>
internal sealed class BatchWriter(KuzuConnection connection, IReadOnlyDictionary<uint, TableShape> tables, int chunk, bool byKey)
{
    /// <summary>Up to how many rows of a table are written one by one.</summary>
    private const int FewRows = 32;

    public void Write(ProjectionBatch batch)
    {
        foreach (var (table, ids) in ByTable(batch.DeletedRelationships, id => id)) Delete(table, ids);
        foreach (var (table, ids) in ByTable(batch.DeletedNodes, id => id)) Delete(table, ids);
        foreach (var (table, nodes) in ByTable(batch.CreatedNodes, node => node.Id)) Create(table, nodes);
        foreach (var (table, nodes) in ByTable(batch.UpdatedNodes, node => node.Id)) Update(table, nodes);
        foreach (var (table, relationships) in ByTable(batch.CreatedRelationships, relationship => relationship.Id)) Create(table, relationships);
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

    private void Create(TableShape table, List<ProjectedEntity> entities) =>
        Run(table, table.Create(IsByKey(entities)), entities, entity => entity.Id, (rows, entity, isByKey) => RowWriter.Append(rows, entity, table, !isByKey));

    private void Update(TableShape table, List<ProjectedEntity> entities)
    {
        if (table.Update(IsByKey(entities)) is not { } statement) return;
        Run(table, statement, entities, entity => entity.Id, (rows, entity, isByKey) => RowWriter.Append(rows, entity, table, !isByKey));
    }

    private void Delete(TableShape table, List<EntityId> ids) =>
        Run(table, table.Delete(IsByKey(ids)), ids, id => id, (rows, id, _) => RowWriter.AppendIdentity(rows, id, table.Type));

    /// <summary>A join takes time and memory by the size of the table; a few rows, or many where memory is short, go through the index.</summary>
    private bool IsByKey<T>(List<T> items) => byKey || items.Count <= FewRows;

    private void Run<T>(TableShape table, WriteStatement statement, List<T> items, Func<T, EntityId> idOf, Action<KuzuRows, T, bool> append)
    {
        using var rows = statement.Fields.Count == 0 ? null : new KuzuRows([.. statement.Fields]);
        using var prepared = connection.Prepare(statement.Cypher);
        foreach (var part in items.Chunk(statement.IsByKey ? 1 : chunk))
        {
            if (statement.IsByKey) RowWriter.BindIdentity(prepared, idOf(part[0]), table.Type);
            if (rows is not null)
            {
                rows.Clear();
                foreach (var item in part) append(rows, item, statement.IsByKey);
                prepared.Bind("rows", rows);
            }

            prepared.Execute();
        }
    }
}
