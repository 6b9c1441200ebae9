using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Tests.Properties.Models;

/// <summary>The order that extremes go by, written down once more.</summary>
internal static class ValueOrder
{
    public static Comparison<byte[]> Of(ValueKind kind) => kind switch
    {
        ValueKind.Int64 => By(bytes => new WireReader(bytes).ReadZigZag()),
        ValueKind.Decimal => By(Decimal),
        ValueKind.Double => By(bytes => BitConverter.UInt64BitsToDouble(new WireReader(bytes).ReadUInt64())),
        ValueKind.Text => (left, right) => string.CompareOrdinal(Text(left), Text(right)),
        _ => throw new NotSupportedException($"The model has no order of {kind}."),
    };

    private static Comparison<byte[]> By<T>(Func<byte[], T> read)
        where T : IComparable<T> => (left, right) =>
    {
        var order = read(left).CompareTo(read(right));
        return order != 0 ? order : left.AsSpan().SequenceCompareTo(right);
    };

    private static decimal Decimal(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        return new([(int)reader.ReadUInt32(), (int)reader.ReadUInt32(), (int)reader.ReadUInt32(), (int)reader.ReadUInt32()]);
    }

    private static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
