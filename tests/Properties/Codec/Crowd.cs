using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Tests.Properties.Codec;

/// <summary>
/// The inputs that take the most memory for their length: as many of the smallest parts as there is room for. Every replica makes
/// the writes that are numbered in one byte, so that neither its id nor the numbers make up the length.
/// </summary>
internal static class Crowd
{
    private const int Few = 126;

    /// <summary>Integers of one or two bytes.</summary>
    public static byte[][] Numbers { get; } = [.. Enumerable.Range(0, 16_000).Select(i => i < 128 ? (byte[])[(byte)i] : [(byte)((i & 0x7F) | 0x80), (byte)(i >> 7)])];

    /// <summary>Text of one or two bytes.</summary>
    public static byte[][] Texts { get; } = [.. Enumerable.Range(0, 16_000).Select(i => i < 128 ? (byte[])[(byte)i] : [(byte)(i & 0x7F), (byte)(i >> 7)])];

    /// <summary>A state of nothing but a context, whose ranges take three bytes each.</summary>
    public static byte[] Ranges(int replicas) => State(replicas, (ref WireWriter writer, int replica) =>
    {
        for (var first = 1; first < Few; first += 2) Numbered(ref writer, replica, first, 0);
    });

    /// <summary>A state that is alive by as many writes as there can be, two bytes each.</summary>
    public static byte[] Creations(int replicas)
    {
        var writer = Head(replicas);
        var mark = writer.BeginBlock();
        Dots(ref writer, replicas, []);
        writer.EndBlock(mark);
        return writer.Finish();
    }

    /// <summary>A state with one field of writes.</summary>
    public static byte[] Writes(int replicas, uint field, FieldKind kind, byte[] payload) => Field(replicas, field, kind, (ref WireWriter writer) =>
        Dots(ref writer, replicas, [(byte)payload.Length, .. payload]));

    /// <summary>A state with one field of keys, each held by one write; the keys are the canonical bytes of their type, in any order.</summary>
    public static byte[] Keys(uint field, FieldKind kind, IEnumerable<byte[]> keys, byte[]? payload) => Field(1, field, kind, (ref WireWriter writer) =>
    {
        foreach (var key in keys.OrderBy(Convert.ToHexString, StringComparer.Ordinal))
        {
            writer.WriteBlock(key);
            writer.WriteBlock(payload is null ? [0, 1] : [0, 1, (byte)payload.Length, .. payload]);
        }
    });

    /// <summary>A state with as many fields of one store as are asked for.</summary>
    public static byte[] Fields(int count, FieldKind kind, byte[] store)
    {
        var writer = Head(1);
        writer.WriteBlock([]);
        for (var i = 0u; i < count; i++)
        {
            writer.WriteUInt32(i);
            writer.WriteByte((byte)kind);
            writer.WriteBlock(store);
        }

        return writer.Finish();
    }

    /// <summary>The state as an encoded entity.</summary>
    public static byte[] Of(EntityId id, byte[] state) => [1, (byte)id.Bytes.Length, .. id.Bytes, .. state];

    private delegate void Part(ref WireWriter writer);

    private delegate void PartOf(ref WireWriter writer, int replica);

    private static byte[] Field(int replicas, uint field, FieldKind kind, Part store)
    {
        var writer = Head(replicas);
        writer.WriteBlock([]);
        writer.WriteUInt32(field);
        writer.WriteByte((byte)kind);
        var mark = writer.BeginBlock();
        store(ref writer);
        writer.EndBlock(mark);
        return writer.Finish();
    }

    private static void Dots(ref WireWriter writer, int replicas, byte[] payload)
    {
        for (var replica = 0; replica < replicas; replica++)
        {
            for (var number = 1; number <= Few; number++)
            {
                writer.WriteVarint((ulong)replica);
                writer.WriteVarint((ulong)number);
                writer.WriteBytes(payload);
            }
        }
    }

    private static WireWriter Head(int replicas)
    {
        var writer = new WireWriter(1024);
        Table(ref writer, replicas, (ref WireWriter ranges, int replica) => Numbered(ref ranges, replica, 1, Few - 1));
        return writer;
    }

    private static byte[] State(int replicas, PartOf ranges)
    {
        var writer = new WireWriter(1024);
        Table(ref writer, replicas, ranges);
        writer.WriteBlock([]);
        return writer.Finish();
    }

    private static void Table(ref WireWriter writer, int replicas, PartOf ranges)
    {
        writer.WriteVarint((ulong)replicas);
        for (var i = 0; i < replicas; i++) writer.WriteReplica(new((UInt128)i + 1));
        var mark = writer.BeginBlock();
        for (var i = 0; i < replicas; i++) ranges(ref writer, i);
        writer.EndBlock(mark);
    }

    private static void Numbered(ref WireWriter writer, int replica, int first, int more)
    {
        writer.WriteVarint((ulong)replica);
        writer.WriteVarint((ulong)first);
        writer.WriteVarint((ulong)more);
    }
}
