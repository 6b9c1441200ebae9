using System.Numerics;

namespace Crdt.Dynamic;

/// <summary>Turns a number into another type of number, where that holds it exactly.</summary>
internal static class NumberConversion
{
    /// <summary>The number as <typeparamref name="T"/>; null where it is none, or wouldn't stay the same.</summary>
    public static object? To<T>(object value) => value switch
    {
        sbyte or byte or short or ushort or int or uint or long or ulong or Int128 => OfInteger<T>(Widest(value)),
        float number => typeof(T) == typeof(double) ? (double)number : null,
        _ => null,
    };

    private static Int128 Widest(object value) => value switch
    {
        sbyte number => number,
        byte number => number,
        short number => number,
        ushort number => number,
        int number => number,
        uint number => number,
        long number => number,
        ulong number => number,
        _ => (Int128)value,
    };

    private static object? OfInteger<T>(Int128 value)
    {
        if (typeof(T) == typeof(sbyte)) return Exact<sbyte>(value);
        if (typeof(T) == typeof(byte)) return Exact<byte>(value);
        if (typeof(T) == typeof(short)) return Exact<short>(value);
        if (typeof(T) == typeof(ushort)) return Exact<ushort>(value);
        if (typeof(T) == typeof(int)) return Exact<int>(value);
        if (typeof(T) == typeof(uint)) return Exact<uint>(value);
        if (typeof(T) == typeof(long)) return Exact<long>(value);
        if (typeof(T) == typeof(ulong)) return Exact<ulong>(value);
        if (typeof(T) == typeof(Int128)) return value;
        if (typeof(T) == typeof(float)) return Exact<float>(value);
        if (typeof(T) == typeof(double)) return Exact<double>(value);
        return typeof(T) == typeof(decimal) ? Exact<decimal>(value) : null;
    }

    // Saturating first: what comes back changed was out of range, or lost digits.
    private static object? Exact<T>(Int128 value)
        where T : struct, INumber<T>
    {
        // Every other number comes back changed; this one as itself, from a power of two above it.
        if (value == Int128.MaxValue) return null;
        var converted = T.CreateSaturating(value);
        return Int128.CreateSaturating(converted) == value ? converted : null;
    }
}
