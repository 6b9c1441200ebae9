using System.Runtime.CompilerServices;

namespace Crdt.Sync.Differences;

/// <content>
/// The same by integer operations only, for processors and browsers that don't multiply without carry: four bits of one factor at a time, from the top. All products of the other with polynomials of
/// degree below four are a table, made once for each element that many are multiplied with.
/// </content>
internal static partial class BinaryField
{
    private const int TableSize = 16;

    /// <summary>The product of two elements.</summary>
    public static ulong MultiplyPortably(ulong left, ulong right) => Multiply(Tabulate(stackalloc ulong[TableSize], left), right);

    /// <summary>See <see cref="Dot"/>.</summary>
    public static ulong DotPortably(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        var sum = 0UL;
        for (var i = 0; i < left.Length; i++) sum ^= MultiplyPortably(left[i], right[i]);
        return sum;
    }

    /// <summary>See <see cref="Scale"/>.</summary>
    public static void ScalePortably(Span<ulong> elements, ulong factor)
    {
        var multiples = Tabulate(stackalloc ulong[TableSize], factor);
        foreach (ref var element in elements) element = Multiply(multiples, element);
    }

    /// <summary>See <see cref="AddScaled"/>.</summary>
    public static void AddScaledPortably(Span<ulong> to, ReadOnlySpan<ulong> elements, ulong factor)
    {
        var multiples = Tabulate(stackalloc ulong[TableSize], factor);
        for (var i = 0; i < to.Length; i++) to[i] ^= Multiply(multiples, elements[i]);
    }

    private static ReadOnlySpan<ulong> Tabulate(Span<ulong> multiples, ulong element)
    {
        (multiples[0], multiples[1]) = (0, element);
        for (var i = 2; i < multiples.Length; i += 2)
        {
            var half = multiples[i >> 1];
            multiples[i] = (half << 1) ^ Fold(half >> 63);
            multiples[i + 1] = multiples[i] ^ element;
        }

        return multiples;
    }

    private static ulong Multiply(ReadOnlySpan<ulong> multiples, ulong element)
    {
        var product = 0UL;
        for (var shift = 60; shift >= 0; shift -= 4)
            product = (product << 4) ^ Fold(product >> 60) ^ multiples[(int)(element >> shift) & 15];
        return product;
    }

    /// <summary>Few bits times x^4 + x^3 + x + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong bits) => bits ^ (bits << 1) ^ (bits << 3) ^ (bits << 4);
}
