using Crdt.Clocks;
using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>The times in the payloads of writes: one before the value of a register, two around the position of a list's item.</summary>
internal static class PayloadStamps
{
    /// <summary>Whether writes to fields of a kind carry times.</summary>
    public static bool Has(FieldKind kind) =>
        kind is FieldKind.Register or FieldKind.MultiValue or FieldKind.Max or FieldKind.Min or FieldKind.Map or FieldKind.List;

    /// <summary>The later of a payload's times.</summary>
    /// <exception cref="WireFormatException">It is too short to have them.</exception>
    public static Stamp Latest(FieldKind kind, WireReader payload)
    {
        var first = new Stamp(payload.ReadUInt64());
        if (kind != FieldKind.List) return first;
        payload.ReadBlock();
        var second = new Stamp(payload.ReadUInt64());
        return first.CompareTo(second) > 0 ? first : second;
    }

    /// <summary>Writes a payload whose times are no later than a bound.</summary>
    /// <exception cref="WireFormatException">It is too short to have times.</exception>
    public static void WriteBounded(ref WireWriter writer, FieldKind kind, WireReader payload, Stamp latest)
    {
        WriteBounded(ref writer, ref payload, latest);
        if (kind == FieldKind.List)
        {
            writer.WriteBlock(payload.ReadBlock());
            WriteBounded(ref writer, ref payload, latest);
        }

        writer.WriteBytes(payload.Rest);
    }

    private static void WriteBounded(ref WireWriter writer, ref WireReader payload, Stamp latest) => writer.WriteUInt64(Math.Min(payload.ReadUInt64(), latest.Value));
}
