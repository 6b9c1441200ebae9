using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace Crdt.Sync.Differences;

/// <summary>
/// The field of 2^64 elements: polynomials over GF(2) of degree below 64, one bit a coefficient, modulo x^64 + x^4 + x^3 + x + 1. The sum and the difference
/// of two elements are their exclusive or. The same on every platform, whether its processor multiplies without carry or not.
/// </summary>
/// <remarks>
/// x^64 equals x^4 + x^3 + x + 1 here, so the upper half of a product of 128 bits comes down as its product with that, and the four bits at most that this pushes out at the top once more.
/// (Gueron, Kounavis, "Efficient implementation of the Galois Counter Mode using a carry-less multiplier and a fast reduction algorithm", Information Processing Letters 110, 2010.)
/// </remarks>
internal static class BinaryField
{
    /// <summary>How many bits an element has: it is its own power to 2 to that.</summary>
    public const int Bits = 64;

    // x^4 + x^3 + x + 1, a bit a coefficient.
    private const ulong Modulus = 0x1B;

    /// <summary>The product of two elements. Three carry-less multiplications where the processor has them, 2 to 5 ns; else about 150 steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Multiply(ulong left, ulong right) =>
        Pclmulqdq.IsSupported || ArmAes.IsSupported ? Reduce(Product(left, right)) : MultiplyPortably(left, right);

    /// <summary>The product, by integer operations only: four bits of one factor at a time, from the top.</summary>
    public static ulong MultiplyPortably(ulong left, ulong right)
    {
        // All products with polynomials of degree below four.
        Span<ulong> multiples = stackalloc ulong[16];
        multiples[0] = 0;
        multiples[1] = left;
        for (var i = 2; i < multiples.Length; i += 2)
        {
            var half = multiples[i >> 1];
            multiples[i] = (half << 1) ^ Fold(half >> 63);
            multiples[i + 1] = multiples[i] ^ left;
        }

        var product = 0UL;
        for (var shift = 60; shift >= 0; shift -= 4)
            product = (product << 4) ^ Fold(product >> 60) ^ multiples[(int)(right >> shift) & 15];
        return product;
    }

    /// <summary>The element times itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Square(ulong element) => Multiply(element, element);

    /// <summary>The sum of the products of two lists of the same length, element by element.</summary>
    public static ulong Dot(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        right = right[..left.Length];
        if (!Pclmulqdq.IsSupported && !ArmAes.IsSupported)
        {
            var portable = 0UL;
            for (var i = 0; i < left.Length; i++) portable ^= MultiplyPortably(left[i], right[i]);
            return portable;
        }

        // Whole products are added up, and brought down once.
        var sum = Vector128<ulong>.Zero;
        for (var i = 0; i < left.Length; i++) sum ^= Product(left[i], right[i]);
        return Reduce(sum);
    }

    /// <summary>The element that gives 1 when multiplied with this one: its power to 2^64 − 2, in 126 multiplications.</summary>
    /// <exception cref="DivideByZeroException">The element is 0.</exception>
    public static ulong Inverse(ulong element)
    {
        if (element == 0) throw new DivideByZeroException("0 has no inverse.");
        // 2^64 - 2 is the sum of 2, 4, 8 and so on up to 2^63.
        var (power, inverse) = (element, 1UL);
        for (var bit = 1; bit < Bits; bit++)
        {
            power = Square(power);
            inverse = Multiply(inverse, power);
        }

        return inverse;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Product(ulong left, ulong right) => Pclmulqdq.IsSupported
        ? Pclmulqdq.CarrylessMultiply(Vector128.CreateScalarUnsafe(left), Vector128.CreateScalarUnsafe(right), 0)
        : ArmAes.PolynomialMultiplyWideningLower(Vector64.Create(left), Vector64.Create(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Reduce(Vector128<ulong> product)
    {
        var once = UpperProduct(product, Modulus);
        return (product ^ once ^ UpperProduct(once, Modulus)).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> UpperProduct(Vector128<ulong> left, ulong right) => Pclmulqdq.IsSupported
        ? Pclmulqdq.CarrylessMultiply(left, Vector128.CreateScalar(right), 1)
        : ArmAes.PolynomialMultiplyWideningLower(left.GetUpper(), Vector64.Create(right));

    /// <summary>An element times x^4 + x^3 + x + 1, but for what is pushed out at the top.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong element) => element ^ (element << 1) ^ (element << 3) ^ (element << 4);
}
