using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Sync.Signatures;

namespace Crdt.Sync.Batches;

/// <summary>
/// Takes the links and seals off the events of a batch, and puts them back: the hash that an event names is worked out from the one before it where that is in the batch, and the rest of the event goes
/// into columns like any other.
/// <code>
/// links := count mark[1]* { previous[32], where the mark has 2; block(seal), where it has 4 }*     for each event
/// mark  := 0 as it is | 1 follows the one before it of its origin | 2 names a hash; and 4, where it has a seal
/// </code>
/// </summary>
internal static class EventLinks
{
    private const byte Unlinked = 0, Following = 1, Naming = 2, Sealed = 4;
    private const byte PlainEvent = 1, LinkedEvent = 2;

    /// <summary>Writes the links, and gives the events without them. O(bytes).</summary>
    public static ReadOnlyMemory<byte>[] TakeOff(IReadOnlyList<ReadOnlyMemory<byte>> events, ref WireWriter writer)
    {
        var (bare, marks, chains) = (new ReadOnlyMemory<byte>[events.Count], new byte[events.Count], new Chains());
        var rest = new WireWriter(256);
        for (var i = 0; i < bare.Length; i++) (bare[i], marks[i]) = TakeOff(events[i], chains, ref rest);
        writer.WriteVarint((ulong)marks.Length);
        writer.WriteBytes(marks);
        writer.WriteBytes(rest.Written);
        rest.Dispose();
        return bare;
    }

    /// <summary>Reads the links, and puts them back into the events that <paramref name="decode"/> reads behind them. O(bytes).</summary>
    /// <exception cref="WireFormatException">They are malformed.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> PutBack(ref WireReader reader, DecodeBatch decode)
    {
        var links = new (byte Mark, byte[] Previous, byte[] Seal)[reader.ReadCount(1)];
        var marks = reader.ReadBytes(links.Length);
        for (var i = 0; i < links.Length; i++) links[i] = ReadLink(marks[i], ref reader);
        var start = reader.Offset;
        var events = decode(reader.Rest).ToArray();
        if (events.Length != links.Length) throw new WireFormatException($"there are links of {links.Length} events, and {events.Length} events", start);
        var (chains, bytes) = (new Chains(), 0L);
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = PutBack(events[i], links[i], chains, start);
            if ((bytes += events[i].Length) > RowBatchCodec.MaxRows) throw new WireFormatException($"a batch expands beyond {RowBatchCodec.MaxRows} bytes", start);
        }

        return events;
    }

    private static (ReadOnlyMemory<byte> Bare, byte Mark) TakeOff(ReadOnlyMemory<byte> encoded, Chains chains, ref WireWriter rest)
    {
        if (!IsWellFormed(encoded)) return (encoded, Unlinked);
        var (seal, content) = (SealedEvent.SealOf(encoded), SealedEvent.ContentOf(encoded));
        var (previous, bare) = (content[..SealedEvent.HashSize], content[SealedEvent.HashSize..]);
        var head = LinkPlace.Of(bare.Span);
        var mark = previous.Span.SequenceEqual(chains.Before(head)) ? Following : Naming;
        if (mark == Naming) rest.WriteBytes(previous.Span);
        if (!seal.IsEmpty) rest.WriteBlock(seal.Span);
        chains.Add(head, content);
        return ((byte[])[PlainEvent, .. bare.Span], seal.IsEmpty ? mark : (byte)(mark | Sealed));
    }

    private static bool IsWellFormed(ReadOnlyMemory<byte> encoded)
    {
        if (!SealedEvent.IsLinked(encoded.Span)) return false;
        try
        {
            LinkPlace.Of(SealedEvent.ContentOf(encoded).Span[SealedEvent.HashSize..]);
            return true;
        }
        catch (WireFormatException)
        {
            return false; // A damaged event travels as it is: whoever gets it sees what is wrong with it.
        }
    }

    private static (byte Mark, byte[] Previous, byte[] Seal) ReadLink(byte mark, ref WireReader reader)
    {
        var kind = mark & ~Sealed;
        if (kind > Naming || mark == Sealed) throw reader.Malformed($"{mark} is no mark of an event");
        return (mark, kind == Naming ? reader.ReadBytes(SealedEvent.HashSize).ToArray() : [], (mark & Sealed) != 0 ? ReadSeal(ref reader) : []);
    }

    private static byte[] ReadSeal(ref WireReader reader)
    {
        var seal = reader.ReadBlock();
        return SealedEvent.IsSeal(seal.Length) ? seal.ToArray() : throw reader.Malformed($"a seal has no {seal.Length} bytes");
    }

    private static ReadOnlyMemory<byte> PutBack(ReadOnlyMemory<byte> bare, (byte Mark, byte[] Previous, byte[] Seal) link, Chains chains, int offset)
    {
        if (link.Mark == Unlinked) return bare;
        if (bare.Length == 0 || bare.Span[0] != PlainEvent) throw new WireFormatException("what a link belongs to is no event", offset);
        var head = LinkPlace.Of(bare.Span[1..]);
        var previous = (link.Mark & ~Sealed) == Naming ? link.Previous : chains.Before(head);
        if (previous.IsEmpty) throw new WireFormatException("an event follows one that isn't in the batch", offset);
        var writer = new WireWriter(bare.Length + link.Seal.Length + SealedEvent.HashSize + 4);
        writer.WriteByte(LinkedEvent);
        writer.WriteBlock(link.Seal);
        var start = writer.Length;
        writer.WriteBytes(previous);
        writer.WriteBytes(bare.Span[1..]);
        ReadOnlyMemory<byte> encoded = writer.Finish();
        chains.Add(head, encoded[start..]);
        return encoded;
    }

    /// <summary>Decodes a batch without links.</summary>
    public delegate IReadOnlyList<ReadOnlyMemory<byte>> DecodeBatch(ReadOnlySpan<byte> batch);

    /// <summary>The hash of the last event of each origin, in whichever lane. The same where a batch is written and where it is read.</summary>
    private sealed class Chains
    {
        private readonly Dictionary<ReplicaId, (ulong Next, byte[] Hash)> _last = [];

        /// <summary>The hash of the event that an event follows; empty where that isn't known.</summary>
        public ReadOnlySpan<byte> Before(LinkPlace head) =>
            _last.TryGetValue(head.Origin, out var last) && last.Next == head.First ? last.Hash : head.First == 1 ? SealedEvent.Beginning.Span : default;

        public void Add(LinkPlace head, ReadOnlyMemory<byte> content) => _last[head.Origin] = (head.Next, SealedEvent.HashOfContent(content.Span));
    }
}
