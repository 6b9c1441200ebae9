using Crdt.Sync.Differences;

namespace Crdt.Tests.Sync.Differences;

/// <summary>Items from their syndromes: all of them, or none.</summary>
public sealed class SyndromeDecoderTests
{
    private const int Most = SyndromeSketch.Capacity - SyndromeDecoder.Spare;

    public static TheoryData<string> Kinds => new(Sets.Keys);

    /// <summary>Sets of any size up to 40, random ones and such as a writer might choose.</summary>
    private static Dictionary<string, Func<int, ulong[]>> Sets { get; } = new()
    {
        ["random"] = size => DigestSets.Items(new(size), size),
        ["from 1 on"] = size => [.. Enumerable.Range(1, size).Select(item => (ulong)item)],
        ["equal prefixes"] = size => [.. Enumerable.Range(0, size).Select(item => 0xFEDC_BA98_7654_0000UL + (ulong)item)],
        ["single bits"] = size => [.. Enumerable.Range(0, size).Select(item => 1UL << (63 - item))],
        ["powers of one"] = size => [.. Powers(0x9E37_79B9_7F4A_7C15, size)],
        ["conjugates"] = size => [.. Conjugates(0x9E37_79B9_7F4A_7C15, size)],
        ["alike in all traces but the last"] = size => [.. Enumerable.Range(2, size).Select(item => DigestSets.Items(new(item / 2), 1)[0] ^ (item % 2 == 0 ? 0 : BinaryField.Inverse(5)))],
        ["a subspace"] = size => [.. Enumerable.Range(1, size).Select(item => BinaryField.Multiply((ulong)item, 0x0123_4567_89AB_CDEF))],
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void As_many_items_as_there_are_syndromes_but_for_one_come_back(string kind)
    {
        for (var size = 0; size <= Most; size++)
        {
            var items = Sets[kind](size);
            var sketch = DigestSets.Sketch(items);
            // With all syndromes, and with as few as will do.
            foreach (var count in (int[])[SyndromeSketch.Capacity, size + SyndromeDecoder.Spare])
                Assert.Equal(items.Order(), SyndromeDecoder.Decode(sketch.Sums[..count])!.Order());
        }
    }

    /// <summary>
    /// Two sets of equal syndromes, so many of them, are apart by twice as many items and one at least. So one or two too many are always noticed, and more unless somebody chose them: the subsets of a
    /// subspace have sums that are 0.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void More_items_than_that_are_noticed(string kind)
    {
        for (var size = 1; size <= 40; size++)
        {
            var sums = DigestSets.Sketch(Sets[kind](size)).Sums;
            for (var count = 1; count <= Math.Min(size, SyndromeSketch.Capacity); count++)
            {
                var items = SyndromeDecoder.Decode(sums[..count]);
                if (size <= count + 1) Assert.Null(items);
                if (items is not null) Assert.Equal(sums[..count], DigestSets.Sketch(items).Sums[..count]);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(32)]
    public void Random_sets_that_are_too_large_never_give_an_answer(int count)
    {
        var dice = new Random(count);
        for (var i = 0; i < 6_000 / count; i++)
        {
            var items = DigestSets.Items(dice, dice.Next(count, 4 * count + 1));
            Assert.Null(SyndromeDecoder.Decode(DigestSets.Sketch(items).Sums[..count]));
        }
    }

    /// <summary>Whatever a peer says, an answer is one that has these syndromes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Lies_end_in_nothing_or_in_items_of_these_syndromes(int seed)
    {
        var dice = new Random(seed);
        for (var i = 0; i < 1_000; i++)
        {
            var sums = DigestSets.Sketch(DigestSets.Items(dice, dice.Next(SyndromeSketch.Capacity))).Sums[..dice.Next(1, SyndromeSketch.Capacity + 1)].ToArray();
            for (var lie = dice.Next(1, 5); lie > 0; lie--) sums[dice.Next(sums.Length)] = dice.Next(3) switch { 0 => 0, 1 => 1, _ => (ulong)dice.NextInt64() };
            var items = SyndromeDecoder.Decode(sums);
            if (items is not null) Assert.Equal(sums, DigestSets.Sketch(items).Sums[..sums.Length]);
        }
    }

    /// <summary>The locator of these has fewer roots than its degree says: factors of a higher degree, one root several times, the root 0.</summary>
    [Fact]
    public void Syndromes_whose_locator_has_no_roots_enough_give_nothing()
    {
        var (none, repeated, zero) = (new ulong[8], new ulong[8], new ulong[8]);
        none[1] = 1;
        none[3] = 0x1B;
        repeated[0] = 5;
        repeated[1] = BinaryField.Multiply(25, 5) ^ 1;
        zero[7] = 1;
        Assert.Null(SyndromeDecoder.Decode(none));
        Assert.Null(SyndromeDecoder.Decode(repeated));
        Assert.Null(SyndromeDecoder.Decode(zero));
    }

    /// <summary>The sums of the powers of what would be the roots of a random polynomial, by Newton's identities; they are in no field of this size.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(Most)]
    public void Syndromes_of_a_locator_without_roots_give_nothing(int degree)
    {
        var (dice, answers) = (new Random(degree), 0);
        for (var i = 0; i < 100; i++)
        {
            var (coefficients, sums) = (DigestSets.Items(dice, degree), new ulong[2 * (degree + 1)]);
            for (var power = 1; power < sums.Length; power++)
            {
                for (var k = 1; k < Math.Min(power, degree + 1); k++) sums[power] ^= BinaryField.Multiply(coefficients[k - 1], sums[power - k]);
                if (power % 2 == 1 && power <= degree) sums[power] ^= coefficients[power - 1];
            }

            ulong[] syndromes = [.. sums.Where((_, power) => power % 2 == 1)];
            if (SyndromeDecoder.Decode(syndromes) is not { } items) continue;
            answers++;
            Assert.Equal(syndromes, DigestSets.Sketch(items).Sums[..syndromes.Length]);
        }

        // One random polynomial of degree d in d! has all its roots here.
        Assert.InRange(answers, 0, degree == 2 ? 70 : degree == 3 ? 40 : 0);
    }

    [Fact]
    public void No_difference_is_no_item_and_no_syndrome_is_no_answer()
    {
        Assert.Empty(SyndromeDecoder.Decode(new ulong[1])!);
        Assert.Null(SyndromeDecoder.Decode([]));
    }

    private static IEnumerable<ulong> Powers(ulong of, int count)
    {
        for (var (power, i) = (of, 0); i < count; i++, power = BinaryField.Multiply(power, of)) yield return power;
    }

    private static IEnumerable<ulong> Conjugates(ulong of, int count)
    {
        for (var (power, i) = (of, 0); i < count; i++, power = BinaryField.Square(power)) yield return power;
    }
}
