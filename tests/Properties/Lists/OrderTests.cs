using Crdt.Clocks;
using Crdt.Types.Lists;

namespace Crdt.Tests.Properties.Lists;

/// <summary>An item is where it was put, and stays there relative to others on every replica.</summary>
public sealed class OrderTests
{
    [Fact]
    public void A_list_edited_alone_is_a_list()
    {
        Cases.ForAll(Cases.From(dice => (Seed: dice.Next(), Count: 1 + dice.Below(60)), Shrink), test =>
        {
            var (dice, writer, model) = (new Dice(test.Seed), new Writer(0), new List<string>());
            for (var i = 0; i < test.Count; i++) Edit(writer, model, dice, $"{i}");
            Law.Holds("it reads as a plain list", model.SequenceEqual(writer.List), $"{string.Join(' ', writer.List)} is not {string.Join(' ', model)}");
            Law.Holds("and so does a copy", model.SequenceEqual(writer.For(1).List));
        });
    }

    [Fact]
    public void Whoever_edits_sees_the_edit_where_it_was_made_after_any_merges()
    {
        Cases.ForAll(Cases.From(dice => (Seed: dice.Next(), Count: 1 + dice.Below(80)), Shrink), test =>
        {
            var dice = new Dice(test.Seed);
            var first = new Writer(0);
            Writer[] writers = [first, first.For(1), first.For(2)];
            for (var i = 0; i < test.Count; i++)
            {
                var writer = writers[dice.Below(3)];
                if (dice.OneIn(4)) writer.State.Join(writers[dice.Below(3)].State);
                var model = writer.List.ToList();
                Edit(writer, model, dice, $"{i}");
                Law.Holds("the edit is where it was made", model.SequenceEqual(writer.List), $"{string.Join(' ', writer.List)} is not {string.Join(' ', model)}");
            }

            Writer.Sync(writers);
            Law.Holds("all agree", writers.All(writer => writer.List.SequenceEqual(first.List)));
        });
    }

