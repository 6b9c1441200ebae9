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
internal static partial class BinaryField
{
    /// <summary>How many bits an element has: it is its own power to 2 to that.</summary>
    public const int Bits = 64;

    // x^4 + x^3 + x + 1, a bit a coefficient.
    private const ulong Modulus = 0x1B;

    // The just-in-time compiler leaves only one branch of what asks for it.
    private static bool IsAccelerated
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Pclmulqdq.IsSupported || ArmAes.IsSupported;
    }

    /// <summary>The product of two elements. Three carry-less multiplications where the processor has them, 2 to 5 ns; else about 150 steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Multiply(ulong left, ulong right) => IsAccelerated ? Reduce(Product(left, right)) : MultiplyPortably(left, right);

    /// <summary>The element times itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Square(ulong element) => Multiply(element, element);

    /// <summary>The sum of the products of two lists of the same length, element by element.</summary>
    public static ulong Dot(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        right = right[..left.Length];
        if (!IsAccelerated) return DotPortably(left, right);
        // Whole products are added up, and brought down once.
        var sum = Vector128<ulong>.Zero;
        for (var i = 0; i < left.Length; i++) sum ^= Product(left[i], right[i]);
        return Reduce(sum);
    }

    /// <summary>Multiplies each element of a list by one.</summary>
    public static void Scale(Span<ulong> elements, ulong factor)
    {
        if (!IsAccelerated) ScalePortably(elements, factor);
        else foreach (ref var element in elements) element = Multiply(element, factor);
    }

    /// <summary>Adds the products of each element of a list with one to a list of the same length.</summary>
    public static void AddScaled(Span<ulong> to, ReadOnlySpan<ulong> elements, ulong factor)
    {
        elements = elements[..to.Length];
        if (!IsAccelerated) AddScaledPortably(to, elements, factor);
        else for (var i = 0; i < to.Length; i++) to[i] ^= Multiply(elements[i], factor);
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
}
