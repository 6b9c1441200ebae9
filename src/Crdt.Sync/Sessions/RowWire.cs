using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Sessions;

/// <summary>Puts rows into frames, and takes them out of frames that come from a stranger.</summary>
internal sealed class RowWire(GraphSchema schema)
{
    /// <summary>How many bytes of rows go into one frame, unless a single row is larger.</summary>
    private const int BatchBytes = 512 * 1024;

    /// <summary>Takes as many rows off a queue as fit into a frame.</summary>
    public ReadOnlyMemory<byte> Encode(Queue<StoredEntity> rows)
    {
        var writer = new WireWriter(BatchBytes);
        var bytes = 0;
        while (rows.TryPeek(out var row))
        {
            bytes += row.Id.Bytes.Length + row.State.Length;
            if (bytes > BatchBytes && writer.Length > 0) break;
            writer.WriteBlock(row.Id.Bytes);
            writer.WriteBlock(row.State.Span);
            rows.Dequeue();
        }

        return writer.Finish();
    }

    /// <summary>Reads rows and demands that they fit the schema, the vector and the clock that they were announced with.</summary>
    /// <exception cref="WireFormatException">They don't.</exception>
    public IReadOnlyList<StoredEntity> Decode(ReadOnlyMemory<byte> batch, string lane, VersionVector vector, Stamp clock)
    {
        var rows = new List<StoredEntity>();
        var reader = new WireReader(batch.Span);
        while (reader.Remaining > 0)
        {
            var id = EntityId.Read(reader.ReadBlock(WireLimits.Identity));
            var state = reader.ReadBlock(WireLimits.Frame);
            EventAdmission.RequireRow(id, state, lane, schema, vector, clock);
            rows.Add(new(id, state.ToArray()));
        }

        return rows;
    }
}
