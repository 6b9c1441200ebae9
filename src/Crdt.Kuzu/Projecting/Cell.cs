using System.Globalization;
using System.Numerics;
using System.Text;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kuzu.Binding;
using Crdt.Schema;

namespace Crdt.Kuzu.Projecting;

/// <summary>Writes single values, in the form that their column holds.</summary>
internal static class Cell
{
    /// <summary>The longest text and the longest bytes that the engine takes.</summary>
    private const int MaxText = 262_144, MaxBlob = 4096;

    /// <summary>
    /// Writes an encoded value. One that the engine can't hold is shown as NULL; the truth has it. The truth merges values without looking
    /// into them, so a peer in error can send what is none of the field's type; it shows as NULL too, for one entity must not keep all
    /// others from being shown.
    /// </summary>
    public static void Write(ICells cells, ValueSchema type, WireReader value)
    {
        try
        {
            WriteReadable(cells, type, ref value);
        }
        catch (WireFormatException)
        {
            WriteNull(cells, type);
        }
    }

    /// <summary>
    /// Writes that there is no value. A record then is a struct whose fields all are NULL: of a struct that is NULL itself, the engine
    /// reads the fields as 0 and empty text.
    /// </summary>
    public static void WriteNull(ICells cells, ValueSchema type)
    {
        if (type.Kind == ValueKind.Optional)
        {
            WriteNull(cells, type.Element!);
        }
        else if (type.Kind == ValueKind.Record)
        {
            cells.BeginStruct();
            foreach (var member in type.Members) WriteNull(cells, member.Value);
            cells.EndStruct();
        }
        else
        {
            cells.Null();
        }
    }

    /// <exception cref="WireFormatException">It is no value of this type; nothing was written.</exception>
    private static void WriteReadable(ICells cells, ValueSchema type, ref WireReader value)
    {
        switch (type.Kind)
        {
            case ValueKind.Optional when value.Remaining == 0: WriteNull(cells, type); break;
            case ValueKind.Optional:
                value.ReadByte();
                WriteReadable(cells, type.Element!, ref value);
                break;
            case ValueKind.List: WriteText(cells, JsonText.Of(type, value)); break;
            case ValueKind.Record: WriteRecord(cells, type.Members, value); break;
            default: WriteSimple(cells, type, ref value); break;
        }
    }

    private static void WriteSimple(ICells cells, ValueSchema type, ref WireReader value)
    {
        switch (type.Kind)
        {
            case ValueKind.Boolean: cells.Boolean(ValueText.Read<bool, BooleanCodec>(ref value)); break;
            case ValueKind.Int8: Signed(cells, ValueText.Read<sbyte, SByteCodec>(ref value), static (to, number) => to.Int8(number)); break;
            case ValueKind.Int16: Signed(cells, ValueText.Read<short, Int16Codec>(ref value), static (to, number) => to.Int16(number)); break;
            case ValueKind.Int32: Signed(cells, ValueText.Read<int, Int32Codec>(ref value), static (to, number) => to.Int32(number)); break;
            case ValueKind.Int64: Signed(cells, ValueText.Read<long, Int64Codec>(ref value), static (to, number) => to.Int64(number)); break;
            case ValueKind.UInt8: cells.UInt8(ValueText.Read<byte, ByteCodec>(ref value)); break;
            case ValueKind.UInt16: cells.UInt16(ValueText.Read<ushort, UInt16Codec>(ref value)); break;
            case ValueKind.UInt32: cells.UInt32(ValueText.Read<uint, UInt32Codec>(ref value)); break;
            case ValueKind.UInt64: cells.UInt64(ValueText.Read<ulong, UInt64Codec>(ref value)); break;
            case ValueKind.Int128: cells.Int128(ValueText.Read<Int128, Int128Codec>(ref value)); break;
            case ValueKind.Single: cells.Single(ValueText.Read<float, SingleCodec>(ref value)); break;
            case ValueKind.Double: cells.Double(ValueText.Read<double, DoubleCodec>(ref value)); break;
            case ValueKind.Text: WriteText(cells, value.ReadBytes(value.Remaining)); break;
            case ValueKind.Bytes when !cells.IsInStruct: WriteBlob(cells, value.ReadBytes(value.Remaining)); break;
            case ValueKind.Guid when !cells.IsInStruct: cells.Uuid(ValueText.Read<Guid, GuidCodec>(ref value)); break;
            case ValueKind.Decimal when type.Digits.Precision > 0 && !cells.IsInStruct: WriteDecimal(cells, type, ValueText.Read<decimal, DecimalCodec>(ref value)); break;
            case ValueKind.Decimal or ValueKind.Time or ValueKind.Enum or ValueKind.Guid or ValueKind.Bytes: WriteText(cells, Encoding.UTF8.GetBytes(ValueText.Of(type, ref value))); break;
            case ValueKind.Date: cells.Date(ValueText.Read<DateOnly, DateCodec>(ref value)); break;
            case ValueKind.DateTime: cells.Timestamp(ValueText.Read<DateTime, DateTimeCodec>(ref value)); break;
            case ValueKind.DateTimeOffset: cells.Timestamp(ValueText.Read<DateTimeOffset, DateTimeOffsetCodec>(ref value).UtcDateTime); break;
            case ValueKind.Duration: cells.Interval(Interval(ValueText.Read<TimeSpan, DurationCodec>(ref value))); break;
            default: throw new NotSupportedException($"Values of type {type} have no column.");
        }
    }

