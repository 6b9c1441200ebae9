using System.Text;
using Crdt.Browser.Interop;
using Crdt.Entities;
using Crdt.Kuzu.Projecting;
using Crdt.Kuzu.Tables;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Browser.Projecting;

/// <summary>Turns a batch into statements and their rows.</summary>
/// <param name="tables">The tables by the numbers of their types.</param>
internal sealed class BatchText(IReadOnlyDictionary<uint, TableShape> tables)
{
    /// <summary>How many rows go into one statement: more are hardly faster, and take more memory.</summary>
    private const int AtOnce = 2_000;

    private readonly PackedWriter _packed = new();

    /// <summary>The batch as the engine's worker takes it. O(bytes).</summary>
    public Span<byte> Write(ProjectionBatch batch)
    {
        foreach (var (table, ids) in tables.Holding(batch.DeletedRelationships, id => id)) Delete(table, ids);
        foreach (var (table, ids) in tables.Holding(batch.DeletedNodes, id => id)) Delete(table, ids);
        foreach (var (table, nodes) in tables.Holding(batch.CreatedNodes, node => node.Id)) Add(table, table.Create(byKey: false), nodes, isUpdate: false);
        foreach (var (table, nodes) in tables.Holding(batch.UpdatedNodes, node => node.Id)) Add(table, table.Update(byKey: false), nodes, isUpdate: true);
        foreach (var (table, edges) in tables.Holding(batch.CreatedRelationships, edge => edge.Id)) Add(table, table.Create(byKey: false), edges, isUpdate: false);
        foreach (var (table, edges) in tables.Holding(batch.UpdatedRelationships, edge => edge.Id)) Add(table, table.Update(byKey: false), edges, isUpdate: true);
        return _packed.Written;
    }

    private void Delete(TableShape table, List<EntityId> ids) => Add(table.Delete(byKey: false), ids, isUpdate: true, (cells, id) => WriteIdentity(cells, id, table.Type));

    private void Add(TableShape table, WriteStatement? statement, List<ProjectedEntity> entities, bool isUpdate)
    {
        if (statement is null) return; // A table without columns has nothing to update.
        Add(statement, entities, isUpdate, (cells, entity) =>
        {
            WriteIdentity(cells, entity.Id, table.Type);
            RowWriter.WriteColumns(cells, entity, table.Type);
        });
    }

    private void Add<T>(WriteStatement statement, List<T> items, bool isUpdate, Action<TextCells, T> write)
    {
        var text = Encoding.UTF8.GetBytes(statement.Cypher);
        var cells = new TextCells([.. statement.Fields.SelectMany(field => SplitForm.CellsOf(field.Type))]);
        foreach (var part in items.Chunk(AtOnce))
        {
            foreach (var item in part)
            {
                cells.Begin();
                write(cells, item);
            }

            _packed.Block(text);
            _packed.Block(Encoding.UTF8.GetBytes(cells.Take()));
            _packed.Number(isUpdate ? part.Length : 0);
        }
    }

    private static void WriteIdentity(TextCells cells, EntityId id, EntityType type)
    {
        if (type.IsRelationship)
        {
            var (source, target) = id.Ends();
            cells.Text(Cell.KeyText(source, type.Source.Key!));
            cells.Text(Cell.KeyText(target, type.Target.Key!));
        }

        if (type.Key is { } key) cells.Text(Cell.KeyText(id, key));
    }
}
