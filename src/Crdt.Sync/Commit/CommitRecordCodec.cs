using Crdt.Codec;

namespace Crdt.Sync.Commit;

/// <summary>
/// The bytes of <see cref="CommitRecord"/>, as a log keeps them.
/// <code>
/// record := format[1] type[1] coordinator[16] number[8] body
/// </code>
/// </summary>
internal static class CommitRecordCodec
{
    /// <summary>The largest record, in bytes.</summary>
    public const int MaxRecord = WireLimits.Frame;

    private const byte Format = 1;

    private enum RecordType : byte
    {
        Numbers = 1,
        Decision = 2,
        Ended = 3,
        Prepared = 4,
        Committed = 5,
        Aborted = 6,
        Floor = 7,
        Settled = 8,
    }

    /// <summary>The bytes of a record.</summary>
    public static byte[] Encode(CommitRecord record)
    {
        var writer = new WireWriter(256);
        writer.WriteByte(Format);
        writer.WriteByte((byte)TypeOf(record));
        writer.WriteTransaction(record.Id);
        switch (record)
        {
            case CommitRecord.Decision decision:
                writer.WriteReplicas(decision.Participants);
                writer.WriteBlock(decision.Event.Span);
                break;
            case CommitRecord.Prepared prepared:
                writer.WriteReplicas(prepared.Participants);
                writer.WriteEntities(prepared.Entities);
                writer.WriteBlock(prepared.Operations.Span);
                break;
            case CommitRecord.Committed committed:
                writer.WriteBlock(committed.Event.Span);
                break;
            case CommitRecord.Settled settled:
                writer.WriteByte((byte)settled.Outcome);
                break;
        }

        return writer.Finish();
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="WireFormatException">It is truncated, altered, oversized, of a later format, or no record at all.</exception>
    public static CommitRecord Decode(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxRecord) throw new WireFormatException($"a record of {bytes.Length} bytes exceeds the limit of {MaxRecord}", 0);
        var reader = new WireReader(bytes.Span);
        var format = reader.ReadByte();
        if (format != Format) throw new WireFormatException($"this is format {format} of a record; this version reads format {Format}", 0);
        var type = (RecordType)reader.ReadByte();
        var id = reader.ReadTransaction();
        CommitRecord record = type switch
        {
            RecordType.Numbers => new CommitRecord.Numbers(id),
            RecordType.Decision => new CommitRecord.Decision(id, reader.ReadReplicas(CommitMessageCodec.MaxParticipants), reader.ReadEvent(bytes, id)),
            RecordType.Ended => new CommitRecord.Ended(id),
            RecordType.Prepared => new CommitRecord.Prepared(
                id, reader.ReadReplicas(CommitMessageCodec.MaxParticipants), reader.ReadEntities(), reader.ReadContent(bytes, WireLimits.Record)),
            RecordType.Committed => new CommitRecord.Committed(id, reader.ReadEvent(bytes, id)),
            RecordType.Aborted => new CommitRecord.Aborted(id),
            RecordType.Floor => new CommitRecord.Floor(id),
            RecordType.Settled => new CommitRecord.Settled(id, ReadOutcome(ref reader)),
            _ => throw new WireFormatException($"there is no record of type {(byte)type}", 1),
        };
        reader.End();
        return record;
    }

    private static RecordType TypeOf(CommitRecord record) => record switch
    {
        CommitRecord.Numbers => RecordType.Numbers,
        CommitRecord.Decision => RecordType.Decision,
        CommitRecord.Ended => RecordType.Ended,
        CommitRecord.Prepared => RecordType.Prepared,
        CommitRecord.Committed => RecordType.Committed,
        CommitRecord.Aborted => RecordType.Aborted,
        CommitRecord.Floor => RecordType.Floor,
        CommitRecord.Settled => RecordType.Settled,
        _ => throw new InvalidOperationException($"There is no form of {record.GetType().Name}."),
    };

    private static CommitOutcome ReadOutcome(ref WireReader reader) => (CommitOutcome)reader.ReadByte() switch
    {
        var outcome and (CommitOutcome.Commit or CommitOutcome.Abort) => outcome,
        _ => throw reader.Malformed("there is no such outcome"),
    };
}
