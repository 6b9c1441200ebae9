using Crdt.Sync.Differences;

namespace Crdt.Tests.Sync.Differences;

/// <summary>The laws of a field, and three ways to multiply that agree.</summary>
public sealed class BinaryFieldTests
{
    private static readonly ulong[] Special = [0, 1, 2, 3, 0x1B, 1UL << 63, (1UL << 63) | 1, ulong.MaxValue, 0xAAAA_AAAA_AAAA_AAAA, 0xF000_0000_0000_0000];

    [Fact]
    public void All_products_are_those_of_polynomials_modulo_the_polynomial_of_the_field()
    {
        foreach (var (a, b) in Pairs())
        {
            var expected = Naive(a, b);
            Assert.Equal(expected, BinaryField.Multiply(a, b));
            Assert.Equal(expected, BinaryField.MultiplyPortably(a, b));
        }
    }

    [Fact]
    public void Products_commute_associate_and_distribute_over_sums()
    {
        foreach (var (a, b) in Pairs())
        {
            var c = Naive(a ^ 0x1234_5678_9ABC_DEF0, b | 1);
            Assert.Equal(BinaryField.Multiply(a, b), BinaryField.Multiply(b, a));
            Assert.Equal(BinaryField.Multiply(BinaryField.Multiply(a, b), c), BinaryField.Multiply(a, BinaryField.Multiply(b, c)));
            Assert.Equal(BinaryField.Multiply(a, b) ^ BinaryField.Multiply(a, c), BinaryField.Multiply(a, b ^ c));
            Assert.Equal(a, BinaryField.Multiply(a, 1));
            Assert.Equal(0UL, BinaryField.Multiply(a, 0));
        }
    }

    [Fact]
    public void Squaring_is_linear_and_comes_round_after_64_times()
    {
        foreach (var (a, b) in Pairs())
        {
            Assert.Equal(BinaryField.Square(a) ^ BinaryField.Square(b), BinaryField.Square(a ^ b));
            var power = a;
            for (var i = 0; i < BinaryField.Bits; i++) power = BinaryField.Square(power);
            Assert.Equal(a, power);
        }
    }

    /// <summary>Rabin's test: x comes round after 64 squarings, and not after 32, even in part. Otherwise there would be elements without an inverse.</summary>
    [Fact]
    public void The_polynomial_of_the_field_is_irreducible()
    {
        var power = 2UL;
        for (var i = 0; i < 32; i++) power = Naive(power, power);
        // x^(2^32) + x has no factor in common with it, since it has an inverse.
        Assert.Equal(1UL, Naive(power ^ 2, BinaryField.Inverse(power ^ 2)));
        for (var i = 0; i < 32; i++) power = Naive(power, power);
        Assert.Equal(2UL, power);
    }

    [Fact]
    public void Every_element_but_0_has_an_inverse()
    {
        foreach (var (a, _) in Pairs().Where(pair => pair.Item1 != 0)) Assert.Equal(1UL, Naive(a, BinaryField.Inverse(a)));
        Assert.Throws<DivideByZeroException>(() => BinaryField.Inverse(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(64)]
    public void A_sum_of_products_is_the_products_summed(int length)
    {
        var dice = new Random(length);
        var (left, right) = (DigestSets.Items(dice, length), DigestSets.Items(dice, length + 3));
        Assert.Equal(left.Zip(right, Naive).Aggregate(0UL, (sum, product) => sum ^ product), BinaryField.Dot(left, right));
        Assert.Equal(BinaryField.Dot(left, right), BinaryField.DotPortably(left, right));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryField.Dot(right, left));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    public void Lists_are_multiplied_element_by_element(int length)
    {
        var dice = new Random(length);
        var (elements, to, factor) = (DigestSets.Items(dice, length), DigestSets.Items(dice, length), DigestSets.Items(dice, 1)[0]);
        ulong[] products = [.. elements.Select(element => Naive(element, factor))], sums = [.. products.Zip(to, (product, sum) => product ^ sum)];
        Assert.Equal(products, Changed(elements, list => BinaryField.Scale(list, factor)));
        Assert.Equal(products, Changed(elements, list => BinaryField.ScalePortably(list, factor)));
        Assert.Equal(sums, Changed(to, list => BinaryField.AddScaled(list, elements, factor)));
        Assert.Equal(sums, Changed(to, list => BinaryField.AddScaledPortably(list, elements, factor)));
    }

    private static IEnumerable<(ulong, ulong)> Pairs()
    {
        foreach (var a in Special)
        {
            foreach (var b in Special) yield return (a, b);
        }

        var dice = new Random(1);
        for (var i = 0; i < 2_000; i++) yield return (DigestSets.Items(dice, 1)[0], DigestSets.Items(dice, 1)[0] >> dice.Next(64));
    }

    private static ulong[] Changed(ulong[] list, Action<ulong[]> change)
    {
        ulong[] changed = [.. list];
        change(changed);
        return changed;
    }

    /// <summary>Bit by bit, as it is defined.</summary>
    private static ulong Naive(ulong a, ulong b)
    {
        var product = 0UL;
        for (; b != 0; b >>= 1)
        {
            if ((b & 1) != 0) product ^= a;
            a = (a >> 63) == 0 ? a << 1 : (a << 1) ^ 0x1B;
        }

        return product;
    }
}
