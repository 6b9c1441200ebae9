using System.Globalization;
using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Native;

/// <summary>Reads a value of any type into .NET's own. What the engine owns is copied, so nothing read depends on it afterwards.</summary>
internal static unsafe partial class ValueReader
{
    public static TypeId TypeOf(BoxedOwned* value)
    {
        Boxed type = default;
        KuzuApi.ValueGetType(value, &type);
        var id = KuzuApi.TypeGetId(&type);
        KuzuApi.TypeDestroy(&type);
        return id;
    }

    public static object? Read(BoxedOwned* value) =>
        KuzuApi.ValueIsNull(value) ? null : ReadScalar(TypeOf(value), value);

    private static object? ReadScalar(TypeId type, BoxedOwned* value) => type switch
    {
        TypeId.Bool => Get<byte>(&KuzuApi.ValueGetBool, value) != 0,
        TypeId.Int64 => Get<long>(&KuzuApi.ValueGetInt64, value),
        TypeId.Int32 => Get<int>(&KuzuApi.ValueGetInt32, value),
        TypeId.Int16 => Get<short>(&KuzuApi.ValueGetInt16, value),
        TypeId.Int8 => Get<sbyte>(&KuzuApi.ValueGetInt8, value),
        TypeId.UInt64 => Get<ulong>(&KuzuApi.ValueGetUInt64, value),
        TypeId.UInt32 => Get<uint>(&KuzuApi.ValueGetUInt32, value),
        TypeId.UInt16 => Get<ushort>(&KuzuApi.ValueGetUInt16, value),
        TypeId.UInt8 => Get<byte>(&KuzuApi.ValueGetUInt8, value),
        TypeId.Int128 => Get<NativeInt128>(&KuzuApi.ValueGetInt128, value).ToInt128(),
        TypeId.Double => Get<double>(&KuzuApi.ValueGetDouble, value),
        TypeId.Float => Get<float>(&KuzuApi.ValueGetFloat, value),
        TypeId.Serial => long.Parse(TextOf(value), CultureInfo.InvariantCulture),
        TypeId.Interval => Get<KuzuInterval>(&KuzuApi.ValueGetInterval, value),
        TypeId.InternalId => Get<KuzuInternalId>(&KuzuApi.ValueGetInternalId, value),
        TypeId.String => GetText(&KuzuApi.ValueGetString, value),
        TypeId.Blob => BlobText.Parse(TextOf(value)),
        TypeId.Uuid => Guid.Parse(GetText(&KuzuApi.ValueGetUuid, value)),
        TypeId.Decimal => ReadDecimal(DecimalText(value)),
        TypeId.Any => null,
        _ => ReadTime(type, value),
    };

    private static object? ReadTime(TypeId type, BoxedOwned* value) => type switch
    {
        TypeId.Date => Instants.FromDays(Get<int>(&KuzuApi.ValueGetDate, value)),
        TypeId.Timestamp => Instants.FromUnits(Get<long>(&KuzuApi.ValueGetTimestamp, value), TimeSpan.TicksPerMicrosecond),
        TypeId.TimestampMs => Instants.FromUnits(Get<long>(&KuzuApi.ValueGetTimestampMs, value), TimeSpan.TicksPerMillisecond),
        TypeId.TimestampSec => Instants.FromUnits(Get<long>(&KuzuApi.ValueGetTimestampSec, value), TimeSpan.TicksPerSecond),
        TypeId.TimestampNs => new KuzuNanoseconds(Get<long>(&KuzuApi.ValueGetTimestampNs, value)),
        TypeId.TimestampTz => new DateTimeOffset(Instants.FromUnits(Get<long>(&KuzuApi.ValueGetTimestampTz, value), TimeSpan.TicksPerMicrosecond)),
        _ => ReadNested(type, value),
    };

    /// <summary>A decimal of up to 28 digits, a zero before the point aside, as .NET's; one that is longer, and would lose digits, as its text.</summary>
    private static object ReadDecimal(string text) =>
        text.TrimStart('-').TrimStart('0').Count(char.IsAsciiDigit) <= 28 ? decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture) : text;

    /// <summary>
    /// A decimal's digits. The engine pads a negative fraction on the wrong side of its sign: -0.001 is <c>0.0-1</c>, and -0.1 is
    /// <c>-.1</c>.
    /// </summary>
    public static string DecimalText(BoxedOwned* value)
    {
        var text = GetText(&KuzuApi.ValueGetDecimal, value);
        if (!text.Contains('-') || (text[0] == '-' && text is [_, not '.', ..]))
            return text;
        var point = text.IndexOf('.');
        var whole = text[..point].Trim('-');
        return $"-{(whole.Length == 0 ? "0" : whole)}.{text[(point + 1)..].Replace('-', '0')}";
    }

    public static T Get<T>(delegate*<BoxedOwned*, T*, State> get, BoxedOwned* value)
        where T : unmanaged
    {
        T result = default;
        return get(value, &result) == State.Success ? result : throw WrongType(value);
    }

    public static string GetText(delegate*<BoxedOwned*, byte**, State> get, BoxedOwned* value)
    {
        byte* text = null;
        return get(value, &text) == State.Success ? NativeText.Take(text)! : throw WrongType(value);
    }

    public static string TextOf(BoxedOwned* value) => NativeText.Take(KuzuApi.ValueToString(value)) ?? "";

    public static InvalidCastException WrongType(BoxedOwned* value) =>
        new(KuzuApi.ValueIsNull(value) ? "The value is NULL." : $"The value is a {TypeOf(value)}, which is not what was asked for.");
}
