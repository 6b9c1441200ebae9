using System.Globalization;
using Crdt.Schema;

namespace Crdt.Kuzu.Capturing;

/// <summary>Reads simple values from text: what <see cref="Projecting.ValueText"/> writes, and other spellings of the same.</summary>
internal static class TextCapture
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <exception cref="FormatException">It is no value of the type.</exception>
    public static object Of(ValueSchema type, string text)
    {
        try
        {
            return Parse(type, text);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new FormatException($"'{text}' is no {type}.", error);
        }
    }

    private static object Parse(ValueSchema type, string text) => type.Kind switch
    {
        ValueKind.Boolean => bool.Parse(text),
        ValueKind.Int8 => sbyte.Parse(text, NumberStyles.AllowLeadingSign, Culture),
        ValueKind.Int16 => short.Parse(text, NumberStyles.AllowLeadingSign, Culture),
        ValueKind.Int32 => int.Parse(text, NumberStyles.AllowLeadingSign, Culture),
        ValueKind.Int64 => long.Parse(text, NumberStyles.AllowLeadingSign, Culture),
        ValueKind.UInt8 => byte.Parse(text, NumberStyles.None, Culture),
        ValueKind.UInt16 => ushort.Parse(text, NumberStyles.None, Culture),
        ValueKind.UInt32 => uint.Parse(text, NumberStyles.None, Culture),
        ValueKind.UInt64 => ulong.Parse(text, NumberStyles.None, Culture),
        ValueKind.Int128 => Int128.Parse(text, NumberStyles.AllowLeadingSign, Culture),
        ValueKind.Single => float.Parse(text, NumberStyles.Float, Culture),
        ValueKind.Double => double.Parse(text, NumberStyles.Float, Culture),
        ValueKind.Decimal => decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, Culture),
        ValueKind.Text => text,
        ValueKind.Bytes => Convert.FromBase64String(text),
        ValueKind.Guid => Guid.Parse(text, Culture),
        ValueKind.Date => DateOnly.Parse(text, Culture),
        ValueKind.Time => TimeOnly.Parse(text, Culture),
        ValueKind.DateTime => DateTime.Parse(text, Culture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal),
        ValueKind.DateTimeOffset => DateTimeOffset.Parse(text, Culture, DateTimeStyles.AssumeUniversal),
        ValueKind.Duration => TimeSpan.ParseExact(text, "c", Culture),
        ValueKind.Enum => EnumOf(type, text),
        _ => throw new FormatException(),
    };

    private static object EnumOf(ValueSchema type, string text)
    {
        if (type.Names.Any(known => known.Name == text)) return text;
        return type.Element!.Kind == ValueKind.UInt64 ? ulong.Parse(text, NumberStyles.None, Culture) : long.Parse(text, NumberStyles.AllowLeadingSign, Culture);
    }
}
