using Crdt.Entities;
using Crdt.Schema;
using Crdt.Types.Counters;

namespace Crdt.Tests.Generators.Features;

/// <summary>Records: what classes do, and copies that merge on their own.</summary>
public sealed class RecordTests
{
    private readonly Replica _phone = new("phone");
    private readonly Replica _laptop = new("laptop");

    [Fact]
    public void A_record_merges_as_a_class_does()
    {
        var a = new Account(_phone, 1) { Email = "a@x.org", Age = 3 };
        var b = Account.Decode(_laptop, a.Encode());
        a.Stock += 2;
        b.Stock += 3;
        b.Tags.Add("x");
        a.MergeDelta(b.TakeDelta());
        b.Merge(a);
        Assert.Equal(("a@x.org", 5L, "x"), (a.Email, a.Stock, Assert.Single(a.Tags)));
        Assert.Equal(a, b);
        Assert.True(a == b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
    }

    [Fact]
    public void A_copy_with_another_value_leaves_the_original_alone()
    {
        var original = new Account(_phone, 1) { Email = "old@x.org", Age = 3 };
        original.Tags.Add("x");
        var copy = original with { Email = "new@x.org" };
        copy.Tags.Add("y");
        copy.Stock++;
        original.Tags.Remove("x");
        Assert.Equal(("old@x.org", 0L), (original.Email, original.Stock));
        Assert.Empty(original.Tags);
        Assert.Equal(("new@x.org", 1L, 3), (copy.Email, copy.Stock, copy.Age));
        Assert.Equal(["x", "y"], copy.Tags.Order());
        Assert.Equal((1L, original.State.Id), (copy.Id, copy.State.Id));
        Assert.NotEqual(original, copy);
    }

    [Fact]
    public void A_copy_and_its_original_merge()
    {
        var original = new Account(_phone, 1) { Email = "old@x.org", Stock = 5 };
        original.Tags.Add("x");
        var copy = original with { Email = "new@x.org" };
        copy.Tags.Remove("x");
        copy.Stock += 2;
        original.Stock += 3;
        original.Tags.Add("y");
        original.Merge(copy);
        copy.Merge(original);
        Assert.Equal(("new@x.org", 10L, "y"), (original.Email, original.Stock, Assert.Single(original.Tags)));
        Assert.Equal(original, copy);
    }

    [Fact]
    public void Copies_by_one_writer_of_what_both_have_written_count_every_step_once()
    {
        var first = new Account(_phone, 1);
        var copies = new List<Account>();
        for (var i = 0; i < 5; i++)
        {
            first.Stock++;
            copies.Add(first with { Stock = first.Stock + 10 });
        }

        foreach (var copy in copies) first.MergeDelta(copy.TakeDelta());
        Assert.Equal(55, first.Stock);
    }

    [Fact]
    public void A_copy_has_shipped_nothing()
    {
        var original = new Account(_phone, 1) { Email = "a@x.org" };
        original.TakeDelta();
        var copy = original with { };
        copy.Stock = 7;
        var other = Account.Decode(_laptop, copy.TakeDelta());
        Assert.Equal(copy, other);
        Assert.Equal("a@x.org", other.Email);
        Assert.Equal(0, Account.Decode(original.TakeDelta()).Stock);
        copy.Email = null;
        other.MergeDelta(copy.TakeDelta());
        Assert.Equal(copy, other);
    }

    [Fact]
    public void A_copy_ships_what_its_original_has_seen_removed()
    {
        var original = new Account(_phone, 1) { Email = "a@x.org" };
        var other = Account.Decode(_laptop, original.Encode());
        original.Tags.Add("x");
        other.MergeDelta(original.TakeDelta());
        original.Tags.Remove("x");
        other.MergeDelta((original with { }).TakeDelta());
        Assert.Empty(other.Tags);
    }

    [Fact]
    public void A_copy_of_what_has_no_writer_has_none()
    {
        var read = Account.Decode(new Account(_phone, 1) { Email = "a@x.org" }.Encode());
        Assert.Equal(read, read with { });
        Assert.Throws<InvalidOperationException>(() => read with { Email = "b@x.org" });
        var deleted = new Account(_phone, 2);
        deleted.Delete();
        Assert.False((deleted with { }).IsAlive);
    }

    [Fact]
    public void A_copy_keeps_fields_that_only_a_newer_build_knows()
    {
        var newer = new Account(_phone, 1) { Email = "a@x.org" };
        var stock = Account.EntityType.Fields.Single(field => field.Name == "Stock");
        var type = new EntityType("Account", "Account", EntityType.MainLane, Account.EntityType.Key, null, null, stock);
        var older = new EntityState(type, newer.State.Id, _laptop, new Counter(stock));
        older.Decode(newer.Encode());
        var counter = new Counter(stock);
        var copy = older.Fork(counter);
        counter.Value = 3;
        Assert.Equal(("a@x.org", 3L), (Account.Decode(copy.Encode()).Email, Account.Decode(copy.Encode()).Stock));
        copy.Delete();
        Assert.Equal("a@x.org", Account.Decode(older.Encode()).Email);
        Assert.Throws<ArgumentException>(() => older.Fork());
    }

    [Fact]
    public void A_copy_takes_over_what_does_not_merge()
    {
        var touched = 0;
        var original = new Account(_phone, 1) { @event = "e", Email = "a@x.org" };
        original.Notes.Add("n");
        original.Changed += () => touched++;
        var copy = original with { @event = "f" };
        copy.Touch();
        Assert.Equal((1, "e", "f"), (touched, original.@event, copy.@event));
        Assert.Same(original.Notes, copy.Notes);
        Assert.Equal("no a@x.org", copy.Prefixed);
    }

    [Fact]
    public void The_text_shows_the_members_and_nothing_of_what_is_emitted()
    {
        var account = new Account(_phone, 7) { Email = "a@x.org", Age = 8, Secret = "s", @event = "e" };
        account.Tags.Add("x");
        Assert.Equal(
            "Account { Id = 7, Email = a@x.org, Age = 8, Stock = 0, Tags = [x], Notes = System.Collections.Generic.List`1[System.String], event = e, Half = 4, Prefixed = no a@x.org }",
            account.ToString());
        account.Delete();
        Assert.Contains("Email = , Age = , Stock = 0, Tags = []", account.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_of_a_relationship_begins_with_its_ends()
    {
        var trip = new Trip(_phone, Account.IdOf(1), Person.IdOf(2), 3);
        Assert.Equal($"Trip {{ SourceId = {trip.SourceId}, TargetId = {trip.TargetId}, Number = 3, Day =  }}", trip.ToString());
        var later = trip with { Day = new(2026, 11, 22) };
        Assert.Equal((null, trip.SourceId, 3), (trip.Day, later.SourceId, later.Number));
        Assert.Equal(later, Trip.Decode(later.Encode()));
    }

    [Fact]
    public void The_text_of_a_record_that_prints_itself_or_shows_nothing()
    {
        Assert.Equal("Ticket { open }", new Ticket(_phone, Guid.NewGuid()) { State = "open" }.ToString());
        Assert.Equal("Empty { }", Shelf.Print(_phone));
    }

    [Fact]
    public void A_derived_record_copies_compares_and_prints_what_it_adds()
    {
        var shop = new Business(_phone, 1) { Email = "a@x.org", Company = "Shop" };
        var moved = shop with { Email = "b@x.org" };
        Assert.Equal(("a@x.org", "b@x.org", "Shop"), (shop.Email, moved.Email, moved.Company));
        Assert.NotEqual(shop, shop with { Company = "Other" });
        Assert.EndsWith("Company = Shop }", shop.ToString(), StringComparison.Ordinal);
        var account = Account.Decode(shop.Encode());
        Assert.False(account.Equals(shop));
        Assert.False(shop.Equals(account));
        Account seenAsAccount = shop with { };
        Assert.IsType<Business>(seenAsAccount with { });
        Assert.Equal(shop, seenAsAccount);
    }
}
