using Crdt.Entities;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Kuzu.Projecting;

/// <summary>Writes a batch through one connection, a chunk of rows of one table at a time, inside the caller's transaction.</summary>
/// <param name="connection">The connection, with a transaction open.</param>
/// <param name="tables">The tables by the numbers of their types.</param>
/// <param name="sizes">How many rows they have.</param>
/// <param name="versions">Learns what the writes leave in memory.</param>
/// <param name="maxThreads">How many threads may work on a statement.</param>
/// <param name="chunk">How many rows go into one statement.</param>
/// <param name="byKey">Whether all rows that are there already are looked up through the index, one by one.</param>
internal sealed class BatchWriter(KuzuConnection connection, IReadOnlyDictionary<uint, TableShape> tables, TableSizes sizes, VersionMemory versions, int maxThreads, int chunk, bool byKey)
{
    /// <summary>Up to how many rows are written one by one, whatever the size of the table.</summary>
    private const int FewRows = 32;

    /// <summary>How many keys a join reads in the time in which one row is found through the index: about 0.3 ms.</summary>
    private const int KeysPerRow = 4_500;

    public void Write(ProjectionBatch batch)
    {
        foreach (var (table, ids) in tables.Holding(batch.DeletedRelationships, id => id)) Delete(table, ids);
        foreach (var (table, ids) in tables.Holding(batch.DeletedNodes, id => id)) Delete(table, ids);
        if (batch.Watermark is null && batch.DeletedNodes.Count > 0) sizes.Forget(); // In a part of a rebuild some of them weren't there.
        foreach (var (table, nodes) in tables.Holding(batch.CreatedNodes, node => node.Id)) Create(table, nodes);
        foreach (var (table, nodes) in tables.Holding(batch.UpdatedNodes, node => node.Id)) Update(table, nodes);
        foreach (var (table, relationships) in tables.Holding(batch.CreatedRelationships, relationship => relationship.Id)) Create(table, relationships);
        foreach (var (table, relationships) in tables.Holding(batch.UpdatedRelationships, relationship => relationship.Id)) Update(table, relationships);
    }

    private void Create(TableShape table, List<ProjectedEntity> entities)
    {
        var statement = table.Create(IsByKey(table, entities));
        Run(table, statement, entities);
        sizes.Change(table, entities.Count);
        versions.Written(StatementsFor(statement, entities));
    }

    private void Update(TableShape table, List<ProjectedEntity> entities)
    {
        if (table.Update(IsByKey(table, entities)) is not { } statement) return;
        Run(table, statement, entities);
        versions.Updated(table, entities.Count, StatementsFor(statement, entities), entities.Count <= FewRows ? long.MaxValue / 2 : sizes.KeysJoinedBy(table, connection));
    }

    private void Delete(TableShape table, List<EntityId> ids)
    {
        var statement = table.Delete(IsByKey(table, ids));
        using var prepared = Prepare(statement);
        if (statement.IsByKey) ByKey(prepared, table, ids, id => id, _ => { });
        else Unwinding(prepared, statement, ids, (rows, id) => RowWriter.AppendIdentity(rows, id, table.Type));
        sizes.Change(table, -ids.Count);
        versions.Written(StatementsFor(statement, ids));
    }

    private long StatementsFor<T>(WriteStatement statement, List<T> items) => statement.IsByKey ? items.Count : (items.Count + chunk - 1) / chunk;

    /// <summary>
    /// A join takes time and memory by the size of the table, so it pays for many rows of a small table only. The others go through the index, as do
    /// all where memory is short; so no row costs more than one lookup, however large the table is.
    /// </summary>
    private bool IsByKey<T>(TableShape table, List<T> items) =>
        byKey || items.Count <= FewRows || items.Count <= sizes.KeysJoinedBy(table, connection) / KeysPerRow;

    private void Run(TableShape table, WriteStatement statement, List<ProjectedEntity> entities)
    {
        using var prepared = Prepare(statement);
        if (!statement.IsByKey)
        {
            Unwinding(prepared, statement, entities, (rows, entity) => RowWriter.Append(rows, entity, table, withIdentity: true));
        }
        else if (statement.HasColumns)
        {
            var cells = new ParameterCells(prepared, table);
            ByKey(prepared, table, entities, entity => entity.Id, entity => RowWriter.WriteColumns(cells.Restart(), entity, table.Type));
        }
        else
        {
            using var rows = statement.Fields.Count == 0 ? null : new KuzuRows([.. statement.Fields]);
            ByKey(prepared, table, entities, entity => entity.Id, entity => BindRow(prepared, rows, entity, table));
        }
    }

    private KuzuStatement Prepare(WriteStatement statement)
    {
        // More threads only wait for each other where there is one row.
        connection.SetMaxThreads(statement.IsByKey ? 1 : maxThreads);
        return connection.Prepare(statement.Cypher);
    }

    private void Unwinding<T>(KuzuStatement prepared, WriteStatement statement, List<T> items, Action<KuzuRows, T> append)
    {
        using var rows = new KuzuRows([.. statement.Fields]);
        foreach (var part in items.Chunk(chunk))
        {
            rows.Clear();
            foreach (var item in part) append(rows, item);
            prepared.Bind("rows", rows).Execute();
        }
    }

    private static void ByKey<T>(KuzuStatement prepared, TableShape table, List<T> items, Func<T, EntityId> idOf, Action<T> bindColumns)
    {
        foreach (var item in items)
        {
            RowWriter.BindIdentity(prepared, idOf(item), table.Type);
            bindColumns(item);
            prepared.Execute();
        }
    }

    private static void BindRow(KuzuStatement prepared, KuzuRows? rows, ProjectedEntity entity, TableShape table)
    {
        if (rows is null) return;
        rows.Clear();
        RowWriter.Append(rows, entity, table, withIdentity: false);
        prepared.Bind("rows", rows);
    }
}
