using Crdt.Codec;
using Crdt.Sync.Events;
using Crdt.Sync.Signatures;

namespace Crdt.Sync.Batches;

/// <summary>
/// Many events as one, like <see cref="RowBatchCodec"/> does it for rows: what follows from the event before isn't said again. What is decoded
/// is byte for byte what was encoded.
/// <code>
/// batch := 0 { block(event) }*                        few events
///        | 1 events block({ block(event) }*)          the last block: events that don't fit into columns
///        | 2 links batch                              events that name the one before them, without that
/// </code>
/// The grammar of events in columns is that of ADR 23.
/// </summary>
public static class EventBatchCodec
{
    private const byte Plain = 0, Columnar = 1, Linked = 2;

    /// <summary>Encodes events, as <see cref="EventCodec"/> writes them, in their order. O(bytes).</summary>
    /// <param name="events">The events, at most <see cref="WireLimits.Items"/> of <see cref="RowBatchCodec.MaxRows"/> bytes in all.</param>
    /// <exception cref="ArgumentException">They are too many.</exception>
    public static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        var plain = 1 + events.Sum(bytes => (long)Base128.SizeOf((ulong)bytes.Length) + bytes.Length);
        if (plain > RowBatchCodec.MaxRows) throw new ArgumentException($"Events of {plain} bytes exceed the limit of {RowBatchCodec.MaxRows}.", nameof(events));
        if (events.Count > WireLimits.Items) throw new ArgumentException($"{events.Count} events exceed the limit of {WireLimits.Items}.", nameof(events));
        return events.Any(encoded => SealedEvent.IsLinked(encoded.Span)) ? EncodeLinked(events) : EncodeColumns(events, plain);
    }

    private static byte[] EncodeLinked(IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        var writer = new WireWriter(256);
        writer.WriteByte(Linked);
        var bare = EventLinks.TakeOff(events, ref writer);
        writer.WriteBytes(EncodeColumns(bare, 1 + bare.Sum(bytes => (long)Base128.SizeOf((ulong)bytes.Length) + bytes.Length)));
        return writer.Finish();
    }

    private static byte[] EncodeColumns(IReadOnlyList<ReadOnlyMemory<byte>> events, long plain)
    {
        using var columns = Separation.Of<ReadOnlyMemory<byte>, EventColumns>(events, out var raw);
        var writer = new WireWriter(((int)plain / 2) + 256);
        writer.WriteByte(Columnar);
        columns.Write(ref writer);
        var mark = writer.BeginBlock();
        foreach (var index in raw) writer.WriteBlock(events[index].Span);
        writer.EndBlock(mark);
        if (writer.Length <= plain && columns.Rows <= WireLimits.Items) return writer.Finish();
        writer.Clear();
        writer.WriteByte(Plain);
        foreach (var bytes in events) writer.WriteBlock(bytes.Span);
        return writer.Finish();
    }

    /// <summary>
    /// Decodes a batch. The events are what the sender put there: <see cref="EventCodec.Read"/> checks them. O(bytes that come out), at most
    /// <see cref="RowBatchCodec.MaxRows"/>.
    /// </summary>
    /// <exception cref="WireFormatException">It is malformed, or expands beyond <see cref="RowBatchCodec.MaxRows"/>.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Decode(ReadOnlySpan<byte> batch)
    {
        var reader = new WireReader(batch);
        if (reader.Remaining == 0 || reader.Rest[0] != Linked) return DecodeUnlinked(batch);
        reader.ReadByte();
        return EventLinks.PutBack(ref reader, DecodeUnlinked);
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> DecodeUnlinked(ReadOnlySpan<byte> batch)
    {
        var reader = new WireReader(batch);
        var form = reader.ReadByte();
        if (form > Columnar) throw new WireFormatException($"this is form {form} of a batch; this version reads forms {Plain}, {Columnar} and {Linked}", 0);
        var events = new WireWriter((int)Math.Min(4L * batch.Length, RowBatchCodec.MaxRows));
        var row = new WireWriter(256);
        try
        {
            var ends = form == Plain ? ReadPlain(ref reader, ref events) : ReadColumns(batch, ref reader, ref row, ref events);
            return Join(ends, events.Written.ToArray());
        }
        finally
        {
            events.Dispose();
            row.Dispose();
        }
    }

    private static List<int> ReadPlain(ref WireReader reader, ref WireWriter events)
    {
        var ends = new List<int>();
        while (reader.Remaining > 0)
        {
            if (ends.Count == WireLimits.Items) throw reader.Malformed($"a batch exceeds {WireLimits.Items} events");
            events.WriteBytes(reader.ReadBlock());
            RowBatchCodec.RequireRoom(events, reader.Offset);
            ends.Add(events.Length);
        }

        return ends;
    }

    private static List<int> ReadColumns(ReadOnlySpan<byte> batch, ref WireReader reader, ref WireWriter row, ref WireWriter events)
    {
        using var columns = new EventColumnsReader(ref reader);
        var raw = reader.ReadNested();
        reader.End();
        var ends = new List<int>();
        for (var left = columns.Events; left > 0; left--)
        {
            if (!columns.TryCopy(batch, ref row, ref events)) events.WriteBytes(raw.ReadBlock());
            RowBatchCodec.RequireRoom(events, columns.Position);
            ends.Add(events.Length);
        }

        columns.End();
        raw.End();
        return ends;
    }

    private static ReadOnlyMemory<byte>[] Join(List<int> ends, ReadOnlyMemory<byte> all)
    {
        var (joined, start) = (new ReadOnlyMemory<byte>[ends.Count], 0);
        for (var i = 0; i < joined.Length; i++)
        {
            joined[i] = all[start..ends[i]];
            start = ends[i];
        }

        return joined;
    }
}
