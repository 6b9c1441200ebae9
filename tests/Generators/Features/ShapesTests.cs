using Crdt.Schema;

namespace Crdt.Tests.Generators.Features;

/// <summary>Classes of every shape, at work.</summary>
public sealed class ShapesTests
{
    private readonly Replica _phone = new("phone");
    private readonly Replica _laptop = new("laptop");

    [Fact]
    public void A_class_without_namespace()
    {
        var entity = new Rootless(_phone, "x") { Value = 3 };
        Assert.Equal(3, Rootless.Decode(entity.Encode()).Value);
    }

    [Fact]
    public void A_class_in_an_interface_in_a_record()
    {
        var (id, friend) = (Guid.NewGuid(), Guid.NewGuid());
        var entity = new Outer.IInner.Nested(_phone, id);
        entity.Friends.Add(friend);
        Assert.Equal(friend, Assert.Single(Outer.IInner.Nested.Decode(entity.Encode()).Friends));
    }

    [Fact]
    public void Keywords_and_names_that_the_generator_uses()
    {
        var entity = new @event(_phone, key: "e") { @class = 1, Layout = 2, Type = 3, _class = 4, value = 5, field = 6, State = 7 };
        var copy = @event.Decode(_laptop, entity.Encode());
        Assert.Equal(("e", 1, 2, 3), (copy.Source, copy.@class, copy.Layout, copy.Type));
        Assert.Equal((4, 5, 6, 7L), (copy._class, copy.value, copy.field, copy.State));
        Assert.Equal("event", @event.EntityType.Name);
        copy.State += 2;
        entity.Merge(copy);
        Assert.Equal(9, entity.State);
        Assert.Equal(copy, entity);
    }

    [Fact]
    public void Modifiers_names_and_lanes()
    {
        var entity = new Modified(_phone, 1) { First = "Ann", Last = "Lee" };
        entity.Rename("Anna");
        Assert.Equal("Anna Lee", Modified.Decode(entity.Encode()).Full);
        Assert.Equal(("Card", "Card", "fast"), (Modified.EntityType.Name, Modified.EntityType.Table, Modified.EntityType.Lane));
        Assert.Equal(["Last", "Nickname", "Visits", "given_name", "labels"], Modified.EntityType.Fields.Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.All(Modified.EntityType.Fields, field => Assert.Equal(field.Name, field.Column));
        Assert.Equal(new KeySchema("Id", ValueKind.Int64, "Id"), Modified.EntityType.Key);
    }

    [Fact]
    public void Static_fields_of_the_user_find_the_descriptors()
    {
        Assert.Equal("Card", Modified.TypeName);
        Assert.Same(Modified.EntityType, Modified.Type);
    }

    [Fact]
    public void A_register_is_resolved_by_the_method_that_it_names()
    {
        var a = new Auction(_phone, 1);
        var b = Auction.Decode(_laptop, a.Encode());
        (a.Bid, a.Notes, a.Due) = (20, "x", new DateOnly(2026, 1, 1));
        (b.Bid, b.Notes, b.Due) = (10, "y", new DateOnly(2026, 1, 2));
        a.Merge(b);
        b.Merge(a);
        Assert.Equal((20m, "x; y", new DateOnly(2026, 1, 1)), (a.Bid, a.Notes, a.Due));
        Assert.Equal((20m, "x; y", new DateOnly(2026, 1, 1)), (b.Bid, b.Notes, b.Due));
        b.Bid = 1;
        a.MergeDelta(b.TakeDelta());
        Assert.Equal(1, a.Bid);
    }

    [Fact]
    public void A_deleted_object_leaves_nothing()
    {
        var a = new Person(_phone, 1) { Email = "a@x.org", Stock = 3 };
        var b = Person.Decode(_laptop, a.Encode());
        b.Delete();
        a.Merge(b);
        Assert.False(a.IsAlive);
        Assert.Null(a.Email);
        Assert.Equal(0, a.Stock);
        Assert.Throws<InvalidOperationException>(() => a.Email = "b@x.org");
    }

    [Fact]
    public void Objects_are_equal_by_their_writes()
    {
        var a = new Person(_phone, 1);
        var b = Person.Decode(_laptop, a.Encode());
        Assert.True(a.Equals((object)b));
        b.Stock++;
        Assert.False(a.Equals(b));
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.False(a.Equals(null));
        Assert.False(a.Equals("a"));
        Assert.NotEqual(new(_phone, 2), a);
    }

    [Fact]
    public void Only_copies_of_one_entity_merge()
    {
        var (first, second) = (new Person(_phone, 1), new Person(_phone, 2));
        Assert.Throws<ArgumentException>(() => first.Merge(second));
        Assert.Throws<ArgumentException>(() => first.MergeDelta(second.TakeDelta()));
    }
}
