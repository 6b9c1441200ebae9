using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Tests.Properties.Subjects;
using Crdt.Types.Counters;

namespace Crdt.Tests.Properties.Bounds;

/// <summary>What replicas want of a bounded counter, and what others are to give them.</summary>
public sealed class WishTests
{
    private static readonly Subject Seats = SubjectList.Of("bounded counter");

    private readonly Replica[] _replicas = [.. Enumerable.Range(0, 3).Select(i => new Replica($"{i}", World.IdOf(i), 0, new VirtualTime()))];
    private readonly EntityState[] _copies;

    public WishTests()
    {
        var first = Seats.New(_replicas[0]);
        first.Create();
        _copies = [first, .. _replicas.Skip(1).Select(replica => Seats.Decode(first.Encode(), replica))];
    }

    [Fact]
    public void A_wish_is_met_by_gifts_and_by_ones_own_units_and_ends_when_it_is_used()
    {
        Of(0).Add(10);
        Of(1).Ask(5);
        Meet();
        Assert.Equal(5, Of(0).Rights.NeedOf(World.IdOf(1)));
        Assert.Equal([new(World.IdOf(1), 5)], Of(0).Rights.GiftsOf(World.IdOf(0)));
        Of(0).Give(World.IdOf(1), 2);
        Of(1).Add(1);
        Meet();
        Assert.Equal(2, Of(0).Rights.NeedOf(World.IdOf(1)));
        Of(0).Give(World.IdOf(1), 2);
        Meet();
        Assert.Equal((0, 5), (Of(1).Rights.NeedOf(World.IdOf(1)), Of(1).Rights.Of(World.IdOf(1))));
        Of(1).Value -= 5;
        Of(1).Add(4);
        Of(2).Ask(3);
        Meet();
        Assert.NotEmpty(Of(1).Rights.GiftsOf(World.IdOf(1))); // What it wanted is used, so what it adds isn't kept.
    }

    [Fact]
    public void What_was_asked_for_is_not_taken_away_again_by_a_greater_need()
    {
        Of(0).Add(2);
        Of(1).Ask(2);
        Meet();
        Of(0).Give(World.IdOf(1), 2);
        Of(2).Ask(100);
        Meet();
        Assert.Empty(Of(1).Rights.GiftsOf(World.IdOf(1)));
        Of(1).Give(World.IdOf(2), 1); // By hand it can be given, and is wanted no more.
        Meet();
        Assert.Equal((0, 99), (Of(1).Rights.NeedOf(World.IdOf(1)), Of(1).Rights.NeedOf(World.IdOf(2))));
    }

    [Fact]
    public void The_smaller_need_comes_first_and_who_needs_more_gives_all_that_it_has()
    {
        Of(0).Add(3);
        Of(0).Ask(7);
        Of(1).Ask(2);
        Meet();
        Assert.Equal([new(World.IdOf(1), 2)], Of(0).Rights.GiftsOf(World.IdOf(0)));
        Assert.Empty(Of(1).Rights.GiftsOf(World.IdOf(1)));
    }

    [Fact]
    public void Wishes_for_nothing_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Of(0).Ask(0));

    /// <summary>
    /// Why there is no upper bound: the room below it is there before anybody has written, so whoever creates the entity would have to hand it out. Two that create one entity without knowing of each
    /// other both do.
    /// </summary>
    [Fact]
    public void Room_below_an_upper_bound_would_be_handed_out_twice()
    {
        const int Room = 10;
        EntityState[] created = [.. _replicas.Take(2).Select(Seats.New)];
        foreach (var state in created)
        {
            state.Create();
            Counter(state).Add(Room);
        }

        created[0].Join(created[1]);
        Assert.Equal(2 * Room, Counter(created[0]).Rights.InAll);
    }

    private BoundedCounter Of(int replica) => Counter(_copies[replica]);

    private static BoundedCounter Counter(EntityState state) => state.Fields.OfType<BoundedCounter>().Single();

    private void Meet()
    {
        foreach (var copy in _copies) _copies[0].Join(copy);
        foreach (var copy in _copies) copy.Join(_copies[0]);
    }
}
