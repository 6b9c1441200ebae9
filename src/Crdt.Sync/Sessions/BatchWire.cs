using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Batches;
using Crdt.Sync.Compression;
using Crdt.Sync.Reconciling;
using Crdt.Sync.Signatures;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Sessions;

/// <summary>Puts events and rows into frames, by column and compressed as both sides can, and takes them out of frames that come from a stranger.</summary>
/// <param name="schema">What rows are held against.</param>
/// <param name="compressor">What the peer can read.</param>
internal sealed class BatchWire(GraphSchema schema, IFrameCompressor compressor)
{
    /// <summary>How many bytes of rows go into one frame, unless a single row is larger.</summary>
    private const int RowBytes = 512 * 1024;

    /// <summary>Puts events into a batch. Of those of one origin that follow each other, only the last one keeps its seal.</summary>
    public ReadOnlyMemory<byte> EncodeEvents(IReadOnlyList<StoredEvent> events) =>
        CompressedEnvelope.Seal(EventBatchCodec.Encode(SealedRuns.Spare(events)), compressor);

    /// <exception cref="WireFormatException">They are malformed.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> DecodeEvents(ReadOnlyMemory<byte> batch) => EventBatchCodec.Decode(CompressedEnvelope.Open(batch.Span));

    /// <summary>Takes as many rows off a queue as fit into a frame.</summary>
    public ReadOnlyMemory<byte> EncodeRows(Queue<StoredEntity> rows)
    {
        var (batch, bytes) = (new List<StoredEntity>(), 0);
        while (rows.TryPeek(out var row))
        {
            bytes += row.Id.Bytes.Length + row.State.Length;
            if (bytes > RowBytes && batch.Count > 0) break;
            batch.Add(rows.Dequeue());
        }

        batch.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return CompressedEnvelope.Seal(RowBatchCodec.Encode(batch), compressor);
    }

    /// <summary>Reads rows and demands that they fit the schema, the vector and the clock that they were announced with.</summary>
    /// <exception cref="WireFormatException">They don't.</exception>
    public IReadOnlyList<StagedRow> DecodeRows(ReadOnlyMemory<byte> batch, string lane, VersionVector vector, Stamp clock)
    {
        var rows = RowBatchCodec.Decode(CompressedEnvelope.Open(batch.Span));
        foreach (var row in rows) EventAdmission.RequireRow(row.Id, row.State.Span, lane, schema, vector, clock);
        return [.. rows.Select(row => StagedRow.Of(row, isAdmitted: true))];
    }
}
