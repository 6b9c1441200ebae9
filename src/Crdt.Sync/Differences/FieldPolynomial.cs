namespace Crdt.Sync.Differences;

/// <summary>
/// What decoding needs of polynomials over the field of 2^64 elements. Coefficients stand by degree, the lowest first; the last is not 0 but in what is said to be
/// untrimmed, so a length is a degree and one.
/// </summary>
internal static class FieldPolynomial
{
    /// <summary>
    /// Divides a polynomial by another whose highest coefficient is 1. Of the first, the coefficients from the degree of the second on become those of the quotient, and
    /// those below it become the remainder, untrimmed. O(n m).
    /// </summary>
    public static void Divide(Span<ulong> dividend, ReadOnlySpan<ulong> monic)
    {
        var degree = monic.Length - 1;
        for (var shift = dividend.Length - monic.Length; shift >= 0; shift--)
            BinaryField.AddScaled(dividend.Slice(shift, degree), monic[..degree], dividend[shift + degree]);
    }

    /// <summary>The greatest common divisor of two polynomials, the highest coefficient 1; both are used up. O(n m).</summary>
    /// <param name="left">The first, which is not 0.</param>
    /// <param name="right">The second, untrimmed.</param>
    public static Span<ulong> GreatestCommonDivisor(Span<ulong> left, Span<ulong> right)
    {
        for (right = Trim(right); right.Length > 0;)
        {
            var rest = Reduce(left, right);
            left = right;
            right = rest;
        }

        BinaryField.Scale(left, BinaryField.Inverse(left[^1]));
        return left;
    }

    /// <summary>Without the highest coefficients where those are 0.</summary>
    public static Span<ulong> Trim(Span<ulong> polynomial) => polynomial.TrimEnd(0UL);

    // A multiple of the remainder: to multiply both sides costs less than to find an inverse at each step.
    private static Span<ulong> Reduce(Span<ulong> dividend, ReadOnlySpan<ulong> divisor)
    {
        while (dividend.Length >= divisor.Length)
        {
            var highest = dividend[^1];
            dividend = dividend[..^1];
            BinaryField.Scale(dividend, divisor[^1]);
            BinaryField.AddScaled(dividend[^(divisor.Length - 1)..], divisor[..^1], highest);
            dividend = Trim(dividend);
        }

        return dividend;
    }
}
