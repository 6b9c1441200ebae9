using Crdt.Codec;
using Crdt.Sync.Differences;

namespace Crdt.Tests.Sync.Differences;

/// <summary>Tree, syndromes, cells and index of a lane together.</summary>
public sealed class LaneDigestsTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(5_000, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 3_000)]
    [InlineData(0, 700, 900)]
    [InlineData(10_000, 1, 0)]
    [InlineData(10_000, 10, 10)]
    [InlineData(3_000, 400, 600)]
    [InlineData(20_000, 5_000, 0)]
    [InlineData(10_000, 8_000, 12_000)]
    public void Cells_and_tree_find_what_looking_at_everything_finds(int common, int onlyHere, int onlyThere)
    {
        var (mine, theirs) = DigestSets.Pair(new(common + 7 * onlyHere), common, onlyHere, onlyThere);
        var (here, there) = (DigestSets.Lane(mine), DigestSets.Lane(theirs));
        HashSet<ulong> missingThere = [.. mine.Except(theirs).Select(EntityDigest.ItemOf)], missingHere = [.. theirs.Except(mine).Select(EntityDigest.ItemOf)];
        Assert.Equal(missingThere.Count + missingHere.Count == 0, here.Root == there.Root);

        var decoder = Decoded(here.Freeze(withItems: true), there.Freeze(withItems: true));
        Assert.True(missingThere.SetEquals(decoder.OnlyHere));
        Assert.True(missingHere.SetEquals(decoder.OnlyThere));
        Assert.All(decoder.OnlyHere, item => Assert.Equal(item, EntityDigest.ItemOf(mine[Row(here, item)])));

        var leaves = here.Freeze().Tree.Compare(there.Freeze().Tree).Leaves;
        Assert.True(missingThere.SetEquals(leaves.SelectMany(leaf => InLeaf(here, leaf).Except(InLeaf(there, leaf)))));
        Assert.True(missingHere.SetEquals(leaves.SelectMany(leaf => InLeaf(there, leaf).Except(InLeaf(here, leaf)))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Writes_in_any_order_lead_to_the_same_digests(int seed)
    {
        var dice = new Random(seed);
        var (lane, rows) = (new LaneDigests(), new UInt128[400]);
        for (var step = 0; step < 5_000; step++)
        {
            var row = dice.Next(rows.Length);
            var after = dice.Next(4) == 0 ? 0 : DigestSets.Next(dice);
            lane.Replace(rows[row], after, (uint)row);
            rows[row] = after;
        }

        var straight = new LaneDigests();
        for (var row = 0; row < rows.Length; row++) straight.Replace(0, rows[row], (uint)row);
        Assert.Equal(straight.Root, lane.Root);
        Assert.Equal(rows.Count(digest => digest != 0), lane.Count);
        Assert.Equal(straight.Freeze().Cells(0, CellPrefix.Length), lane.Freeze().Cells(0, CellPrefix.Length));
        Assert.Equal(straight.Freeze().Syndromes, lane.Freeze().Syndromes);
        Assert.Equal(straight.Index.All(), lane.Index.All());
    }

    [Fact]
    public void A_digest_that_the_row_did_not_have_is_refused_and_nothing_has_changed()
    {
        var digests = DigestSets.Many(new(1), 3);
        var lane = DigestSets.Lane(digests[..2]);
        var root = lane.Root;
        Assert.Throws<InvalidOperationException>(() => lane.Replace(digests[0], digests[2], 1));
        Assert.Throws<InvalidOperationException>(() => lane.Replace(digests[2], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => lane.Replace(digests[0], 5, 0));
        Assert.Equal((root, 2, 2), (lane.Root, lane.Count, lane.Index.Count));
    }

    [Fact]
    public void Two_entities_whose_items_are_equal_by_chance_are_two()
    {
        var (first, second) = ((UInt128)7 << 64 | 1, (UInt128)7 << 64 | 2);
        var lane = DigestSets.Lane([first, second]);
        Assert.Equal([0u, 1u], lane.Index.RowsOf(7));
        lane.Replace(first, 0, 0);
        Assert.Equal([1u], lane.Index.RowsOf(7));
        Assert.Equal(DigestSets.Tree([second]).Root, lane.Root);
    }

    [Fact]
    public void What_was_frozen_stays_while_writes_go_on()
    {
        var digests = DigestSets.Many(new(1), 1_000);
        var lane = DigestSets.Lane(digests[1..]);
        var frozen = lane.Freeze(withItems: true);
        lane.Replace(0, digests[0], 5_000);
        var expected = DigestSets.Lane(digests[1..]).Freeze(withItems: true);
        Assert.Equal(expected.Tree.Root, frozen.Tree.Root);
        Assert.Equal(expected.Syndromes, frozen.Syndromes);
        Assert.Equal(expected.Cells(0, 9_000), frozen.Cells(0, 9_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => lane.Freeze().Cells(4_000, 97));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000)]
    public void Digests_are_read_as_they_were_written(int count)
    {
        var lane = DigestSets.Lane(DigestSets.Many(new(1), count));
        var bytes = Written(lane);
        var read = Read(bytes);
        Assert.Equal((lane.Root, lane.Count), (read.Root, read.Count));
        Assert.Equal(lane.Freeze().Cells(0, CellPrefix.Length), read.Freeze().Cells(0, CellPrefix.Length));
        Assert.Equal(lane.Freeze().Syndromes, read.Freeze().Syndromes);
        Assert.Equal(bytes, Written(read));
    }

    /// <summary>They had no syndromes.</summary>
    [Fact]
    public void Digests_of_an_earlier_version_are_refused()
    {
        var bytes = Written(DigestSets.Lane(DigestSets.Many(new(1), 10)));
        bytes[0] = 1;
        Assert.Throws<WireFormatException>(() => Read(bytes));
    }

    [Fact]
    public void Bytes_that_were_altered_are_refused_or_are_other_digests_and_nothing_else_happens()
    {
        var bytes = Written(DigestSets.Lane(DigestSets.Many(new(1), 300)));
        var (dice, refused) = (new Random(2), 0);
        for (var i = 0; i < 500; i++)
        {
            var altered = bytes[..(dice.Next(3) == 0 ? dice.Next(bytes.Length) : bytes.Length)];
            if (altered.Length > 0) altered[dice.Next(altered.Length)] ^= (byte)dice.Next(1, 256);
            try
            {
                Read(altered);
            }
            catch (WireFormatException error)
            {
                Assert.InRange(error.Offset, 0, altered.Length);
                refused++;
            }
        }

        Assert.InRange(refused, 100, 500);
    }

    [Fact]
    public void Parts_of_different_sets_are_refused()
    {
        var digests = DigestSets.Many(new(1), 2);
        var (bytes, other) = (Written(DigestSets.Lane(digests[..1])), Written(DigestSets.Lane(digests[1..])));
        // The index comes last and is 10 or 11 bytes: a count, an item and a row.
        var mixed = new byte[bytes.Length];
        bytes.CopyTo(mixed, 0);
        other.AsSpan(^9..^2).CopyTo(mixed.AsSpan(^9..^2));
        Assert.Throws<WireFormatException>(() => Read(mixed));
    }

    /// <summary>They would be taken for the difference of any session that begins with them.</summary>
    [Fact]
    public void Syndromes_of_another_set_are_refused()
    {
        var digests = DigestSets.Many(new(1), 2);
        var (bytes, mine, other) = (Written(DigestSets.Lane(digests[..1])), SketchOf(digests[..1]), SketchOf(digests[1..]));
        var at = bytes.AsSpan().IndexOf(mine);
        Assert.InRange(at, 1, bytes.Length - mine.Length);
        other.CopyTo(bytes, at);
        Assert.Throws<WireFormatException>(() => Read(bytes));
        mine.CopyTo(bytes, at);
        Assert.Equal(1, Read(bytes).Count);
    }

    private static DifferenceDecoder Decoded(FrozenDigests here, FrozenDigests there)
    {
        var decoder = new DifferenceDecoder();
        for (var piece = CellPlan.FirstPiece(10); !decoder.IsComplete; piece = CellPlan.NextPiece(decoder))
        {
            Assert.NotEqual(0, piece);
            decoder.Add(here.Cells(decoder.Cells, piece), there.Cells(decoder.Cells, piece));
        }

        return decoder;
    }

    private static uint Row(LaneDigests lane, ulong item) => lane.Index.TryFind(item, out var row) ? row : uint.MaxValue;

    private static IEnumerable<ulong> InLeaf(LaneDigests lane, MerkleLeaf leaf) => lane.Index.InLeaf(leaf.Index).Select(entry => entry.Item);

    private static byte[] SketchOf(UInt128[] digests)
    {
        var writer = new WireWriter(8 * SyndromeSketch.Capacity);
        DigestSets.Sketch(digests.Select(EntityDigest.ItemOf)).Write(ref writer);
        return writer.Finish();
    }

    private static byte[] Written(LaneDigests lane)
    {
        var writer = new WireWriter(1 << 16);
        lane.Write(ref writer);
        return writer.Finish();
    }

    private static LaneDigests Read(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        var lane = LaneDigests.Read(ref reader);
        reader.End();
        return lane;
    }
}
