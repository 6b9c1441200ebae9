using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Sync.Batches;

/// <summary>Reads what <see cref="RowColumns"/> wrote, a row at a time.</summary>
internal sealed class RowColumnsReader : IDisposable
{
    private readonly List<(RowHeadReader Head, FieldColumnsReader[] Fields)> _shapes = [];
    private readonly List<FieldColumnsReader> _fields = [];
    private readonly RowHeadReader[] _heads;
    private readonly int[][] _tables;
    private readonly int _replicas;
    private readonly int _replicasStart;
    private readonly NumberColumnReader _shapeOfRow;
    private readonly NumberColumnReader _tableOfRow;

    /// <summary>Reads everything before the rows.</summary>
    /// <exception cref="WireFormatException">It is malformed.</exception>
    public RowColumnsReader(ref WireReader reader)
    {
        Rows = reader.ReadVarint() is <= WireLimits.Items and var rows ? (int)rows : throw reader.Malformed($"a batch exceeds {WireLimits.Items} rows");
        _replicas = reader.ReadCount(ReplicaId.Size);
        _replicasStart = reader.Offset;
        reader.ReadBytes(_replicas * ReplicaId.Size);
        References = new(_replicas);
        _tables = new int[reader.ReadCount(1)][];
        for (var i = 0; i < _tables.Length; i++) _tables[i] = ReadTable(ref reader);
        _heads = new RowHeadReader[reader.ReadCount(1 + IdentityForm.NodeHead)];
        for (var i = 0; i < _heads.Length; i++) _heads[i] = ReadHead(ref reader);
        for (var left = reader.ReadCount(2); left > 0; left--) ReadShape(ref reader);
        (_shapeOfRow, _tableOfRow) = (new(ref reader), new(ref reader));
        foreach (var head in _heads) head.Read(ref reader);
        foreach (var field in _fields) field.Read(ref reader);
    }

    /// <summary>How many rows there are.</summary>
    public int Rows { get; }

    /// <summary>What goes along from row to row.</summary>
    public BatchReferences References { get; }

    /// <summary>How many replicas there are.</summary>
    public int Replicas => _replicas;

    /// <summary>The bytes of a replica's id.</summary>
    public ReadOnlySpan<byte> Replica(ReadOnlySpan<byte> batch, int place) => batch.Slice(_replicasStart + (place * ReplicaId.Size), ReplicaId.Size);

    /// <summary>Where in the batch the next row begins, for messages.</summary>
    public int Position => _shapeOfRow.Position;

    /// <summary>Goes to the next row and appends its identity; false where the row keeps its form and stands elsewhere.</summary>
    public bool TryCopyIdentity(ReadOnlySpan<byte> batch, ref WireWriter output, out int shape)
    {
        shape = _shapeOfRow.NextSize(batch, _shapes.Count) - 1;
        if (shape < 0) return false;
        _shapes[shape].Head.CopyIdentity(batch, ref output);
        return true;
    }

    /// <summary>Appends the state of that row, after <see cref="BatchReferences.Next"/> where it stands by itself.</summary>
    public void CopyState(ReadOnlySpan<byte> batch, int shape, ref WireWriter output)
    {
        var table = _tables[_tableOfRow.NextPlace(batch, _tables.Length)];
        References.Use(table);
        output.WriteVarint((ulong)table.Length);
        foreach (var place in table) output.WriteBytes(Replica(batch, place));
        var (head, fields) = _shapes[shape];
        head.CopyLiveness(batch, References, ref output);
        foreach (var field in fields)
        {
            field.CopyTo(batch, References, ref output);
            RowBatchCodec.RequireRoom(output, _shapeOfRow.Position);
        }
    }

    /// <summary>Demands that nothing is left.</summary>
    public void End()
    {
        _shapeOfRow.End();
        _tableOfRow.End();
        foreach (var head in _heads) head.End();
    }

    public void Dispose()
    {
        foreach (var head in _heads) head.Dispose();
    }

    private static RowHeadReader ReadHead(ref WireReader reader)
    {
        var head = reader.ReadBlock(IdentityForm.RelationshipHead);
        return IdentityForm.IsHead(head) ? new(head.ToArray()) : throw reader.Malformed("neither a node nor a relationship is named here");
    }

    private int[] ReadTable(ref WireReader reader)
    {
        var table = new int[reader.ReadCount(1)];
        foreach (ref var place in table.AsSpan()) place = ReadPlace(ref reader, _replicas);
        return table;
    }

    private static int ReadPlace(ref WireReader reader, int count)
    {
        var place = reader.ReadVarint();
        return place < (ulong)count ? (int)place : throw reader.Malformed($"there is no number {place} among {count}");
    }

    private void ReadShape(ref WireReader reader)
    {
        var head = _heads[ReadPlace(ref reader, _heads.Length)];
        var fields = new FieldColumnsReader[reader.ReadCount(sizeof(uint) + 1)];
        foreach (ref var field in fields.AsSpan())
        {
            var (number, kind) = (reader.ReadUInt32(), reader.ReadByte());
            if (EncodedEntity.GrammarOf((FieldKind)kind) == 0) throw reader.Malformed($"a field of kind {kind} has a grammar that this version doesn't know");
            if (!head.Fields.TryGetValue((number, kind), out var found))
            {
                head.Fields.Add((number, kind), found = new(number, (FieldKind)kind));
                _fields.Add(found);
            }

            field = found;
        }

        _shapes.Add((head, fields));
    }
}
