using Crdt.Codec;
using Crdt.Conflicts;
using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Semantics;

/// <summary>Conflicts are data: the same list everywhere, kept until somebody settles them.</summary>
public sealed class ConflictTests
{
    private readonly VirtualTime _time = new();
    private readonly Replica _phone;
    private readonly Replica _laptop;

    public ConflictTests() => (_phone, _laptop) = (new("phone", World.IdOf(0), 0, _time), new("laptop", World.IdOf(1), 0, _time));

    [Fact]
    public void Concurrent_writes_are_listed_with_values_and_settled_everywhere()
    {
        var (a, b) = Apart(new Product(_phone, "p"));
        a.Name = "mine";
        _time.Milliseconds++;
        b.Name = "theirs";
        Agree(a, b);
        var conflict = Assert.IsType<RegisterConflict>(Assert.Single(a.Conflicts));
        Assert.Equal(["mine", "theirs"], conflict.Writes.Select(write => write.Value));
        Assert.Equal("theirs", conflict.Reads);
        Assert.Equal("Name: mine or theirs", conflict.ToString());
        Assert.Equal(conflict.Writes, Assert.IsType<RegisterConflict>(Assert.Single(b.Conflicts)).Writes);
        conflict.Settle(conflict.Writes[0]);
        Assert.Equal("mine", a.Name);
        Agree(a, b);
        Assert.Equal("mine", b.Name);
        Assert.Empty(b.Conflicts);
    }

    [Fact]
    public void A_conflict_that_has_changed_is_not_settled_blindly()
    {
        var (a, b) = Apart(new Product(_phone, "p"));
        (a.Name, b.Name) = ("mine", "theirs");
        Agree(a, b);
        var conflict = Assert.IsType<RegisterConflict>(a.Conflicts[0]);
        b.Name = "later";
        Agree(a, b);
        Assert.Throws<InvalidOperationException>(() => conflict.Settle(conflict.Writes[0]));
        Assert.Throws<ArgumentException>(() => conflict.Settle(default));
        Assert.Equal("later", a.Name);
    }

    [Fact]
    public void A_conflict_under_a_key_names_the_key()
    {
        var (a, b) = Apart(new Shelf(_phone, 1));
        (a.Labels["top"], b.Labels["top"]) = ("books", null);
        Agree(a, b);
        var conflict = Assert.IsType<RegisterConflict>(Assert.Single(a.Conflicts));
        Assert.Equal(("top", "Labels[top]: books or nothing"), (conflict.Key, conflict.ToString()));
        conflict.Settle(conflict.Writes[0]);
        Assert.Equal("books", a.Labels["top"]);
        Assert.Empty(a.Conflicts);
    }

    [Fact]
    public void What_was_written_to_a_deleted_entity_is_restored_or_dismissed()
    {
        foreach (var restore in new[] { true, false })
        {
            var (a, b) = Apart(new Product(_phone, $"p {restore}") { Name = "old", Stock = 3 });
            a.Delete();
            b.Name = "changed";
            Agree(a, b);
            Assert.False(a.IsAlive);
            var conflict = Assert.IsType<DeletionConflict>(Assert.Single(b.Conflicts));
            Assert.Equal("deleted, and Name was written", conflict.ToString());
            if (restore) conflict.Restore();
            else conflict.Dismiss();
            Agree(a, b);
            Assert.Equal((restore, restore ? "changed" : "", 0L), (a.IsAlive, a.Name, a.Stock));
            Assert.Empty(a.Conflicts);
            Assert.Throws<InvalidOperationException>(conflict.Dismiss);
        }
    }

    /// <summary>Dismissing used to remove what was written after the conflict had been listed, unseen.</summary>
    [Fact]
    public void What_came_after_a_conflict_was_listed_is_not_dismissed_with_it()
    {
        var (a, b) = Apart(new Product(_phone, "p"));
        a.Delete();
        b.Name = "seen";
        a.Merge(b);
        var conflict = Assert.IsType<DeletionConflict>(Assert.Single(a.Conflicts));
        b.Stock += 1;
        a.Merge(b);
        Assert.Throws<InvalidOperationException>(conflict.Dismiss);
        Assert.Throws<InvalidOperationException>(conflict.Restore);
        Assert.Equal(("seen", 1L), (a.Name, a.Stock));
    }

