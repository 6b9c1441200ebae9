using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Kernel;

namespace Crdt.Entities;

/// <summary>The bytes that liveness and sets share.</summary>
internal static class EntityCodec
{
    public static void WriteDots(ref WireWriter writer, ReplicaTable table, DotFun<Presence> dots)
    {
        foreach (ref readonly var entry in dots.Entries)
        {
            writer.WriteVarint((ulong)table.IndexOf(entry.Key.Replica));
            writer.WriteVarint(entry.Key.Counter);
        }
    }

    public static DotFun<Presence> ReadDots(WireReader reader, ReadOnlySpan<byte> table)
    {
        var dots = new DotReader(reader, table, hasPayload: false);
        var entries = new KeyValuePair<Dot, Presence>[dots.Count()];
        for (var i = 0; dots.MoveNext(); i++) entries[i] = new(dots.Current, default);
        return DotFun<Presence>.Adopt(entries);
    }

    public static void WriteRanges(ref WireWriter writer, ReplicaTable table, CausalContext context)
    {
        foreach (var range in context.Ranges)
        {
            writer.WriteVarint((ulong)table.IndexOf(range.Replica));
            writer.WriteVarint(range.First);
            writer.WriteVarint(range.Last - range.First);
        }
    }
}
