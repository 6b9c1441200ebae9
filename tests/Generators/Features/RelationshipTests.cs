using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Tests.Generators.Features;

/// <summary>Relationships, and the schema that lists them.</summary>
public sealed class RelationshipTests
{
    private readonly Replica _phone = new("phone");

    [Fact]
    public void A_relationship_is_named_by_its_ends()
    {
        var (ann, bob) = (new Person(_phone, 1), new Person(_phone, 2));
        var knows = new Knows(_phone, ann, bob) { Since = new(2026, 11, 22) };
        Assert.Equal((ann.State.Id, bob.State.Id), (knows.SourceId, knows.TargetId));
        Assert.Equal(Knows.IdOf(ann, bob), knows.State.Id);
        Assert.Equal(Knows.IdOf(Person.IdOf(1), Person.IdOf(2)), knows.State.Id);
        Assert.NotEqual(Knows.IdOf(bob, ann), knows.State.Id);
        var decoded = Knows.Decode(knows.Encode());
        Assert.Equal(knows, decoded);
        Assert.Equal((ann.State.Id, bob.State.Id), (decoded.SourceId, decoded.TargetId));
    }

    [Fact]
    public void A_discriminator_tells_parallel_relationships_apart()
    {
        var (ann, shop) = (new Person(_phone, 1), new Rootless(_phone, "shop"));
        var first = new Visit(_phone, ann, shop, 1) { Purpose = "buy" };
        var second = new Visit(_phone, Person.IdOf(1), Rootless.IdOf("shop"), 2);
        Assert.NotEqual(first.State.Id, second.State.Id);
        Assert.Equal((1, 2), (first.Target, second.Target));
        Assert.Equal((1, "buy"), (Visit.Decode(first.Encode()).Target, Visit.Decode(first.Encode()).Purpose));
        Assert.Equal(Visit.IdOf(ann, shop, 2), second.State.Id);
        Assert.Equal(first.TargetId, second.TargetId);
    }

    [Fact]
    public void An_end_with_a_state_of_its_own_and_a_loop()
    {
        var end = new @event(_phone, "e");
        var follows = new Follows(_phone, end, end);
        Assert.Equal(((IEntity)end).State.Id, follows.SourceId);
        Assert.Equal(follows.SourceId, follows.TargetId);
    }

    [Fact]
    public void An_end_of_another_type_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Knows(_phone, Person.IdOf(1), Rootless.IdOf("x")));

    [Fact]
    public void A_relationship_without_key_is_described_so()
    {
        Assert.Null(Knows.EntityType.Key);
        Assert.Equal("KNOWS", Knows.EntityType.Name);
        Assert.Same(Person.EntityType, Knows.EntityType.Source);
        Assert.Equal(new KeySchema("Target", ValueKind.Int32, "Target"), Visit.EntityType.Key);
    }

    [Fact]
    public void The_schema_lists_every_annotated_class()
    {
        var schema = FeaturesSchema.Instance;
        Assert.Equal(("features", 3), (schema.Name, schema.Version));
        Assert.Contains(Person.EntityType, schema.Types);
        Assert.Contains(Outer.IInner.Nested.EntityType, schema.Types);
        Assert.Equal([Follows.EntityType, Knows.EntityType, Trip.EntityType, Visit.EntityType], schema.Types.Where(type => type.IsRelationship));
        Assert.Equal(["fast", "main"], schema.Lanes);
        Assert.Equal(schema.Types, SecondSchema.Instance.Types);
    }
}