    /// <summary>Writes the value of a counter.</summary>
    public static void WriteCount(ICells cells, long count) => Signed(cells, count, static (to, number) => to.Int64(number));

    /// <summary>Writes what a register that can't be null reads as before it is written.</summary>
    public static void WriteInitial(ICells cells, ValueSchema type)
    {
        if (type.Kind == ValueKind.Record)
        {
            cells.BeginStruct();
            foreach (var member in type.Members) WriteInitialMember(cells, member.Value);
            cells.EndStruct();
            return;
        }

        var writer = new WireWriter(16);
        switch (type.Kind)
        {
            case ValueKind.Text or ValueKind.Bytes or ValueKind.List: break;
            case ValueKind.Int128 or ValueKind.Decimal or ValueKind.Guid: writer.Take(16).Clear(); break;
            case ValueKind.Single: SingleCodec.Write(ref writer, 0); break;
            case ValueKind.Double: DoubleCodec.Write(ref writer, 0); break;
            case ValueKind.DateTimeOffset: DateTimeOffsetCodec.Write(ref writer, default); break;
            default: writer.WriteByte(0); break;
        }

        Write(cells, type, new(writer.Finish()));
    }

    private static void WriteInitialMember(ICells cells, ValueSchema type)
    {
        if (type.Kind == ValueKind.Optional) WriteNull(cells, type);
        else WriteInitial(cells, type);
    }

    // The members are taken apart before the struct is begun: what was begun can't be taken back.
    private static void WriteRecord(ICells cells, IReadOnlyList<ValueMember> members, WireReader value)
    {
        var parts = value;
        for (var i = 0; i < members.Count; i++) parts.ReadBlock();
        parts.End();
        cells.BeginStruct();
        foreach (var member in members) Write(cells, member.Value, value.ReadNested());
        cells.EndStruct();
    }

    /// <summary>
    /// Whether the engine can hold a key: text must not be longer than it takes, hold U+0000, or be no UTF-8; an integer
    /// must not be the lowest of its type.
    /// </summary>
    public static bool CanHold(ReadOnlySpan<byte> key, ValueKind kind) => kind switch
    {
        ValueKind.Text => CanHoldText(key),
        ValueKind.Int8 => new WireReader(key).ReadZigZag() != sbyte.MinValue,
        ValueKind.Int16 => new WireReader(key).ReadZigZag() != short.MinValue,
        ValueKind.Int32 => new WireReader(key).ReadZigZag() != int.MinValue,
        ValueKind.Int64 => new WireReader(key).ReadZigZag() != long.MinValue,
        _ => true,
    };

    /// <summary>Writes the key of a node or the discriminator of a relationship.</summary>
    public static void WriteKey(KuzuRows rows, EntityId id, KeySchema key) => _ = key.Value switch
    {
        ValueKind.Text => rows.String(id.Key),
        ValueKind.Guid => rows.String(GuidText(id)),
        ValueKind.Int8 => rows.Int8((sbyte)Integer(id)),
        ValueKind.Int16 => rows.Int16((short)Integer(id)),
        ValueKind.Int32 => rows.Int32((int)Integer(id)),
        ValueKind.Int64 => rows.Int64(Integer(id)),
        ValueKind.UInt8 => rows.UInt8((byte)Integer(id)),
        ValueKind.UInt16 => rows.UInt16((ushort)Integer(id)),
        ValueKind.UInt32 => rows.UInt32((uint)Integer(id)),
        ValueKind.UInt64 => rows.UInt64(new WireReader(id.Key).ReadVarint()),
        var kind => throw NoKey(kind),
    };

