using Crdt.Codec;

namespace Crdt.Schema;

/// <summary>The wire form of a type of value: its kind, then what it is made of.</summary>
internal static class ValueSchemaCodec
{
    private const int MaxName = 512, MaxDepth = 32;

    /// <summary>Stands for a decimal with digits, which follow it, in place of its kind; a plain one has its kind alone.</summary>
    private const byte DecimalWithDigits = 26;

    public static void Write(ref WireWriter writer, ValueSchema value)
    {
        writer.WriteByte(value.Digits.Precision > 0 ? DecimalWithDigits : (byte)value.Kind);
        if (value.Element is { } element) Write(ref writer, element);
        if (value.Digits.Precision > 0)
        {
            writer.WriteByte((byte)value.Digits.Precision);
            writer.WriteByte((byte)value.Digits.Scale);
        }
        else if (value.Kind == ValueKind.Enum)
        {
            writer.WriteVarint((ulong)value.Names.Count);
            foreach (var (number, name) in value.Names)
            {
                writer.WriteZigZag(number);
                writer.WriteText(name);
            }
        }
        else if (value.Kind == ValueKind.Record)
        {
            writer.WriteVarint((ulong)value.Members.Count);
            foreach (var member in value.Members)
            {
                writer.WriteText(member.Name);
                Write(ref writer, member.Value);
            }
        }
    }

    public static ValueSchema Read(ref WireReader reader, int depth = 1)
    {
        if (depth > MaxDepth) throw reader.Malformed($"a type of value is nested deeper than {MaxDepth}");
        var kind = (ValueKind)reader.ReadByte();
        return kind switch
        {
            >= ValueKind.Boolean and <= ValueKind.Duration => ValueSchema.Of(kind),
            ValueKind.Enum => ReadEnum(ref reader),
            ValueKind.List => ValueSchema.List(Read(ref reader, depth + 1)),
            ValueKind.Optional => ValueSchema.Optional(Read(ref reader, depth + 1)),
            ValueKind.Record => ReadRecord(ref reader, depth),
            (ValueKind)DecimalWithDigits => ReadDecimal(ref reader),
            _ => throw reader.Malformed($"there is no type of value number {(byte)kind}"),
        };
    }

    private static ValueSchema ReadDecimal(ref WireReader reader)
    {
        var (precision, scale) = (reader.ReadByte(), reader.ReadByte());
        if (precision is 0 or > ValueSchema.MaxPrecision || scale > precision) throw reader.Malformed($"a decimal can't have {precision} digits of which {scale} follow the point");
        return ValueSchema.Decimal(precision, scale);
    }

    private static ValueSchema ReadEnum(ref WireReader reader)
    {
        var number = (ValueKind)reader.ReadByte();
        if (number is < ValueKind.Int8 or > ValueKind.UInt64) throw reader.Malformed($"an enum can't be stored as {number}");
        var names = new EnumName[reader.ReadCount(bytesEach: 2)];
        for (var i = 0; i < names.Length; i++) names[i] = new(reader.ReadZigZag(), reader.ReadText(MaxName));
        return ValueSchema.Enum(number, names);
    }

    private static ValueSchema ReadRecord(ref WireReader reader, int depth)
    {
        var members = new ValueMember[reader.ReadCount(bytesEach: 2)];
        for (var i = 0; i < members.Length; i++) members[i] = new(reader.ReadText(MaxName), Read(ref reader, depth + 1));
        return ValueSchema.Record(members);
    }
}
