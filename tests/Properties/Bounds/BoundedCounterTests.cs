using Crdt.Codec;
using Crdt.Conflicts;
using Crdt.Entities;
using Crdt.Tests.Properties.Subjects;
using Crdt.Types.Counters;

namespace Crdt.Tests.Properties.Bounds;

/// <summary>What a bounded counter does, refuses and survives, one thing at a time.</summary>
public sealed class BoundedCounterTests
{
    private static readonly Subject Seats = SubjectList.Of("bounded counter");

    private readonly VirtualTime _time = new();
    private readonly Replica _ann;
    private readonly Replica _bob;

    public BoundedCounterTests() => (_ann, _bob) = (new("ann", World.IdOf(0), 0, _time), new("bob", World.IdOf(1), 0, _time));

    [Fact]
    public void It_starts_at_its_bound_and_counts_from_there()
    {
        var counter = Counter(New(SubjectList.Of("bounded counter from 5"), _ann));
        Assert.Equal(5, counter.Value);
        counter.Value = 12;
        counter.Value -= 7;
        Assert.Equal((5, 0), (counter.Value, counter.Rights.InAll));
        Assert.Throws<InsufficientRightsException>(() => counter.Value = 4);
    }

    [Fact]
    public void More_than_the_rights_here_is_refused_with_what_is_left_here_and_in_all_and_changes_nothing()
    {
        var (ann, bob) = Apart(10);
        Counter(bob).Add(3);
        var before = bob.Encode();
        var error = Assert.Throws<InsufficientRightsException>(() => Counter(bob).Value -= 4);
        Assert.Equal(("Seats", (Int128)4, 3L, 13L), (error.Field, error.Wanted, error.Here, error.InAll));
        Assert.Contains("have another replica give this one some", error.Message, StringComparison.Ordinal);
        Assert.Contains("Sync first", Assert.Throws<InsufficientRightsException>(() => Counter(bob).Add(long.MinValue)).Message, StringComparison.Ordinal);
        Assert.Equal(before, bob.Encode());
        Counter(bob).Value -= 3;
        Counter(ann).Value -= 10;
        Agree(ann, bob);
        Assert.Equal(0, Counter(ann).Value);
    }

    [Fact]
    public void Rights_that_are_given_are_used_there_and_no_longer_here()
    {
        var (ann, bob) = Apart(10);
        Counter(ann).Give(_bob.Id, 6);
        Assert.Equal((10, 4), (Counter(ann).Value, Counter(ann).Rights.Of(_ann.Id)));
        Assert.Equal(4, Assert.Throws<InsufficientRightsException>(() => Counter(ann).Value -= 5).Here);
        bob.Join(ann);
        Counter(bob).Value -= 6;
        Agree(ann, bob);
        Assert.Equal([new(_ann.Id, 4)], Counter(bob).Rights.Holders);
    }

