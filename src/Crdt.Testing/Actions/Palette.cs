using System.Globalization;
using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Testing.Actions;

/// <summary>A few values of each type: the ones that codecs and comparisons get wrong.</summary>
internal static class Palette
{
    /// <summary>The values of a type, without null.</summary>
    public static Choice[] Of(ValueSchema type) => type.Kind switch
    {
        ValueKind.Boolean => Of<bool, BooleanCodec>(false, true),
        ValueKind.Int8 => Of<sbyte, SByteCodec>(0, -1, 1, sbyte.MinValue, sbyte.MaxValue),
        ValueKind.Int16 => Of<short, Int16Codec>(0, -1, 1, short.MinValue, short.MaxValue),
        ValueKind.Int32 => Of<int, Int32Codec>(0, -1, 1, int.MinValue, int.MaxValue),
        ValueKind.Int64 => Of<long, Int64Codec>(0, -1, 1, long.MinValue, long.MaxValue),
        ValueKind.UInt8 => Of<byte, ByteCodec>(0, 1, byte.MaxValue),
        ValueKind.UInt16 => Of<ushort, UInt16Codec>(0, 1, ushort.MaxValue),
        ValueKind.UInt32 => Of<uint, UInt32Codec>(0, 1, uint.MaxValue),
        ValueKind.UInt64 => Of<ulong, UInt64Codec>(0, 1, ulong.MaxValue),
        ValueKind.Int128 => Of<Int128, Int128Codec>(0, -1, Int128.MinValue, Int128.MaxValue),
        ValueKind.Single => Of<float, SingleCodec>(0f, -0f, 1.5f, float.NaN),
        ValueKind.Double => Of<double, DoubleCodec>(0.0, -0.0, double.Epsilon, double.NaN),
        ValueKind.Decimal => Of<decimal, DecimalCodec>(1.0m, 1.00m, 0m, -0.0m, decimal.MaxValue),
        ValueKind.Text => Of<string, TextCodec>("", "a", "é", "e\u0301", "\U0001F600"),
        ValueKind.Bytes => Of<byte[], BytesCodec>([], [0], [0, 0], [255]),
        ValueKind.Guid => Of<Guid, GuidCodec>(Guid.Empty, new("00112233-4455-6677-8899-aabbccddeeff")),
        ValueKind.Date => Of<DateOnly, DateCodec>(DateOnly.MinValue, DateOnly.MaxValue, new(2024, 2, 29)),
        ValueKind.Time => Of<TimeOnly, TimeCodec>(TimeOnly.MinValue, TimeOnly.MaxValue, new(12, 30)),
        ValueKind.DateTime => Of<DateTime, DateTimeCodec>(DateTime.UnixEpoch, new(1, DateTimeKind.Utc), new(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc)),
        ValueKind.DateTimeOffset => Of<DateTimeOffset, DateTimeOffsetCodec>(
            DateTimeOffset.UnixEpoch, new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero), new(2024, 2, 29, 14, 0, 0, TimeSpan.FromHours(2))),
        ValueKind.Duration => Of<TimeSpan, DurationCodec>(TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue),
        ValueKind.Enum => OfEnum(type),
        ValueKind.List => [.. Lists(Of(type.Element!))],
        ValueKind.Optional => [new([], "null"), .. Of(type.Element!).Take(2).Select(value => new Choice([1, .. value.Bytes], value.Words))],
        ValueKind.Record => [.. Records(type)],
        _ => throw new NotSupportedException($"There are no sample values of type {type}."),
    };

    /// <summary>What a register can be set to: null too, where it is nullable.</summary>
    public static Choice[] Of(FieldSchema field) => field.Nullable ? [.. Of(field.Value), new([], "null", IsAbsent: true)] : Of(field.Value);

    /// <summary>A few keys of a map or elements of a set.</summary>
    public static Choice[] Keys(ValueSchema type) => [.. Of(type).Where(value => value.Words != "NaN").Take(4)];

    private static Choice[] Of<T, TCodec>(params ReadOnlySpan<T> values)
        where TCodec : IValueCodec<T>
    {
        var choices = new Choice[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var writer = new WireWriter(32);
            TCodec.Write(ref writer, values[i]);
            choices[i] = new(writer.Finish(), Show(values[i]));
        }

        return choices;
    }

    private static string Show(object? value) => value switch
    {
        string text => $"\"{text}\"",
        byte[] bytes => $"0x{Convert.ToHexString(bytes)}",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private static Choice[] OfEnum(ValueSchema type)
    {
        var numbers = Of(type.Element!);
        if (type.Names.Count == 0) return numbers;
        var isSigned = type.Element!.Kind < ValueKind.UInt8;
        return [.. type.Names.Take(4).Select(name => new Choice(Number(name.Number, isSigned), name.Name)), numbers[^1]];
    }

    private static byte[] Number(long value, bool isSigned)
    {
        var writer = new WireWriter(10);
        if (isSigned) writer.WriteZigZag(value);
        else writer.WriteVarint((ulong)value);
        return writer.Finish();
    }

    private static IEnumerable<Choice> Lists(Choice[] items)
    {
        yield return new([], "[]");
        yield return Blocks([items[0]]);
        yield return Blocks([items[^1], items[0]]);
        yield return Blocks([items[0], items[^1]]);
    }

    private static IEnumerable<Choice> Records(ValueSchema type)
    {
        var members = type.Members.Select(member => Of(member.Value)).ToArray();
        for (var i = 0; i < 4; i++) yield return Blocks([.. members.Select((values, m) => values[(i + (i > 2 ? m : 0)) % values.Length])]);
    }

    private static Choice Blocks(Choice[] parts)
    {
        var writer = new WireWriter(64);
        foreach (var part in parts) writer.WriteBlock(part.Bytes);
        return new(writer.Finish(), $"[{string.Join(", ", parts.Select(part => part.Words))}]");
    }
}
