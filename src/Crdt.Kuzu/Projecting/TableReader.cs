using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Capturing;
using Crdt.Kuzu.Tables;
using Crdt.Projection;

namespace Crdt.Kuzu.Projecting;

/// <summary>Reads one table, on a connection of its own.</summary>
internal sealed class TableReader : IDisposable
{
    /// <summary>
    /// How many offsets a page spans. Finding a page costs the engine a look at the whole table, so larger pages read faster; a result
    /// lies in the buffer pool as a whole, so pages that don't fit are halved.
    /// </summary>
    private const int PageOffsets = 16_384;

    private readonly KuzuConnection _connection;
    private readonly TableShape _table;
    private readonly TableReading _reading;
    private readonly RowReader _rows;

    public TableReader(KuzuDatabase database, TableShape table)
    {
        _connection = database.Connect();
        (_table, _reading, _rows) = (table, new(table), new(table));
    }

    public long Count()
    {
        using var result = _connection.Query(_reading.Count);
        return result.Read() ? result.GetInt64(0) : 0;
    }

    /// <summary>The rows from an offset on.</summary>
    public ShownPage Page(long from)
    {
        if (LastOffset() is not { } last || from > last) return new([], null);
        for (var span = PageOffsets; ; span /= 2)
        {
            try
            {
                var next = from + span;
                return new(Page(from, next), next > last ? null : next);
            }
            catch (KuzuException error) when (error.Reason is KuzuErrorReason.BufferPoolFull && span > 1)
            {
            }
        }
    }

    public List<ShownRow> Find(IReadOnlyList<EntityId> entities)
    {
        var found = new List<ShownRow>(entities.Count);
        Find(entities, result => found.Add(_rows.Read(result)));
        return found;
    }

    /// <summary>The rows of some entities, with what they mean for the fields.</summary>
    public List<CapturedRow> Capture(IReadOnlyList<EntityId> entities)
    {
        var found = new List<CapturedRow>(entities.Count);
        var keys = _table.IdentityFields.Count;
        Find(entities, result => found.Add(new(_rows.Read(result), [.. _table.Type.Fields.Select((field, i) => ColumnCapture.Of(field, result, keys + i))])));
        return found;
    }

    /// <summary>The rows at offsets from all over the table, at most some of each.</summary>
    public List<ShownRow> Sample(int count, int seed)
    {
        var sample = new List<ShownRow>();
        if (LastOffset() is not { } last) return sample;
        var random = new Random(seed);
        using var offsets = KuzuRows.OfValues(KuzuColumnType.Int64);
        for (var i = 0; i < count; i++) offsets.Append().Int64(random.NextInt64(last + 1));
        using var statement = _connection.Prepare(_reading.Sample);
        Collect(statement.Bind(TableReading.OffsetsParameter, offsets).Bind(TableReading.LimitParameter, (long)count), sample);
        return sample;
    }

    /// <summary>Has the engine read every value, so that it meets now what it can't read. O(bytes).</summary>
    public void ReadThrough() => _connection.Execute(_reading.ReadThrough);

    public void Dispose() => _connection.Dispose();

    private long? LastOffset()
    {
        using var result = _connection.Query(_reading.LastOffset);
        return result.Read() && !result.IsNull(0) ? result.GetInt64(0) : null;
    }

    private List<ShownRow> Page(long from, long to)
    {
        var rows = new List<ShownRow>();
        using var statement = _connection.Prepare(_reading.Page);
        Collect(statement.Bind(TableReading.FromParameter, from).Bind(TableReading.ToParameter, to), rows);
        return rows;
    }

    private void Find(IReadOnlyList<EntityId> entities, Action<KuzuResult> take)
    {
        using var statement = _connection.Prepare(_reading.Find);
        foreach (var id in entities.Where(id => RowWriter.CanHold(id, _table.Type)))
        {
            RowWriter.BindIdentity(statement, id, _table.Type);
            using var result = statement.Query();
            while (result.Read()) take(result);
        }
    }

    private void Collect(KuzuStatement statement, List<ShownRow> rows)
    {
        using var result = statement.Query();
        while (result.Read()) rows.Add(_rows.Read(result));
    }
}
