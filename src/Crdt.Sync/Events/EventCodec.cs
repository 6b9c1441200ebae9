using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Signing;
using Crdt.Sync.Signatures;

namespace Crdt.Sync.Events;

/// <summary>
/// The wire form of events. Those of an origin whose id follows from a key name the hash of its previous one, and have room for a seal: see <see cref="SealedEvent"/>.
/// <code>
/// event   := 1 block(lane) origin[16] first count content
///          | 2 block(seal) previous[32] block(lane) origin[16] first count content
/// content := stamp[8] vector { block(identity) block(state) }*
/// </code>
/// </summary>
public static class EventCodec
{
    /// <summary>The largest event in bytes: it has to fit into a frame.</summary>
    public const int MaxEvent = WireLimits.Frame - 1024;

    private const int MaxUnsealed = MaxEvent - SealedEvent.SealSize - 2; // It has to fit with its seal as well.

    private const byte Plain = 1;
    private const byte Linked = 2;
    private const int MaxLane = 256;

    /// <summary>Puts an event into its wire form.</summary>
    /// <exception cref="InvalidOperationException">It would exceed <see cref="MaxEvent"/> with a seal, or one of its entities exceeds <see cref="WireLimits.Record"/>.</exception>
    /// <param name="lane">See <see cref="GraphEvent.Lane"/>.</param>
    /// <param name="origin">See <see cref="GraphEvent.Origin"/>.</param>
    /// <param name="first">See <see cref="GraphEvent.First"/>.</param>
    /// <param name="last">See <see cref="GraphEvent.Last"/>.</param>
    /// <param name="stamp">See <see cref="GraphEvent.Stamp"/>.</param>
    /// <param name="dependencies">See <see cref="GraphEvent.Dependencies"/>.</param>
    /// <param name="changes">See <see cref="GraphEvent.Changes"/>.</param>
    /// <param name="previous">See <see cref="GraphEvent.Previous"/>.</param>
    public static GraphEvent Create(
        string lane, ReplicaId origin, ulong first, ulong last, Stamp stamp, VersionVector dependencies, IReadOnlyList<EntityDelta> changes, ReadOnlyMemory<byte> previous = default)
    {
        var writer = new WireWriter(256 + (changes.Count * 128));
        writer.WriteByte(previous.IsEmpty ? Plain : Linked);
        if (!previous.IsEmpty) writer.WriteBlock([]);
        writer.WriteBytes(previous.Span);
        writer.WriteText(lane);
        writer.WriteReplica(origin);
        writer.WriteVarint(first);
        writer.WriteVarint(last - first + 1);
        writer.WriteUInt64(stamp.Value);
        dependencies.Write(ref writer);
        foreach (var change in changes)
        {
            if (change.State.Length > WireLimits.Record) throw new InvalidOperationException($"An entity takes {change.State.Length} bytes in this transaction; the limit is {WireLimits.Record}. Write less of it at once.");
            writer.WriteBlock(change.Id.Bytes);
            writer.WriteBlock(change.State.Span);
        }

        if (writer.Length > MaxUnsealed) throw new InvalidOperationException($"This transaction takes {writer.Length} bytes; the limit is {MaxUnsealed}. Split it into several.");
        return new(lane, origin, first, last, stamp, dependencies, changes, writer.Finish()) { Previous = previous };
    }

