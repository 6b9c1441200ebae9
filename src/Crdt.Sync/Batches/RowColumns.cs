using Crdt.Codec;
using Crdt.Storage;

namespace Crdt.Sync.Batches;

/// <summary>Rows taken apart into columns. Rows that have another form stand beside them as they are.</summary>
internal sealed class RowColumns : IColumns<StoredEntity>
{
    private readonly NumberColumn _shapeOfRow = new();
    private readonly NumberColumn _tableOfRow = new();
    private readonly Dictionary<byte[], RowHead>.AlternateLookup<ReadOnlySpan<byte>> _headsByBytes =
        new Dictionary<byte[], RowHead>(SpanComparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();
    private readonly List<RowHead> _heads = [];
    private readonly List<RowShape> _shapes = [];

    /// <summary>How many rows there are.</summary>
    public int Rows { get; private set; }

    /// <summary>The replicas of all rows.</summary>
    public ReplicaTables Tables { get; } = new();

    /// <summary>What goes along from row to row.</summary>
    public BatchReferences References { get; } = new(0);

    /// <inheritdoc/>
    public void Add(StoredEntity item)
    {
        References.Next();
        Add(item.Id.Bytes, item.State.Span);
    }

    /// <inheritdoc/>
    public void AddRaw()
    {
        Rows++;
        _shapeOfRow.Add(0);
    }

    /// <summary>Adds a row that belongs to the event at hand.</summary>
    /// <exception cref="WireFormatException">It has no form that fits into columns.</exception>
    public void Add(ReadOnlySpan<byte> identity, ReadOnlySpan<byte> row)
    {
        var state = new StateReader(row);
        var head = HeadOf(identity);
        References.Use(Tables.Find(state.Table, out var table));
        head.AddLiveness(References, state);
        var shape = head.Shapes;
        while (state.MoveNext())
        {
            shape = shape.With(state.FieldId, (byte)state.Kind);
            shape.Columns!.Add(References, state);
        }

        if (shape.Place == 0)
        {
            _shapes.Add(shape);
            shape.Place = _shapes.Count;
        }

        _shapeOfRow.Add((ulong)shape.Place);
        _tableOfRow.Add((ulong)table);
        Rows++;
    }

    public void Write(ref WireWriter writer)
    {
        writer.WriteVarint((ulong)Rows);
        Tables.Write(ref writer);
        writer.WriteVarint((ulong)_heads.Count);
        foreach (var head in _heads) writer.WriteBlock(head.Bytes);
        WriteShapes(ref writer);
        _shapeOfRow.Write(ref writer);
        _tableOfRow.Write(ref writer);
        foreach (var head in _heads) head.Write(ref writer);
        var written = new HashSet<FieldColumns>();
        foreach (var field in _shapes.SelectMany(shape => shape.Path()))
        {
            if (written.Add(field.Columns!)) field.Columns!.Write(ref writer);
        }
    }

    public void Dispose()
    {
        _shapeOfRow.Dispose();
        _tableOfRow.Dispose();
        foreach (var head in _heads) head.Dispose();
    }

    private RowHead HeadOf(ReadOnlySpan<byte> identity)
    {
        Span<byte> space = stackalloc byte[IdentityForm.RelationshipHead];
        var bytes = IdentityForm.Split(identity, space, out var source, out var target, out var key);
        var head = _heads.Count > 0 && _heads[^1] is { } last && bytes.SequenceEqual(last.Bytes) ? last : null;
        if (head is null && !_headsByBytes.TryGetValue(bytes, out head))
        {
            head = new(_heads.Count, bytes);
            _headsByBytes[bytes] = head;
            _heads.Add(head);
        }

        head.AddIdentity(source, target, key);
        return head;
    }

    private void WriteShapes(ref WireWriter writer)
    {
        writer.WriteVarint((ulong)_shapes.Count);
        foreach (var shape in _shapes)
        {
            var path = shape.Path();
            writer.WriteVarint((ulong)shape.Head.Number);
            writer.WriteVarint((ulong)path.Length);
            foreach (var field in path)
            {
                writer.WriteUInt32(field.Number);
                writer.WriteByte(field.Kind);
            }
        }
    }
}
