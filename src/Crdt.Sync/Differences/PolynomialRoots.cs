namespace Crdt.Sync.Differences;

/// <summary>
/// The roots of a polynomial over the field of 2^64 elements that has as many as its degree says, by traces: the trace of an element, which is the sum of its 64
/// conjugates, is 0 or 1, so its multiples' traces tell roots apart. Factors are elements of a fixed basis, one after the other: any two roots differ in the trace for one of them at
/// least, so 64 rounds always do, and about ten mostly do.
/// (Berlekamp, "Factoring Polynomials over Large Finite Fields", Mathematics of Computation 24, 1970.)
/// </summary>
internal sealed class PolynomialRoots
{
    private readonly int _degree;
    // For each coefficient, what it is in x^(2^0), x^(2^1) and so on, modulo the polynomial.
    private readonly ulong[] _conjugates;
    private readonly bool _splits;

    private PolynomialRoots(ReadOnlySpan<ulong> polynomial)
    {
        _degree = polynomial.Length - 1;
        _conjugates = new ulong[_degree * BinaryField.Bits];
        _splits = Conjugate(polynomial);
    }

    /// <summary>
    /// All roots, or null where there are fewer than the degree says: then it has a factor without roots, or one several times. O(n²) products of 64 elements each, whatever
    /// the coefficients are: about 30,000 for degree 31 before it is known whether there are roots, and 300,000 at the very worst.
    /// </summary>
    /// <param name="polynomial">Of degree 1 at least; its highest coefficient is 1.</param>
    public static List<ulong>? Find(ulong[] polynomial)
    {
        // The root of x + a is a.
        if (polynomial.Length == 2) return [polynomial[0]];
        var roots = new PolynomialRoots(polynomial);
        return roots._splits ? roots.Split(polynomial) : null;
    }

    /// <summary>Squares x 64 times. It comes round exactly where the polynomial divides x^(2^64) + x, which has every element as a root once.</summary>
    private bool Conjugate(ReadOnlySpan<ulong> polynomial)
    {
        var (squares, half) = (SquaresModulo(polynomial), (_degree + 1) / 2);
        var (power, next) = (new ulong[_degree], new ulong[_degree]);
        power[1] = 1;
        for (var round = 0; round < BinaryField.Bits; round++)
        {
            for (var i = 0; i < _degree; i++) _conjugates[(i * BinaryField.Bits) + round] = power[i];
            foreach (ref var coefficient in power.AsSpan()) coefficient = BinaryField.Square(coefficient);
            for (var i = 0; i < _degree; i++) next[i] = BinaryField.Dot(power.AsSpan(half), squares.AsSpan(i * (_degree - half))) ^ (i % 2 == 0 ? power[i / 2] : 0);
            (power, next) = (next, power);
        }

        return power[1] == 1 && !power.AsSpan(2).ContainsAnyExcept(0UL) && power[0] == 0;
    }

    /// <summary>For each coefficient, what it is in the even powers of x that are at least the degree and below twice that, modulo the polynomial.</summary>
    private ulong[] SquaresModulo(ReadOnlySpan<ulong> polynomial)
    {
        var half = (_degree + 1) / 2;
        var squares = new ulong[_degree * (_degree - half)];
        var power = polynomial[..^1].ToArray(); // x^degree
        for (var exponent = _degree; exponent < 2 * _degree; exponent++)
        {
            for (var i = 0; exponent % 2 == 0 && i < _degree; i++) squares[(i * (_degree - half)) + (exponent / 2) - half] = power[i];
            var highest = power[^1];
            power.AsSpan(..^1).CopyTo(power.AsSpan(1));
            power[0] = 0;
            BinaryField.AddScaled(power, polynomial[..^1], highest);
        }

        return squares;
    }

    private List<ulong>? Split(ulong[] polynomial)
    {
        var (roots, factors) = (new List<ulong>(_degree), new List<ulong[]> { polynomial });
        for (var bit = 0; bit < BinaryField.Bits && factors.Count > 0; bit++)
        {
            var (trace, left) = (TraceOf(1UL << bit), new List<ulong[]>());
            foreach (var factor in factors.SelectMany(factor => Split(factor, trace)))
            {
                if (factor.Length == 2) roots.Add(factor[0]);
                else left.Add(factor);
            }

            factors = left;
        }

        return factors.Count == 0 ? roots : null;
    }

    /// <summary>The trace of a multiple of x, modulo the polynomial.</summary>
    private ulong[] TraceOf(ulong multiple)
    {
        var (conjugates, trace) = (new ulong[BinaryField.Bits], new ulong[_degree]);
        foreach (ref var conjugate in conjugates.AsSpan())
        {
            conjugate = multiple;
            multiple = BinaryField.Square(multiple);
        }

        for (var i = 0; i < _degree; i++) trace[i] = BinaryField.Dot(conjugates, _conjugates.AsSpan(i * BinaryField.Bits, BinaryField.Bits));
        return trace;
    }

    /// <summary>The part of a factor whose roots have the trace 0, and the part whose roots have the trace 1; the factor itself where all have the same.</summary>
    private static IEnumerable<ulong[]> Split(ulong[] factor, ulong[] trace)
    {
        ulong[] rest = [.. trace], quotient = [.. factor];
        FieldPolynomial.Divide(rest, factor);
        var zeros = FieldPolynomial.GreatestCommonDivisor([.. factor], rest.AsSpan(0, Math.Min(rest.Length, factor.Length - 1))).ToArray();
        if (zeros.Length == 1 || zeros.Length == factor.Length) return [factor];
        FieldPolynomial.Divide(quotient, zeros);
        return [zeros, quotient[(zeros.Length - 1)..]];
    }
}
