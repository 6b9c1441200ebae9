using System.Collections;
using Crdt.Codec;
using Crdt.Types;

namespace Crdt.Tests.Properties.Models;

/// <summary>What a field reads as through the members that users see, put into words that a model can be compared with.</summary>
internal static class Reading
{
    public static string[] Of(Field field) => field switch
    {
        ICounterMap<string> counters => [.. counters.Select(pair => $"{Hex(pair.Key)}={pair.Value}").Order(StringComparer.Ordinal)],
        IDictionary<string, string> map => Pairs(map),
        IDictionary<double, long> map => Pairs(map),
        IOrderedList<string> list => [.. list.Select(item => Hex(item)).Order(StringComparer.Ordinal)],
        IMultiValue<string> values => [.. values.Select(value => Hex(value))],
        IEnumerable elements => [.. elements.Cast<object>().Select(Hex).Order(StringComparer.Ordinal)],
        _ => [Value(field)],
    };

    private static string Value(Field field)
    {
        var value = field.GetType().GetProperty("Value")!.GetValue(field);
        return field.Kind is Schema.FieldKind.Counter or Schema.FieldKind.GrowOnlyCounter or Schema.FieldKind.BoundedCounter or Schema.FieldKind.EnableWins or Schema.FieldKind.DisableWins
            ? $"{value}"
            : Hex(value);
    }

    private static string[] Pairs<TKey, T>(IDictionary<TKey, T> map)
        where TKey : notnull => [.. map.Select(pair => $"{Hex(pair.Key)}={Hex(pair.Value)}").Order(StringComparer.Ordinal)];

    private static string Hex(object? value) => value switch
    {
        null => "null",
        bool flag => Hex<bool, BooleanCodec>(flag),
        int number => Hex<int, Int32Codec>(number),
        long number => Hex<long, Int64Codec>(number),
        double number => Hex<double, DoubleCodec>(number),
        decimal number => Hex<decimal, DecimalCodec>(number),
        string text => Hex<string, TextCodec>(text),
        byte[] bytes => Hex<byte[], BytesCodec>(bytes),
        DateTimeOffset moment => Hex<DateTimeOffset, DateTimeOffsetCodec>(moment),
        DayOfWeek day => Hex<int, Int32Codec>((int)day),
        IReadOnlyList<string?> list => Hex<IReadOnlyList<string?>, ListCodec<string?, OptionalReferenceCodec<string, TextCodec>>>(list),
        _ => throw new NotSupportedException($"There are no bytes for a {value.GetType()}."),
    };

    private static string Hex<T, TCodec>(T value)
        where TCodec : IValueCodec<T>
    {
        var writer = new WireWriter(32);
        TCodec.Write(ref writer, value);
        return Convert.ToHexString(writer.Finish());
    }
}