    /// <summary>Gives a parameter the key of a node or the discriminator of a relationship, in the type of its column.</summary>
    public static void BindKey(KuzuStatement statement, string name, EntityId id, KeySchema key) => _ = key.Value switch
    {
        ValueKind.Text => statement.Bind(name, Encoding.UTF8.GetString(id.Key)),
        ValueKind.Guid => statement.Bind(name, GuidText(id)),
        ValueKind.Int8 => statement.Bind(name, (sbyte)Integer(id)),
        ValueKind.Int16 => statement.Bind(name, (short)Integer(id)),
        ValueKind.Int32 => statement.Bind(name, (int)Integer(id)),
        ValueKind.Int64 => statement.Bind(name, Integer(id)),
        ValueKind.UInt8 => statement.Bind(name, (byte)Integer(id)),
        ValueKind.UInt16 => statement.Bind(name, (ushort)Integer(id)),
        ValueKind.UInt32 => statement.Bind(name, (uint)Integer(id)),
        ValueKind.UInt64 => statement.Bind(name, new WireReader(id.Key).ReadVarint()),
        var kind => throw NoKey(kind),
    };

    /// <summary>The key of a node or the discriminator of a relationship as text.</summary>
    public static string KeyText(EntityId id, KeySchema key) => key.Value switch
    {
        ValueKind.Text => Encoding.UTF8.GetString(id.Key),
        ValueKind.Guid => GuidText(id),
        ValueKind.UInt64 => new WireReader(id.Key).ReadVarint().ToString(CultureInfo.InvariantCulture),
        _ => Integer(id).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A key that is an integer of any type but UInt64: all of them have the one form of a signed number, unlike values.</summary>
    private static long Integer(EntityId id) => new WireReader(id.Key).ReadZigZag();

    private static string GuidText(EntityId id)
    {
        var key = new WireReader(id.Key);
        return GuidCodec.Read(ref key).ToString();
    }

    private static NotSupportedException NoKey(ValueKind kind) => new($"Values of type {kind} are no keys.");

    /// <summary>Writes an integer; the lowest of its type as NULL, for the engine's compression turns it into 0.</summary>
    private static void Signed<T>(ICells cells, T value, Action<ICells, T> write)
        where T : IMinMaxValue<T>, IEquatable<T>
    {
        if (value.Equals(T.MinValue)) cells.Null();
        else write(cells, value);
    }

    /// <summary>Writes text; as NULL where the engine can't hold it.</summary>
    public static void WriteText(ICells cells, ReadOnlySpan<byte> utf8)
    {
        if (CanHoldText(utf8)) cells.String(utf8);
        else cells.Null();
    }

    private static bool CanHoldText(ReadOnlySpan<byte> utf8) => utf8.Length <= MaxText && !utf8.Contains((byte)0) && System.Text.Unicode.Utf8.IsValid(utf8);

    /// <summary>Writes a number in the digits of its column: rounded, half away from zero; as NULL where it has more before the point.</summary>
    private static void WriteDecimal(ICells cells, ValueSchema type, decimal value)
    {
        var (precision, scale) = type.Digits;
        var limit = new decimal(Math.Pow(10, precision - scale));
        var rounded = Math.Abs(value) < limit ? decimal.Round(value, scale, MidpointRounding.AwayFromZero) : value;
        // A sum takes the longer of two scales, so this has the zeros that the column shows; and there is one zero only.
        if (Math.Abs(rounded) < limit) cells.Decimal((rounded == 0 ? 0 : rounded) + new decimal(0, 0, 0, false, (byte)scale));
        else cells.Null();
    }

    private static void WriteBlob(ICells cells, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= MaxBlob) cells.Blob(bytes);
        else cells.Null();
    }

    /// <summary>A span of time in days and microseconds; what is finer is dropped.</summary>
    public static KuzuInterval Interval(TimeSpan value) => new(0, value.Days, (value.Ticks - (value.Days * TimeSpan.TicksPerDay)) / TimeSpan.TicksPerMicrosecond);
}
