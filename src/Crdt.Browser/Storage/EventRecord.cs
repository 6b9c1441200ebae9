using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <summary>An event as its record has it.</summary>
internal static class EventRecord
{
    public static void Put(StoredEvent stored, uint lane, long at, RecordChanges changes)
    {
        var writer = new WireWriter(stored.Bytes.Length + 64);
        writer.WriteReplica(stored.Origin);
        writer.WriteVarint(stored.First);
        writer.WriteVarint(stored.Last);
        writer.WriteBytes(stored.Bytes.Span);
        changes.Put(RecordStore.Event, EventKeys.Place(lane, at), writer.Finish(), [EventKeys.Dot(lane, stored.Origin, stored.Last)]);
    }

    /// <exception cref="WireFormatException">It is damaged.</exception>
    public static StoredEvent Read(string lane, ReadOnlyMemory<byte> record)
    {
        var reader = new WireReader(record.Span);
        return new(lane, reader.ReadReplica(), reader.ReadVarint(), reader.ReadVarint(), record[^reader.Remaining..]);
    }
}
