using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sync.Batches;

/// <summary>Puts the rows of a batch together again, one after the other in one piece of memory.</summary>
internal static class RowBatchReading
{
    public static StoredEntity[] ReadPlain(ref WireReader reader)
    {
        var states = new WireWriter(Math.Min(reader.Remaining, RowBatchCodec.MaxRows));
        try
        {
            var rows = new List<(EntityId Id, int End)>();
            while (reader.Remaining > 0)
            {
                var id = ReadRaw(ref reader, ref states);
                Add(rows, id, states, reader.Offset);
            }

            return Join(rows, states);
        }
        finally
        {
            states.Dispose();
        }
    }

    public static StoredEntity[] ReadColumns(ReadOnlySpan<byte> batch, ref WireReader reader)
    {
        using var columns = new RowColumnsReader(ref reader);
        var raw = reader.ReadNested();
        reader.End();
        var states = new WireWriter((int)Math.Min(4L * batch.Length, RowBatchCodec.MaxRows));
        var identity = new WireWriter(64);
        try
        {
            var rows = new List<(EntityId Id, int End)>();
            for (var left = columns.Rows; left > 0; left--)
            {
                var id = ReadRow(columns, batch, ref raw, ref identity, ref states);
                Add(rows, id, states, columns.Position);
            }

            columns.End();
            raw.End();
            return Join(rows, states);
        }
        finally
        {
            states.Dispose();
            identity.Dispose();
        }
    }

    private static EntityId ReadRow(RowColumnsReader columns, ReadOnlySpan<byte> batch, ref WireReader raw, ref WireWriter identity, ref WireWriter states)
    {
        identity.Clear();
        if (!columns.TryCopyIdentity(batch, ref identity, out var shape)) return ReadRaw(ref raw, ref states);
        columns.References.Next();
        columns.CopyState(batch, shape, ref states);
        return EntityId.FromTrusted(identity.Written.ToArray());
    }

    private static EntityId ReadRaw(ref WireReader reader, ref WireWriter states)
    {
        var identity = reader.ReadBlock(WireLimits.Identity);
        var id = EntityId.Read(identity, reader.Offset - identity.Length);
        states.WriteBytes(reader.ReadBlock());
        return id;
    }

    private static void Add(List<(EntityId Id, int End)> rows, EntityId id, in WireWriter states, int offset)
    {
        if (rows.Count > 0 && rows[^1].Id.CompareTo(id) >= 0) throw new WireFormatException("the rows of a batch must ascend", offset);
        if (rows.Count == WireLimits.Items) throw new WireFormatException($"a batch exceeds {WireLimits.Items} rows", offset);
        RowBatchCodec.RequireRoom(states, offset);
        rows.Add((id, states.Length));
    }

    private static StoredEntity[] Join(List<(EntityId Id, int End)> rows, in WireWriter states)
    {
        var (all, joined, start) = (new ReadOnlyMemory<byte>(states.Written.ToArray()), new StoredEntity[rows.Count], 0);
        for (var i = 0; i < joined.Length; i++)
        {
            joined[i] = new(rows[i].Id, all[start..rows[i].End]);
            start = rows[i].End;
        }

        return joined;
    }
}
