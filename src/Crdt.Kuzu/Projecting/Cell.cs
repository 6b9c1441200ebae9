using System.Globalization;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Kuzu.Projecting;

/// <summary>Writes single values into rows, in the form that their column holds.</summary>
internal static class Cell
{
    /// <summary>The longest text and the longest bytes that the engine takes.</summary>
    private const int MaxText = 262_144, MaxBlob = 4096;

    /// <summary>Ticks from the year 1 to 1970.</summary>
    private static readonly long UnixEpochTicks = DateTime.UnixEpoch.Ticks;

    /// <summary>Writes an encoded value. One that the engine can't hold is shown as NULL; the truth has it.</summary>
    public static void Write(KuzuRows rows, ValueKind kind, ref WireReader value)
    {
        switch (kind)
        {
            case ValueKind.Boolean: rows.Boolean(BooleanCodec.Read(ref value)); break;
            case ValueKind.Int8: rows.Int8(SByteCodec.Read(ref value)); break;
            case ValueKind.Int16: rows.Int16(Int16Codec.Read(ref value)); break;
            case ValueKind.Int32: rows.Int32(Int32Codec.Read(ref value)); break;
            case ValueKind.Int64: rows.Int64(Int64Codec.Read(ref value)); break;
            case ValueKind.UInt8: rows.UInt8(ByteCodec.Read(ref value)); break;
            case ValueKind.UInt16: rows.UInt16(UInt16Codec.Read(ref value)); break;
            case ValueKind.UInt32: rows.UInt32(UInt32Codec.Read(ref value)); break;
            case ValueKind.UInt64: rows.UInt64(UInt64Codec.Read(ref value)); break;
            case ValueKind.Int128: rows.Int128(Int128Codec.Read(ref value)); break;
            case ValueKind.Single: rows.Single(SingleCodec.Read(ref value)); break;
            case ValueKind.Double: rows.Double(DoubleCodec.Read(ref value)); break;
            case ValueKind.Decimal: rows.String(DecimalCodec.Read(ref value).ToString(CultureInfo.InvariantCulture)); break;
            case ValueKind.Text: WriteText(rows, value.ReadBytes(value.Remaining)); break;
            case ValueKind.Bytes: WriteBlob(rows, value.ReadBytes(value.Remaining)); break;
            case ValueKind.Guid: rows.Uuid(GuidCodec.Read(ref value)); break;
            case ValueKind.Date: rows.Date(DateCodec.Read(ref value)); break;
            case ValueKind.Time: rows.String(TimeCodec.Read(ref value).ToString("O", CultureInfo.InvariantCulture)); break;
            case ValueKind.DateTime: rows.RawTimestamp(Microseconds(DateTimeCodec.Read(ref value).Ticks)); break;
            case ValueKind.DateTimeOffset: rows.RawTimestamp(Microseconds(DateTimeOffsetCodec.Read(ref value).UtcTicks)); break;
            case ValueKind.Duration: rows.Interval(Interval(DurationCodec.Read(ref value))); break;
            default: throw new NotSupportedException($"Values of type {kind} have no column.");
        }
    }

    /// <summary>Writes what a register that can't be null reads as before it is written.</summary>
    public static void WriteInitial(KuzuRows rows, ValueKind kind)
    {
        var writer = new WireWriter(16);
        switch (kind)
        {
            case ValueKind.Text or ValueKind.Bytes: break;
            case ValueKind.Int128 or ValueKind.Decimal or ValueKind.Guid: writer.Take(16).Clear(); break;
            case ValueKind.Single: SingleCodec.Write(ref writer, 0); break;
            case ValueKind.Double: DoubleCodec.Write(ref writer, 0); break;
            case ValueKind.DateTimeOffset: DateTimeOffsetCodec.Write(ref writer, default); break;
            default: writer.WriteByte(0); break;
        }

        var value = new WireReader(writer.Finish());
        Write(rows, kind, ref value);
    }

    /// <summary>Whether the engine can hold a key: text must not be longer than it takes, nor hold U+0000.</summary>
    public static bool CanHold(ReadOnlySpan<byte> key, ValueKind kind) => kind != ValueKind.Text || CanHoldText(key);

    /// <summary>Writes the key of a node or the discriminator of a relationship.</summary>
    public static void WriteKey(KuzuRows rows, EntityId id, KeySchema key)
    {
        var value = new WireReader(id.Key);
        if (key.Value == ValueKind.Guid) rows.String(GuidCodec.Read(ref value).ToString());
        else Write(rows, key.Value, ref value);
    }

    private static void WriteText(KuzuRows rows, ReadOnlySpan<byte> utf8)
    {
        if (CanHoldText(utf8)) rows.String(utf8);
        else rows.Null();
    }

    private static bool CanHoldText(ReadOnlySpan<byte> utf8) => utf8.Length <= MaxText && !utf8.Contains((byte)0);

    private static void WriteBlob(KuzuRows rows, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= MaxBlob) rows.Blob(bytes);
        else rows.Null();
    }

    private static long Microseconds(long ticks) => (ticks - UnixEpochTicks) / TimeSpan.TicksPerMicrosecond;

    private static KuzuInterval Interval(TimeSpan value) => new(0, value.Days, (value.Ticks - (value.Days * TimeSpan.TicksPerDay)) / TimeSpan.TicksPerMicrosecond);
}
