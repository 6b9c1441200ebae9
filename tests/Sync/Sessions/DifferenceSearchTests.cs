using Crdt.Codec;
using Crdt.Sync.Differences;
using Crdt.Sync.Frames;
using Crdt.Sync.Reconciling;
using Crdt.Sync.Sessions;
using Crdt.Tests.Sync.Differences;

namespace Crdt.Tests.Sync.Sessions;

/// <summary>How two sides find their difference, frame by frame.</summary>
public sealed class DifferenceSearchTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public void Few_differences_of_any_kind_are_found_whatever_was_expected(int onlyHere, int onlyThere)
    {
        for (var count = 1; count <= 40; count++)
        {
            var (mine, theirs) = DigestSets.Pair(new(count), 500, count * onlyHere, count * onlyThere);
            foreach (var lacking in (int[])[0, 1, count, 4 * count, 100_000])
            {
                var (search, frames) = Run(mine, theirs, SearchPlan.For(mine.Length - theirs.Length, lacking));
                Assert.Equal(mine.Except(theirs).Select(EntityDigest.ItemOf).Order(), search.OnlyHere.Order());
                Assert.Equal(theirs.Except(mine).Select(EntityDigest.ItemOf).Order(), search.OnlyThere.Order());
                // One round, two where more differs than was expected, and one more for a cell that is missing now and then.
                Assert.InRange(frames.Count(frame => frame is Frame.More), 0, 2);
            }
        }
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(0, 31)]
    [InlineData(15, 15)]
    public void As_many_as_were_expected_take_one_frame_of_syndromes(int onlyHere, int onlyThere)
    {
        var (mine, theirs) = DigestSets.Pair(new(3), 500, onlyHere, onlyThere);
        var (search, frames) = Run(mine, theirs, SearchPlan.For(onlyHere - onlyThere, onlyHere + onlyThere));
        var syndromes = Assert.IsType<Frame.Syndromes>(Assert.Single(frames));
        Assert.Equal(syndromes.Sums.Count + 2 * (onlyHere + onlyThere), search.Comparisons);
        Assert.InRange(search.Comparisons, 1, 99);
    }

    [Fact]
    public void Where_syndromes_do_not_do_cells_are_asked_for_and_the_comparisons_of_both_count()
    {
        var (mine, theirs) = DigestSets.Pair(new(3), 500, 20, 20);
        var (search, frames) = Run(mine, theirs, SearchPlan.For(0, 10));
        Assert.Collection(frames, frame => Assert.IsType<Frame.Syndromes>(frame), frame => Assert.IsType<Frame.More>(frame), frame => Assert.IsType<Frame.Cells>(frame));
        Assert.InRange(search.Comparisons, 21 + SearchPlan.For(0, 10).Cells, 1_000);
    }

    [Fact]
    public void Many_differences_begin_with_cells()
    {
        var (mine, theirs) = DigestSets.Pair(new(3), 500, 0, 32);
        Assert.IsType<Frame.Cells>(Run(mine, theirs, SearchPlan.For(-32, 32)).Frames[0]);
    }

    [Theory]
    [InlineData(0, 1, 8)]
    [InlineData(0, 10, 21)]
    [InlineData(0, 15, 31)]
    [InlineData(0, 62, 32)]
    [InlineData(-10, 70, 32)]
    [InlineData(31, 124, 32)]
    public void As_many_syndromes_go_as_the_writes_that_are_lacking_can_need(long more, long lacking, int syndromes) =>
        Assert.Equal(syndromes, SearchPlan.For(more, lacking).Syndromes);

    [Theory]
    [InlineData(32, 32)]
    [InlineData(-32, 1)]
    [InlineData(0, 64)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(0, long.MaxValue - 1)]
    [InlineData(long.MaxValue, long.MaxValue - 1)]
    public void Where_more_differences_are_to_be_expected_no_syndromes_go(long more, long lacking)
    {
        var plan = SearchPlan.For(more, lacking);
        Assert.Equal(0, plan.Syndromes);
        Assert.InRange(plan.Cells, 36, CellPrefix.Length);
    }

    [Fact]
    public void Syndromes_come_once_and_first_and_there_are_some()
    {
        var lane = Snapshot(DigestSets.Many(new(1), 10));
        var sums = new Frame.Syndromes("main", [1, 2, 3, 4]);
        var search = new DifferenceSearch("main", leads: false, SearchPlan.For(0, 1));
        Assert.Throws<WireFormatException>(() => search.Take(new Frame.Syndromes("main", []), lane, 10).ToList());
        Assert.IsType<Frame.More>(Assert.Single(search.Take(sums, lane, 10)));
        Assert.Throws<WireFormatException>(() => search.Take(sums, lane, 10).ToList());
        Assert.False(new DifferenceSearch("main", leads: true, SearchPlan.For(0, 1)).Expects(sums));
    }

    [Fact]
    public void Syndromes_do_not_come_after_cells_or_leaves()
    {
        var (mine, theirs) = DigestSets.Pair(new(3), 500, 20, 20);
        var (lane, peer) = (Snapshot(mine), Snapshot(theirs));
        var plan = new SearchPlan(Syndromes: 0, Cells: 12);
        var (leader, follower) = (new DifferenceSearch("main", leads: true, plan), new DifferenceSearch("main", leads: false, plan));
        var cells = (Frame.Cells)Assert.Single(leader.Begin(peer));
        Assert.IsType<Frame.More>(Assert.Single(follower.Take(cells, lane, theirs.Length)));
        Assert.Throws<WireFormatException>(() => follower.Take(new Frame.Syndromes("main", [1]), lane, theirs.Length).ToList());

        follower = new("main", leads: false, plan);
        var leaves = (Frame.Leaves)Assert.Single(leader.Take(new Frame.More("main", 0), peer, mine.Length));
        Assert.IsType<Frame.Differing>(Assert.Single(follower.Take(leaves, lane, theirs.Length)));
        Assert.Throws<WireFormatException>(() => follower.Take(new Frame.Syndromes("main", [1]), lane, theirs.Length).ToList());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Where_syndromes_did_not_do_as_many_cells_come_as_were_asked_for(int more)
    {
        var (mine, theirs) = DigestSets.Pair(new(3), 500, 20, 20);
        var (lane, peer) = (Snapshot(mine), Snapshot(theirs));
        var (leader, follower) = (new DifferenceSearch("main", leads: true, SearchPlan.For(0, 10)), new DifferenceSearch("main", leads: false, SearchPlan.For(0, 10)));
        var syndromes = (Frame.Syndromes)Assert.Single(leader.Begin(peer));
        var asked = Assert.IsType<Frame.More>(Assert.Single(follower.Take(syndromes, lane, theirs.Length)));
        var cells = (Frame.Cells)Assert.Single(leader.Take(asked with { UpTo = asked.UpTo + more }, peer, mine.Length));
        Assert.Throws<WireFormatException>(() => follower.Take(cells, lane, theirs.Length).ToList());
    }

    [Fact]
    public void What_has_changed_since_the_lane_was_frozen_is_of_no_account()
    {
        var (mine, theirs) = DigestSets.Pair(new(3), 100, 2, 3);
        var lane = DigestSets.Lane(mine);
        var snapshot = new LaneSnapshot("main", new(), default, lane);
        for (var row = 0u; row < 50; row++)
        {
            var after = DigestSets.Next(new(1_000 + (int)row));
            lane.Replace(mine[row], after, row);
            snapshot.Record(new(new(DigestSets.Id((byte)row), default, WasAlive: true, IsAlive: true, InConflict: false), default), mine[row], after);
        }

        Assert.All(mine, digest => Assert.Equal(1, snapshot.CountOf(EntityDigest.ItemOf(digest))));
        var (search, _) = Run(snapshot, Snapshot(theirs), SearchPlan.For(1, 5));
        Assert.Equal(mine[..2].Select(EntityDigest.ItemOf).Order(), search.OnlyHere.Order());
        Assert.Equal(3, search.OnlyThere.Count);
    }

    /// <summary>Two entities of one item cancel each other out. Whoever counted one of them would take it for something that the other side has seen and removed.</summary>
    [Fact]
    public void Of_an_item_that_is_there_twice_syndromes_say_nothing()
    {
        UInt128[] twins = [((UInt128)7 << 64) | 1, ((UInt128)7 << 64) | 2];
        var lane = DigestSets.Lane(twins);
        var snapshot = new LaneSnapshot("main", new(), default, lane);
        var after = DigestSets.Next(new(1));
        lane.Replace(twins[1], after, 1);
        snapshot.Record(new(new(DigestSets.Id(1), default, WasAlive: true, IsAlive: true, InConflict: false), default), twins[1], after);
        foreach (var own in (LaneSnapshot[])[Snapshot(twins), snapshot])
        {
            Assert.Equal(2, own.CountOf(7));
            var follower = new DifferenceSearch("main", leads: false, SearchPlan.For(1, 1));
            var syndromes = Assert.Single(new DifferenceSearch("main", leads: true, SearchPlan.For(1, 1)).Begin(Snapshot(twins[..1])));
            Assert.IsType<Frame.More>(Assert.Single(follower.Take((Frame.OfLane)syndromes, own, 1)));
            Assert.False(follower.IsDone);
        }
    }

    private static (DifferenceSearch Follower, List<Frame> Frames) Run(UInt128[] mine, UInt128[] theirs, SearchPlan plan) => Run(Snapshot(mine), Snapshot(theirs), plan);

    /// <summary>Lets a follower search until it knows, each frame through its bytes.</summary>
    private static (DifferenceSearch Follower, List<Frame> Frames) Run(LaneSnapshot mine, LaneSnapshot theirs, SearchPlan plan)
    {
        var (follower, leader) = (new DifferenceSearch("main", leads: false, plan), new DifferenceSearch("main", leads: true, plan));
        var frames = new List<Frame>(leader.Begin(theirs));
        for (var at = 0; at < frames.Count; at++)
        {
            var frame = (Frame.OfLane)Frame.Decode(frames[at].Encode());
            var isForLeader = leader.Expects(frame);
            Assert.NotEqual(isForLeader, follower.Expects(frame));
            frames.AddRange(isForLeader ? leader.Take(frame, theirs, mine.Tree.Count) : follower.Take(frame, mine, theirs.Tree.Count));
        }

        Assert.True(follower.IsDone);
        return (follower, frames);
    }

    private static LaneSnapshot Snapshot(UInt128[] digests) => new("main", new(), default, DigestSets.Lane(digests));
}
