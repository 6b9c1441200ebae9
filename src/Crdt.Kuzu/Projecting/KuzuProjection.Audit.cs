using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kuzu.Binding;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Kuzu.Projecting;

internal sealed partial class KuzuProjection : IProjectionAudit
{
    public string? Doubt { get; private set; }

    public IReadOnlyList<string> ColumnsOf(EntityType type) => _tables[type.Id].ColumnNames;

    public ValueTask<long> CountRowsAsync(EntityType type, CancellationToken cancellationToken = default) =>
        ReadAsync(type, table => table.Count(), cancellationToken);

    public ValueTask<ShownPage> ReadRowsAsync(EntityType type, long position, CancellationToken cancellationToken = default) =>
        ReadAsync(type, table => table.Page(position), cancellationToken);

    public ValueTask<IReadOnlyList<ShownRow>> FindRowsAsync(EntityType type, IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<ShownRow>>(type, table => table.Find(entities), cancellationToken);

    public ValueTask<IReadOnlyList<ShownRow>> SampleRowsAsync(EntityType type, int count, int seed, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<ShownRow>>(type, table => table.Sample(count, seed), cancellationToken);

    public async ValueTask TrustAsync(CancellationToken cancellationToken = default) =>
        await Task.Run(() => Guarded(_seal.MarkOpen), cancellationToken).ConfigureAwait(false);

    public IReadOnlyList<ShownRow> RenderRows(EntityType type, IReadOnlyList<ProjectedEntity> entities)
    {
        try
        {
            var cells = new ShownCells(_tables[type.Id]);
            var rows = new List<ShownRow>(entities.Count);
            foreach (var entity in entities.Where(entity => RowWriter.CanHold(entity.Id, type)))
            {
                RowWriter.WriteColumns(cells, entity, type);
                rows.Add(new(entity.Id, cells.Take()));
            }

            return rows;
        }
        catch (WireFormatException error)
        {
            throw new ProjectionException($"The truth of '{type.Name}' holds a state that can't be read: {error.Message}", error);
        }
    }

    private async ValueTask<T> ReadAsync<T>(EntityType type, Func<TableReader, T> read, CancellationToken cancellationToken)
    {
        using var passage = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        // A checkpoint may have failed to open it again, and a batch may need to know what is in it.
        if (_database is null && _lease is not null) await Task.Run(Reopen, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Read(type, read), cancellationToken).ConfigureAwait(false);
    }

    private T Read<T>(EntityType type, Func<TableReader, T> read)
    {
        try
        {
            using var table = new TableReader(Database, _tables[type.Id]);
            return read(table);
        }
        catch (KuzuException error)
        {
            throw new ProjectionException($"The table of '{type.Name}' can't be read back: {error.Message}", error);
        }
    }
}
