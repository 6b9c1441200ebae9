using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sync.Batches;

/// <summary>
/// Many rows as one: what they have in common is written once, and what means the same in each stands side by side, which takes less and
/// compresses better (Abadi, Madden, Ferreira, <i>Integrating Compression and Execution in Column-Oriented Database Systems</i>, 2006). What is decoded
/// is byte for byte what was encoded, also fields and kinds that this build doesn't know.
/// <code>
/// batch := 0 { block(id) block(state) }*                                        few rows
///        | 1 columns block({ block(id) block(state) }*)                         the last block: rows that don't fit into columns
/// </code>
/// The grammar of columns is that of ADR 23.
/// </summary>
public static class RowBatchCodec
{
    /// <summary>The most bytes of identities and states in one batch.</summary>
    public const int MaxRows = 4 * 1024 * 1024;

    private const byte Plain = 0, Columnar = 1;

    /// <summary>Encodes rows whose identities ascend. O(bytes).</summary>
    /// <param name="rows">The rows, at most <see cref="WireLimits.Items"/> of <see cref="MaxRows"/> bytes in all.</param>
    /// <exception cref="ArgumentException">They don't ascend, or are too many.</exception>
    public static byte[] Encode(IReadOnlyList<StoredEntity> rows)
    {
        var plain = Require(rows);
        using var columns = Separation.Of<StoredEntity, RowColumns>(rows, out var raw);
        var writer = new WireWriter((plain / 2) + 256);
        writer.WriteByte(Columnar);
        columns.Write(ref writer);
        var mark = writer.BeginBlock();
        foreach (var index in raw) WriteRow(ref writer, rows[index]);
        writer.EndBlock(mark);
        if (writer.Length <= plain) return writer.Finish();
        writer.Clear();
        writer.WriteByte(Plain);
        foreach (var row in rows) WriteRow(ref writer, row);
        return writer.Finish();
    }

    /// <summary>
    /// Decodes a batch. Identities are well formed and ascend. States are what the sender put there: who applies them checks them, as it does
    /// any row from outside (<see cref="EncodedEntity.Validate(ReadOnlySpan{byte}, int)"/>). O(bytes that come out), at most <see cref="MaxRows"/>.
    /// </summary>
    /// <exception cref="WireFormatException">It is malformed, or expands beyond <see cref="MaxRows"/>.</exception>
    public static IReadOnlyList<StoredEntity> Decode(ReadOnlySpan<byte> batch)
    {
        var reader = new WireReader(batch);
        return reader.ReadByte() switch
        {
            Plain => RowBatchReading.ReadPlain(ref reader),
            Columnar => RowBatchReading.ReadColumns(batch, ref reader),
            var other => throw new WireFormatException($"this is form {other} of a batch; this version reads forms {Plain} and {Columnar}", 0),
        };
    }

    /// <summary>Demands that a batch hasn't expanded beyond what it may.</summary>
    internal static void RequireRoom(in WireWriter output, int offset)
    {
        if (output.Length > MaxRows) throw new WireFormatException($"a batch expands beyond {MaxRows} bytes", offset);
    }

    private static int Require(IReadOnlyList<StoredEntity> rows)
    {
        var size = 1L;
        if (rows.Count > WireLimits.Items) throw new ArgumentException($"{rows.Count} rows exceed the limit of {WireLimits.Items}.", nameof(rows));
        for (var i = 0; i < rows.Count; i++)
        {
            var id = rows[i].Id.Bytes;
            var state = rows[i].State;
            if (i > 0 && rows[i - 1].Id.Bytes.SequenceCompareTo(id) >= 0) throw new ArgumentException($"The row of {rows[i].Id} doesn't ascend.", nameof(rows));
            size += Base128.SizeOf((ulong)id.Length) + id.Length + Base128.SizeOf((ulong)state.Length) + state.Length;
        }

        return size <= MaxRows ? (int)size : throw new ArgumentException($"Rows of {size} bytes exceed the limit of {MaxRows}.", nameof(rows));
    }

    private static void WriteRow(ref WireWriter writer, StoredEntity row)
    {
        writer.WriteBlock(row.Id.Bytes);
        writer.WriteBlock(row.State.Span);
    }
}