    /// <summary>Paths get as long as they may there, so that later items are put beside an ancestor of their neighbour.</summary>
    [Fact]
    public void What_writers_put_next_to_the_latest_item_by_turns_is_where_they_put_it()
    {
        Cases.ForAll(Cases.From(dice => (Seed: dice.Next(), Count: 1 + dice.Below(60)), Shrink), test =>
        {
            var dice = new Dice(test.Seed);
            var first = new Writer(0).Type(0, "[]");
            Writer[] writers = [first, first.For(1), first.For(2)];
            for (var (i, latest) = (0, 1); i < test.Count; i++)
            {
                var writer = writers[dice.Below(3)];
                var model = writer.List.ToList();
                var index = latest + dice.Below(2);
                writer.List.Insert(index, $"{i}");
                model.Insert(index, $"{i}");
                Law.Holds("the item is where it was put", model.SequenceEqual(writer.List), $"{string.Join(' ', writer.List)} is not {string.Join(' ', model)}");
                foreach (var other in writers) other.State.Join(writer.State);
                Law.Holds("on every replica", writers.All(other => model.SequenceEqual(other.List)));
                latest = index;
            }
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_greater_the_rank_the_farther_from_the_parent(bool isRight)
    {
        var (near, far) = (new ListStep(isRight, 1, new(World.IdOf(1), 1), 0), new ListStep(isRight, 2, new(World.IdOf(0), 1), 0));
        Assert.Equal(isRight ? 1 : -1, Math.Sign(far.CompareTo(near)));
        Assert.Equal(isRight ? -1 : 1, Math.Sign(near.CompareTo(far)));
    }

    [Fact]
    public void What_two_replicas_take_turns_to_append_has_short_positions()
    {
        var a = new Writer(0);
        var b = a.For(1);
        for (var i = 0; i < 500; i++)
        {
            var (writer, other) = i % 2 == 0 ? (a, b) : (b, a);
            writer.List.Add($"{i}");
            other.State.Join(writer.State);
        }

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), a.List);
        Assert.True(a.State.Encode().Length < 500 * 400, $"{a.State.Encode().Length} bytes");
    }

    [Fact]
    public void What_two_replicas_take_turns_to_put_first_has_short_positions()
    {
        var a = new Writer(0);
        var b = a.For(1);
        for (var i = 0; i < 500; i++)
        {
            var (writer, other) = i % 2 == 0 ? (a, b) : (b, a);
            writer.List.Insert(0, $"{i}");
            other.State.Join(writer.State);
        }

        Assert.Equal(Enumerable.Range(0, 500).Reverse().Select(i => $"{i}"), a.List);
        Assert.True(a.State.Encode().Length < 500 * 400, $"{a.State.Encode().Length} bytes");
    }

    [Fact]
    public void Only_whoever_began_a_run_goes_on_with_it()
    {
        var a = new Writer(0).Type(0, "a");
        var b = a.For(1);
        // So many writes that its next number would be the next of the run.
        for (var i = 0; i < 2; i++) b.List[0] = "b";
        a.List.Add("1");
        b.List.Add("2");
        Writer.Sync(a, b);
        var places = a.List.Store.Entries.Values.Select(item => item.Entries[0].Value.Position).Order().ToArray();
        Assert.All(places.Zip(places[1..]), pair => Assert.NotEqual(0, pair.First.CompareTo(pair.Second)));
    }

    [Fact]
    public void Next_to_an_offset_that_nobody_can_have_given_an_item_is_where_it_was_put()
    {
        var (run, dot) = (new Dot(World.IdOf(0), 1), new Dot(World.IdOf(0), 5));
        var (low, high) = (new ListPosition([new(IsRight: true, 0, run, -100)]), new ListPosition([new(IsRight: true, 0, run, 100)]));
        Assert.True(ListPosition.Between(high, null, dot).CompareTo(high) > 0);
        Assert.True(ListPosition.Between(null, low, dot).CompareTo(low) < 0);
    }

    [Fact]
    public void What_is_put_first_or_last_over_and_over_takes_one_step()
    {
        var writer = new Writer(0);
        for (var i = 0; i < 200; i++) writer.List.Insert(0, "x");
        for (var i = 0; i < 200; i++) writer.List.Add("y");
        Assert.All(writer.List.Store.Entries.Values, item => Assert.Single(item.Entries[0].Value.Position.Steps.ToArray()));
    }

    [Fact]
    public void More_items_between_the_same_two_than_positions_can_tell_apart_are_refused_and_nothing_is_lost()
    {
        var a = new Writer(0).Type(0, "[]");
        var b = a.For(1);
        var (index, refused) = (1, a);
        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                var (writer, other) = i % 2 == 0 ? (a, b) : (b, a);
                refused = writer;
                writer.List.Insert(index, "x");
                other.State.Join(writer.State);
                if (i % 2 == 0) index++;
            }
        });
        Assert.Contains("move one of the neighbours", error.Message, StringComparison.Ordinal);
        // The same gap takes no moved item either, and the list stays as it was.
        var (count, text) = (a.List.Count, a.Text);
        Assert.Throws<InvalidOperationException>(() => refused.List.Move(count - 1, index));
        Assert.Equal((text, text), (a.Text, refused.Text));
        a.List.Add("last");
        Assert.Equal(count + 1, a.List.Count);
        Assert.Equal(a.State.Encode(), a.For(2).State.Encode());
    }

    [Fact]
    public void Concurrent_moves_leave_one_item_where_the_later_move_put_it()
    {
        var time = new VirtualTime();
        var a = new Writer(0, time).Type(0, "abcd");
        var b = a.For(1, time);
        a.List.Move(0, 3);
        time.Milliseconds++;
        b.List.Move(0, 1);
        Writer.Sync(a, b);
        Assert.Equal(("bacd", "bacd"), (a.Text, b.Text));
    }

    [Fact]
    public void Of_moves_and_changes_at_one_time_those_of_the_higher_replica_win()
    {
        var time = new VirtualTime();
        var a = new Writer(0, time).Type(0, "abc");
        var b = a.For(1, time);
        time.Milliseconds++;
        a.List.Move(0, 2);
        b.List.Move(0, 1);
        (a.List[0], b.List[0]) = ("A", "B");
        Writer.Sync(a, b);
        Assert.Equal(("Bac", "Bac"), (a.Text, b.Text));
    }

    [Fact]
    public void The_list_of_a_deleted_entity_reads_as_empty()
    {
        var writer = new Writer(0).Type(0, "abc");
        Assert.Equal("abc", writer.Text);
        writer.State.Delete();
        Assert.Equal("", writer.Text);
    }

    [Fact]
    public void An_item_moved_here_and_replaced_there_is_both()
    {
        var a = new Writer(0).Type(0, "abc");
        var b = a.For(1);
        a.List.Move(0, 2);
        b.List[0] = "A";
        Writer.Sync(a, b);
        Assert.Equal(("bcA", "bcA"), (a.Text, b.Text));
    }

    [Fact]
    public void An_item_removed_here_and_changed_there_stays()
    {
        var a = new Writer(0).Type(0, "abc");
        var b = a.For(1);
        a.List.RemoveAt(1);
        b.List[1] = "B";
        Writer.Sync(a, b);
        Assert.Equal(("aBc", "aBc"), (a.Text, b.Text));
        ((IList<string>)b.List).Clear();
        Writer.Sync(a, b);
        Assert.Equal("", a.Text);
    }

    [Fact]
    public void Bad_indexes_and_items_change_nothing()
    {
        var writer = new Writer(0).Type(0, "ab");
        var before = writer.State.Encode();
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.List.Insert(3, "x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.List.Move(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.List.Move(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.List.RemoveAt(-1));
        var error = Assert.Throws<ArgumentException>(() => writer.List.Add("\uD800"));
        Assert.Contains("Items", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => writer.List[0] = null!);
        Assert.Equal(before, writer.State.Encode());
        Assert.Throws<InvalidOperationException>(() => Detached().Add("x"));
    }

    private static IList<string> Detached() =>
        (IList<string>)Subjects.SubjectList.Of("ordered list").New(null).Fields[0];

    private static void Edit(Writer writer, List<string> model, Dice dice, string item)
    {
        var (index, to) = (dice.Below(model.Count + 1), model.Count > 0 ? dice.Below(model.Count) : 0);
        if (model.Count == 0 || index == model.Count || dice.Below(10) < 6)
        {
            // Mostly where something was inserted before, as people do.
            writer.List.Insert(index, item);
            model.Insert(index, item);
            return;
        }

        switch (dice.Below(3))
        {
            case 0:
                writer.List.RemoveAt(index);
                model.RemoveAt(index);
                break;
            case 1:
                writer.List[index] = item;
                model[index] = item;
                break;
            default:
                var moved = model[index];
                model.RemoveAt(index);
                model.Insert(to, moved);
                writer.List.Move(index, to);
                break;
        }
    }

    private static IEnumerable<(ulong Seed, int Count)> Shrink((ulong Seed, int Count) test)
    {
        for (var count = 1; count < test.Count; count++) yield return (test.Seed, count);
    }
}