    [Fact]
    public void What_can_not_be_given_is_refused()
    {
        var (ann, _) = Apart(10);
        var before = ann.Encode();
        Assert.Throws<ArgumentOutOfRangeException>(() => Counter(ann).Give(_bob.Id, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Counter(ann).Give(_bob.Id, -1));
        Assert.Contains("itself", Assert.Throws<ArgumentException>(() => Counter(ann).Give(_ann.Id, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<InsufficientRightsException>(() => Counter(ann).Give(_bob.Id, 11));
        Assert.Equal(before, ann.Encode());
    }

    [Fact]
    public void Totals_end_with_an_error_and_never_wrap()
    {
        var (ann, bob) = Apart(long.MaxValue);
        Assert.Throws<OverflowException>(() => Counter(ann).Add(1));
        Counter(ann).Give(_bob.Id, long.MaxValue);
        bob.Join(ann);
        Counter(bob).Give(_ann.Id, 1);
        ann.Join(bob);
        Assert.Throws<OverflowException>(() => Counter(ann).Give(_bob.Id, 1));
        Counter(bob).Add(long.MaxValue);
        Assert.Equal((long.MaxValue, long.MaxValue), (Counter(bob).Value, Counter(bob).Rights.Of(_bob.Id)));
    }

    /// <summary>Of three deltas the one in between was late: the first and the third both told of a gift, and 10 were used of 5.</summary>
    [Fact]
    public void A_gift_of_which_two_deltas_tell_counts_once_where_the_one_between_them_is_late()
    {
        var (ann, bob) = Apart(10);
        ann.TakeDelta();
        Counter(ann).Give(_bob.Id, 5);
        var first = ann.TakeDelta();
        Counter(ann).Add(1);
        var second = ann.TakeDelta();
        Counter(ann).Add(1);
        var third = ann.TakeDelta();
        foreach (var delta in (byte[][])[first, third]) bob.Join(Seats.Decode(delta, null));
        Assert.Equal((12, 5), (Counter(bob).Value, Counter(bob).Rights.Of(_bob.Id)));
        Assert.Throws<InsufficientRightsException>(() => Counter(bob).Value -= 6);
        bob.Join(Seats.Decode(second, null));
        Agree(ann, bob);
        Assert.Equal(12, Counter(bob).Value);
    }

    [Fact]
    public void A_copy_that_hears_of_a_use_before_the_units_reads_the_bound()
    {
        var (ann, bob) = Apart(0);
        var late = Seats.Decode(ann.Encode(), null);
        Counter(ann).Add(5);
        Counter(ann).Give(_bob.Id, 5);
        bob.Join(ann);
        bob.TakeDelta();
        Counter(bob).Value -= 5;
        late.Join(Seats.Decode(bob.TakeDelta(), null));
        Assert.Equal((0, 0), (Counter(late).Value, Counter(late).Rights.InAll));
        late.Join(ann);
        Assert.Equal(0, Counter(late).Value);
        Assert.Empty(Counter(late).Rights.Holders);
    }

    [Fact]
    public void Two_copies_of_one_replica_do_not_use_the_same_rights()
    {
        var (ann, _) = Apart(10);
        var other = Seats.Decode(ann.Encode(), _ann);
        Counter(ann).Value -= 10;
        var before = other.Encode();
        Assert.Contains("merge that one first", Assert.Throws<InvalidOperationException>(() => Counter(other).Value -= 1).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Counter(other).Add(1));
        Assert.Throws<InvalidOperationException>(() => Counter(other).Give(_bob.Id, 1));
        Assert.Equal(before, other.Encode());
        other.Join(ann);
        Assert.Throws<InsufficientRightsException>(() => Counter(other).Value -= 1);
        Counter(other).Add(2);
        Agree(ann, other);
        Assert.Equal(2, Counter(ann).Value);
    }

    [Fact]
    public void A_writer_that_goes_on_under_its_id_has_the_rights_that_it_had()
    {
        var (ann, _) = Apart(10);
        var again = new Replica("ann", _ann.Id, _ann.LastNumber, _time);
        var copy = Seats.Decode(ann.Encode(), again);
        Counter(copy).Value -= 4;
        Assert.Throws<InsufficientRightsException>(() => Counter(copy).Value -= 7);
        Agree(ann, copy);
        Assert.Equal(6, Counter(ann).Value);
    }

    [Theory]
    [InlineData(Deletion.DeleteWins)]
    [InlineData(Deletion.UpdateWins)]
    public void A_deletion_keeps_the_counter_so_that_what_is_used_meanwhile_stays_used(Deletion deletion)
    {
        var subject = BareSubject.Of("seats", deletion, FieldFactory.Bounded("Seats"));
        var (ann, bob) = Apart(10, subject);
        Counter(ann).Give(_bob.Id, 4);
        bob.Join(ann);
        ann.Delete();
        Counter(bob).Value -= 4;
        ann.Create();
        Assert.Equal(10, Counter(ann).Value);
        Counter(ann).Value -= 6;
        Agree(ann, bob);
        Assert.Equal(0, Counter(ann).Value);
    }

    [Fact]
    public void A_counter_that_is_kept_is_no_conflict_and_is_not_dismissed_with_one()
    {
        var subject = BareSubject.Of("seats", FieldFactory.Bounded("Seats"), FieldFactory.Counter("Views"));
        var (ann, bob) = Apart(10, subject);
        ann.Delete();
        Assert.False(ann.IsAlive);
        Assert.Empty(ann.Conflicts);
        var summary = EncodedEntity.Inspect(new Sample(ann).Row);
        Assert.Equal((false, false), (summary.IsEmpty, summary.InConflict));
        bob.Fields.OfType<Counter>().Single().Add(1);
        ann.Join(bob);
        var conflict = Assert.IsType<DeletionConflict>(Assert.Single(ann.Conflicts));
        Assert.Equal(["Views"], conflict.Fields.Select(field => field.Name));
        // What is done to the counter meanwhile is no part of the conflict, and doesn't make it another one.
        Counter(bob).Add(1);
        ann.Join(bob);
        conflict.Dismiss();
        Assert.Empty(ann.Conflicts);
        ann.Create();
        Assert.Equal((11, 0), (Counter(ann).Value, ann.Fields.OfType<Counter>().Single().Value));
    }

    [Fact]
    public void A_build_that_lacks_the_field_deletes_and_creates_and_keeps_it()
    {
        var subject = BareSubject.Of("seats", FieldFactory.Bounded("Seats"), FieldFactory.Counter("Views"));
        var (ann, _) = Apart(10, subject);
        var old = subject.Without(i => subject.Fields[i].Name == "Seats").Decode(ann.Encode(), _bob);
        old.Delete();
        old.Create();
        old.Delete();
        ann.Join(subject.Decode(old.Encode(), null));
        ann.Create();
        Assert.Equal(10, Counter(ann).Value);
    }

    private static EntityState New(Subject subject, Replica replica)
    {
        var state = subject.New(replica);
        state.Create();
        return state;
    }

    private static BoundedCounter Counter(EntityState state) => state.Fields.OfType<BoundedCounter>().Single();

    private static void Agree(EntityState a, EntityState b)
    {
        a.Join(b);
        b.Join(a);
        Assert.Equal(a.Encode(), b.Encode());
    }

    private (EntityState Ann, EntityState Bob) Apart(long seats, Subject? subject = null)
    {
        var ann = New(subject ?? Seats, _ann);
        Counter(ann).Add(seats);
        return (ann, (subject ?? Seats).Decode(ann.Encode(), _bob));
    }
}