    [Fact]
    public void Where_updates_win_a_deleted_entity_is_no_conflict()
    {
        var (a, b) = Apart(new Playlist(_phone, "p"));
        a.Title = "t";
        b.Merge(a);
        b.Delete();
        Assert.Empty(b.Conflicts);
        Agree(a, b);
        Assert.False(a.IsAlive);
    }

    [Fact]
    public void Writes_of_one_value_are_no_conflict_until_another_joins_them()
    {
        var (a, b) = Apart(new Product(_phone, "p"));
        a.Name = "same";
        _time.Milliseconds++;
        b.Name = "same";
        Agree(a, b);
        Assert.Equal(("same", 2), (a.Name, EncodedEntity.CountWrites(Law.Row(a.State, withContext: false)).Max(count => count.Concurrent)));
        Assert.Empty(a.Conflicts);
        Assert.Empty(b.Conflicts);
        Assert.False(EncodedEntity.Inspect(Law.Row(a.State, withContext: false)).InConflict);
        var c = Product.Decode(new Replica("tablet", World.IdOf(2), 0, _time), new Product(_phone, "p").Encode());
        c.Name = "other";
        Agree(a, c);
        Assert.Equal("Name: same or same or other", Assert.Single(a.Conflicts).ToString());
        Assert.True(EncodedEntity.Inspect(Law.Row(a.State, withContext: false)).InConflict);
    }

    [Fact]
    public void A_key_that_was_given_one_value_twice_is_no_conflict()
    {
        var (a, b) = Apart(new Shelf(_phone, 1));
        (a.Labels["top"], b.Labels["top"]) = ("books", "books");
        (a.Labels["low"], b.Labels["low"]) = (null, null);
        Agree(a, b);
        Assert.Empty(a.Conflicts);
        Assert.False(EncodedEntity.Inspect(Law.Row(a.State, withContext: false)).InConflict);
        (a.Labels["low"], b.Labels["low"]) = (null, "");
        Agree(a, b);
        Assert.Equal("low", Assert.IsType<RegisterConflict>(Assert.Single(a.Conflicts)).Key);
        Assert.True(EncodedEntity.Inspect(Law.Row(a.State, withContext: false)).InConflict);
    }

    [Fact]
    public void What_a_store_is_told_of_conflicts_is_what_a_copy_lists()
    {
        Cases.ForAll(History.Of(Subject.Of<Product>()), history =>
        {
            foreach (var sample in history.Run().Samples)
            {
                var state = history.Subject.Join(sample, sample).State;
                Law.Holds("the same summary", state.Conflicts.Count > 0 == EncodedEntity.Inspect(Law.Row(state, withContext: false)).InConflict);
            }
        });
    }

    [Fact]
    public void A_detached_copy_lists_conflicts_and_says_why_it_can_not_settle_them()
    {
        var (a, b) = Apart(new Product(_phone, "p"));
        (a.Name, b.Name) = ("mine", "theirs");
        a.Merge(b);
        var detached = Product.Decode(a.Encode());
        var conflict = Assert.IsType<RegisterConflict>(Assert.Single(detached.Conflicts));
        var error = Assert.Throws<InvalidOperationException>(() => conflict.Settle(conflict.Writes[0]));
        Assert.Contains("decode it with a Replica", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Copies_that_have_seen_the_same_list_the_same_conflicts()
    {
        Cases.ForAll(History.Of(Subject.Of<Product>()), history =>
        {
            var samples = history.Run().Samples;
            var (a, b) = (history.Subject.Join(samples[0], samples[1]).State, history.Subject.Join(samples[1], samples[0]).State);
            Law.Holds("the same conflicts", a.Conflicts.Select(conflict => $"{conflict}").SequenceEqual(b.Conflicts.Select(conflict => $"{conflict}")));
        });
    }

    private (T A, T B) Apart<T>(T made)
        where T : class, Entities.IEntity<T>
    {
        var copy = T.Create(made.State.Id, _laptop);
        copy.State.Decode(made.State.Encode());
        return (made, copy);
    }

    private static void Agree<T>(T a, T b)
        where T : class, Entities.IEntity<T>
    {
        a.State.Join(b.State);
        b.State.Join(a.State);
        Assert.Equal(a.State.Encode(), b.State.Encode());
    }
}