    /// <summary>Reads an event and checks all that can be checked without knowing its types or having its dependencies.</summary>
    /// <exception cref="WireFormatException">It is malformed, exceeds <see cref="MaxEvent"/>, or writes in another's name.</exception>
    public static GraphEvent Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxEvent) throw new WireFormatException($"an event of {bytes.Length} bytes exceeds the limit of {MaxEvent}", 0);
        var reader = new WireReader(bytes.Span);
        var head = ReadHead(ref reader);
        var (lane, origin, first, last) = head;
        var previous = head.IsLinked ? SealedEvent.PreviousOf(bytes) : default;
        if (head.IsLinked && first == 1 && previous.Span.ContainsAnyExcept((byte)0)) throw reader.Malformed("the first event of an origin has none before it");
        var stamp = new Stamp(reader.ReadUInt64());
        var dependencies = VersionVector.Read(ref reader);
        if (dependencies[origin] != first - 1) throw reader.Malformed("an event has to follow its origin's last one");
        var changes = new List<EntityDelta>(CountChanges(reader));
        var seen = new HashSet<EntityId>(changes.Capacity);
        while (reader.Remaining > 0)
        {
            var change = ReadChange(ref reader, bytes);
            if (!seen.Add(change.Id)) throw reader.Malformed("an event changes one entity twice");
            RequireOwn(change, new(origin, first, last), dependencies, reader);
            changes.Add(change);
        }

        return new(lane, origin, first, last, stamp, dependencies, changes, bytes) { Previous = previous };
    }

    /// <summary>Reads what an event begins with, whatever comes behind it. O(1).</summary>
    /// <exception cref="WireFormatException">Not even that is well-formed.</exception>
    internal static EventHead ReadHead(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        return ReadHead(ref reader);
    }

    private static EventHead ReadHead(ref WireReader reader)
    {
        var format = reader.ReadByte();
        if (format is not (Plain or Linked)) throw new WireFormatException($"this is format {format} of an event; this version reads formats {Plain} and {Linked}", 0);
        if (format == Linked && reader.ReadBlock().Length is not 0 and var seal && !SealedEvent.IsSeal(seal)) throw reader.Malformed("the seal of an event is a key, a signature and hashes, or nothing");
        if (format == Linked) reader.ReadBytes(SealedEvent.HashSize);
        var lane = reader.ReadText(MaxLane);
        var origin = reader.ReadReplica();
        var (first, count) = (reader.ReadVarint(), reader.ReadVarint());
        if (first == 0 || count == 0 || first > long.MaxValue || count > long.MaxValue - first) throw reader.Malformed("the dots of an event are out of range");
        if (ReplicaKey.IsSigned(origin) != (format == Linked)) throw reader.Malformed(format == Linked ? "an event names the one before it, and nothing is signed under its origin's id" : "an event doesn't name the one before it, and everything under its origin's id is signed");
        return new(lane, origin, first, first + count - 1) { IsLinked = format == Linked };
    }

    private static int CountChanges(WireReader reader)
    {
        var changes = 0;
        for (; reader.Remaining > 0; changes++)
        {
            reader.ReadBlock(WireLimits.Identity);
            reader.ReadBlock();
        }

        return changes;
    }

    private static EntityDelta ReadChange(ref WireReader reader, ReadOnlyMemory<byte> bytes)
    {
        var identity = reader.ReadBlock(WireLimits.Identity);
        var id = EntityId.Read(identity, reader.Offset - identity.Length);
        var state = reader.ReadBlock();
        var start = reader.Offset - state.Length;
        EncodedEntity.Validate(state, start);
        return new(id, bytes.Slice(start, state.Length));
    }

    /// <summary>Every dot that is added has to be the event's own, and every dot that is removed its own or one it depends on.</summary>
    private static void RequireOwn(EntityDelta change, DotRange own, VersionVector dependencies, WireReader reader)
    {
        var context = EncodedEntity.ContextOf(change.State.Span);
        if (EncodedEntity.FirstOutside(change.State.Span, new OwnAndSeen(own, context)) is { } stray)
            throw reader.Malformed(own.Contains(stray) ? "a delta adds a dot that its context lacks" : "an event adds a dot that is not its own");
        foreach (var range in context.Ranges)
        {
            var seen = range.Replica == own.Replica ? own.Last : dependencies[range.Replica];
            if (range.Last > seen) throw reader.Malformed("an event removes a dot that its origin can't have seen");
        }
    }

    /// <summary>What a delta may add: what its event took and its context claims.</summary>
    private readonly record struct OwnAndSeen(DotRange Own, CausalContext Context) : ICausalContext
    {
        public bool Contains(Dot dot) => Own.Contains(dot) && Context.Contains(dot);
    }
}
