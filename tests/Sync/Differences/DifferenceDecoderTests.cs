using Crdt.Sync.Differences;

namespace Crdt.Tests.Sync.Differences;

/// <summary>What differs between two sets, found from their cells.</summary>
public sealed class DifferenceDecoderTests
{
    private static readonly Cell[] Nothing = new Cell[CellPrefix.Length];

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 1, 3)]
    [InlineData(1, 0, 1)]
    [InlineData(5, 5, 7)]
    [InlineData(300, 40, 64)]
    [InlineData(0, 1_000, 500)]
    public void Pieces_of_any_size_find_what_one_side_lacks(int onlyHere, int onlyThere, int piece)
    {
        var dice = new Random(onlyHere + 31 * onlyThere);
        var (common, mine, theirs) = (DigestSets.Items(dice, 2_000), DigestSets.Items(dice, onlyHere), DigestSets.Items(dice, onlyThere));
        var (here, there) = (DigestSets.Cells([.. common, .. mine]), DigestSets.Cells([.. theirs, .. common]));
        var decoder = new DifferenceDecoder();
        while (!decoder.IsComplete) decoder.Add(here.Cells.Slice(decoder.Cells, piece), there.Cells.Slice(decoder.Cells, piece));
        Assert.Equal(mine.Order(), decoder.OnlyHere.Order());
        Assert.Equal(theirs.Order(), decoder.OnlyThere.Order());
        Assert.InRange(decoder.Comparisons, decoder.Cells, 20 * decoder.Cells);
        // More of the same changes nothing.
        decoder.Add(here.Cells.Slice(decoder.Cells, piece), there.Cells.Slice(decoder.Cells, piece));
        Assert.True(decoder.IsComplete);
        Assert.Equal(onlyHere + onlyThere, decoder.OnlyHere.Count + decoder.OnlyThere.Count);
    }

    [Fact]
    public void Before_any_cell_has_come_nothing_is_known() => Assert.False(new DifferenceDecoder().IsComplete);

    [Fact]
    public void Cells_of_unequal_number_are_refused() =>
        Assert.Throws<ArgumentException>(() => new DifferenceDecoder().Add(Nothing.AsSpan(0, 2), Nothing.AsSpan(0, 3)));

    /// <summary>10 of 10,000, wherever they are: the bars of the specification, at p99, with each cell compared or tested counted as one.</summary>
    [Fact]
    public void Ten_that_one_side_lacks_take_fewer_than_100_comparisons_600_bytes_and_one_round()
    {
        const int Cases = 2_000;
        var (comparisons, bytes, incomplete) = (new List<int>(), new List<int>(), 0);
        var common = DigestSets.Items(new(1), 9_990);
        var (here, dice) = (DigestSets.Cells(common), new Random(2));
        for (var i = 0; i < Cases; i++)
        {
            var there = here.Clone();
            foreach (var item in DigestSets.Items(dice, 10)) there.Add(item);
            var piece = CellPlan.FirstPiece(10);
            var decoder = new DifferenceDecoder();
            decoder.Add(here.Cells[..piece], there.Cells[..piece]);
            if (!decoder.IsComplete) incomplete++;
            comparisons.Add(decoder.Comparisons);
            var writer = new Codec.WireWriter(1_000);
            CellRun.Write(ref writer, there.Cells[..piece], 0, there.Count);
            bytes.Add(writer.Finish().Length + 8 * decoder.OnlyThere.Count);
        }

        Assert.InRange(incomplete, 0, Cases / 100);
        Assert.InRange(comparisons.Order().ElementAt(Cases * 99 / 100), 1, 99);
        Assert.InRange(bytes.Order().ElementAt(Cases * 99 / 100), 1, 599);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1_000)]
    public void The_planned_first_piece_nearly_always_does(int differences)
    {
        var (dice, incomplete) = (new Random(differences), 0);
        for (var i = 0; i < 300; i++)
        {
            var decoder = new DifferenceDecoder();
            var piece = CellPlan.FirstPiece(differences);
            decoder.Add(DigestSets.Cells(DigestSets.Items(dice, differences)).Cells[..piece], Nothing.AsSpan(0, piece));
            if (!decoder.IsComplete) incomplete++;
        }

        Assert.InRange(incomplete, 0, 9);
    }

    [Theory]
    [InlineData(50, 0)]
    [InlineData(300, 300)]
    [InlineData(2_000, 100)]
    public void A_difference_that_was_not_expected_takes_few_pieces(int onlyHere, int onlyThere)
    {
        var dice = new Random(onlyHere);
        var (here, there) = (DigestSets.Cells(DigestSets.Items(dice, onlyHere)), DigestSets.Cells(DigestSets.Items(dice, onlyThere)));
        var (decoder, pieces) = (new DifferenceDecoder(), 1);
        decoder.Add(here.Cells[..36], there.Cells[..36]);
        for (; !decoder.IsComplete; pieces++)
        {
            var next = CellPlan.NextPiece(decoder);
            decoder.Add(here.Cells.Slice(decoder.Cells, next), there.Cells.Slice(decoder.Cells, next));
        }

        Assert.InRange(pieces, 2, 4);
        Assert.InRange(decoder.Cells, 1, 2.5 * (onlyHere + onlyThere) + 50);
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(1_000, 0)]
    [InlineData(0, 20_000)]
    [InlineData(30_000, 10_000)]
    public void The_number_of_differences_is_estimated(int onlyHere, int onlyThere)
    {
        var (dice, worst) = (new Random(onlyHere), 0.0);
        var common = DigestSets.Items(dice, 100);
        for (var i = 0; i < 20; i++)
        {
            var decoder = new DifferenceDecoder();
            decoder.Add(
                DigestSets.Cells([.. common, .. DigestSets.Items(dice, onlyHere)]).Cells[..64],
                DigestSets.Cells([.. common, .. DigestSets.Items(dice, onlyThere)]).Cells[..64]);
            worst = Math.Max(worst, Math.Abs(Math.Log2(decoder.EstimatedDifferences / (double)(onlyHere + onlyThere))));
        }

        Assert.InRange(worst, 0, 1);
    }

    [Fact]
    public void A_piece_beyond_the_prefix_is_planned_only_where_the_prefix_cannot_do()
    {
        var dice = new Random(1);
        var (few, many) = (new DifferenceDecoder(), new DifferenceDecoder());
        few.Add(DigestSets.Cells(DigestSets.Items(dice, 2_900)).Cells[..100], Nothing.AsSpan(0, 100));
        many.Add(DigestSets.Cells(DigestSets.Items(dice, 20_000)).Cells[..100], Nothing.AsSpan(0, 100));
        Assert.InRange(few.Cells + CellPlan.NextPiece(few), 100, CellPrefix.Length);
        Assert.InRange(many.Cells + CellPlan.NextPiece(many), 20_000, 50_000);
        Assert.Equal(0, CellPlan.NextPiece(many, CellPrefix.Length));
    }

    [Fact]
    public void Beyond_what_cells_can_do_the_plan_says_so()
    {
        var dice = new Random(1);
        var decoder = new DifferenceDecoder();
        decoder.Add(DigestSets.Cells(DigestSets.Items(dice, 400_000)).Cells[..100], Nothing.AsSpan(0, 100));
        Assert.Equal(0, CellPlan.NextPiece(decoder));
    }

    /// <summary>Cells as an item that belongs elsewhere would leave them, which an honest set doesn't have.</summary>
    [Fact]
    public void An_item_in_a_cell_that_it_does_not_fall_into_is_a_contradiction()
    {
        const ulong Item = 5;
        var lies = new Cell[40];
        var cell = Enumerable.Range(0, 40).Last(number => DigestSets.Cells([Item]).Cells[number].IsEmpty);
        lies[cell] = new(Item, Cell.ChecksumOf(Item), 1);
        var decoder = new DifferenceDecoder();
        decoder.Add(Nothing.AsSpan(0, 40), lies);
        Assert.True(decoder.IsContradicted);
        Assert.False(decoder.IsComplete);
        Assert.Equal(0, CellPlan.NextPiece(decoder));
    }

    /// <summary>Taking the item out puts its opposite into the cell that lacks it, and taking that out puts the item back into all others.</summary>
    [Fact]
    public void Cells_that_go_in_circles_end()
    {
        var lies = DigestSets.Cells([1]).Cells[..40].ToArray();
        Assert.Equal(1, lies[25].Count);
        lies[25] = default;
        var decoder = new DifferenceDecoder();
        decoder.Add(Nothing.AsSpan(0, 40), lies);
        Assert.True(decoder.IsContradicted);
        Assert.False(decoder.IsComplete);
        Assert.InRange(decoder.OnlyHere.Count + decoder.OnlyThere.Count, 2, 40);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Lies_end(int seed)
    {
        var dice = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            var there = DigestSets.Cells(DigestSets.Items(dice, dice.Next(30))).Cells[..200].ToArray();
            for (var lie = dice.Next(1, 40); lie > 0; lie--)
            {
                var item = (ulong)dice.NextInt64();
                there[dice.Next(200)] = new(item, Cell.ChecksumOf(item), dice.Next(-1, 2));
            }

            var decoder = new DifferenceDecoder();
            for (var first = 0; first < 200; first += 50) decoder.Add(Nothing.AsSpan(first, 50), there.AsSpan(first, 50));
            Assert.InRange(decoder.OnlyHere.Count + decoder.OnlyThere.Count, 0, 200);
            Assert.InRange(decoder.Comparisons, 0, 200 * 200);
        }
    }

    /// <summary>An entity's item on both of a set's rows cancels itself out of every sum, which must not pass for nothing.</summary>
    [Fact]
    public void Two_of_one_item_are_not_taken_for_none()
    {
        var decoder = new DifferenceDecoder();
        decoder.Add(DigestSets.Cells([7, 7]).Cells, Nothing);
        Assert.False(decoder.IsComplete);
    }
}
