using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Semantics;

/// <summary>Fields that are read and written by their names, with objects that their schema says.</summary>
public sealed class DynamicEntityTests
{
    private static readonly EntityType Type = new(
        "Thing", "Thing", EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null,
        Field("Age", FieldKind.Register, ValueKind.Int16),
        Field("Note", FieldKind.Register, ValueKind.Text, nullable: true),
        Field("Day", FieldKind.Register, ValueSchema.Enum(ValueKind.Int32, new EnumName(0, "Sunday"), new EnumName(1, "Monday"))),
        Field("Home", FieldKind.Register, ValueSchema.Record(new ValueMember("City", ValueKind.Text), new ValueMember("Floor", ValueSchema.Optional(ValueKind.Int32)))),
        Field("Sizes", FieldKind.Register, ValueSchema.List(ValueKind.Double)),
        Field("Stock", FieldKind.Counter, ValueKind.Int64),
        Field("Views", FieldKind.GrowOnlyCounter, ValueKind.Int64),
        Field("Best", FieldKind.Max, ValueKind.Decimal),
        Field("Tags", FieldKind.Set, ValueKind.Text),
        Field("Phones", FieldKind.MultiValue, ValueKind.Text),
        Field("Steps", FieldKind.List, ValueKind.Text),
        Field("Active", FieldKind.EnableWins, ValueKind.Boolean),
        Field("Labels", FieldKind.Map, ValueKind.Text) with { Key = ValueKind.Double },
        Field("Votes", FieldKind.CounterMap, ValueKind.Int64) with { Key = ValueKind.Text });

    private readonly Replica _phone = new("phone");

    [Fact]
    public void Unwritten_fields_read_as_those_of_a_class()
    {
        var thing = Create();
        Assert.Equal((short)0, thing["Age"]);
        Assert.Null(thing["Note"]);
        Assert.Equal("Sunday", thing["Day"]);
        Assert.Equal("", Assert.IsType<Dictionary<string, object?>>(thing["Home"])["City"]);
        Assert.Equal((0L, 0m, false), (thing["Stock"], thing["Best"], thing["Active"]));
        Assert.Empty(Assert.IsAssignableFrom<IReadOnlyList<object?>>(thing["Tags"]));
        Assert.Equal(Type.Fields.Count, thing.Values.Count);
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var thing = Create();
        (thing["Age"], thing["Note"], thing["Day"], thing["Best"], thing["Active"]) = (7, "x", DayOfWeek.Monday, 3, true);
        thing["Sizes"] = new[] { 1.5, -0.0 };
        thing["Home"] = new Dictionary<string, object?> { ["City"] = "Bern", ["Floor"] = 3 };
        thing["Phones"] = "+41";
        thing.Add("Tags", "a");
        thing.Add("Tags", "b");
        thing.Remove("Tags", "a");
        Assert.Equal(((short)7, "x", "Monday", 3m, true), (thing["Age"], thing["Note"], thing["Day"], thing["Best"], thing["Active"]));
        Assert.Equal(new object[] { 1.5, -0.0 }, thing["Sizes"]);
        Assert.Equal(new Dictionary<string, object?> { ["City"] = "Bern", ["Floor"] = 3 }, thing["Home"]);
        Assert.Equal(new object[] { "b" }, thing["Tags"]);
        Assert.Equal(new object[] { "+41" }, thing["Phones"]);
        thing["Note"] = null;
        Assert.Null(thing["Note"]);
    }

    [Fact]
    public void Counters_take_changes()
    {
        var thing = Create();
        thing["Stock"] = 10;
        thing.Increment("Stock", -3);
        thing.Increment("Views");
        thing.IncrementAt("Votes", "tea", 2);
        Assert.Equal((7L, 1L), (thing["Stock"], thing["Views"]));
        Assert.Contains("only grows", Assert.Throws<ArgumentException>(() => thing.Increment("Views", -1)).Message, StringComparison.Ordinal);
        Assert.Contains("name the key", Assert.Throws<InvalidOperationException>(() => thing.Increment("Votes")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_keep_their_order()
    {
        var thing = Create();
        thing.Insert("Steps", 0, "b");
        thing.Insert("Steps", 0, "a");
        thing.Insert("Steps", 2, "c");
        thing.Move("Steps", 2, 0);
        thing.Replace("Steps", 1, "A");
        thing.RemoveAt("Steps", 2);
        Assert.Equal(new object[] { "c", "A" }, thing["Steps"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => thing.RemoveAt("Steps", 2));
    }

    [Fact]
    public void Maps_hold_values_under_keys()
    {
        var thing = Create();
        thing.Put("Labels", 1.5, "x");
        thing.Put("Labels", 2, "y");
        thing.Remove("Labels", 1.5);
        Assert.Equal(new Dictionary<object, object?> { [2.0] = "y" }, thing["Labels"]);
        thing.Put("Labels", 0.0, "plus");
        thing.Put("Labels", -0.0, "minus");
        Assert.Equal("minus", Assert.IsType<Dictionary<object, object?>>(thing["Labels"])[-0.0]);
        thing.IncrementAt("Votes", "tea", 2);
        Assert.Equal(new Dictionary<object, object?> { ["tea"] = 2L }, thing["Votes"]);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => thing.Put("Labels", double.NaN, "x")).Message, StringComparison.Ordinal);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => thing.Put("Labels", float.NaN, "x")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => thing.Put("Labels", Int128.MaxValue, "x"));
    }

    [Theory]
    [InlineData("Age", 40_000)]
    [InlineData("Age", 1.5)]
    [InlineData("Age", null)]
    [InlineData("Note", 1)]
    [InlineData("Day", "Someday")]
    [InlineData("Sizes", "1.5")]
    [InlineData("Home", "Bern")]
    [InlineData("Best", null)]
    [InlineData("Stock", "many")]
    public void What_does_not_fit_is_refused_with_the_name_of_the_field_and_changes_nothing(string field, object? value)
    {
        var thing = Create();
        var before = thing.State.Encode();
        Assert.Contains($"'{field}'", Assert.ThrowsAny<ArgumentException>(() => thing[field] = value).Message, StringComparison.Ordinal);
        Assert.Equal(before, thing.State.Encode());
    }

    [Fact]
    public void Text_with_half_a_character_is_refused() =>
        Assert.Contains("'Note'", Assert.Throws<ArgumentException>(() => Create()["Note"] = "\ud800").Message, StringComparison.Ordinal);

    [Fact]
    public void A_record_has_all_its_members_and_no_others()
    {
        var thing = Create();
        var lacking = Assert.Throws<ArgumentException>(() => thing["Home"] = new Dictionary<string, object?> { ["Floor"] = 3 });
        Assert.Contains("'City'", lacking.Message, StringComparison.Ordinal);
        var unknown = Assert.Throws<ArgumentException>(() => thing["Home"] = new Dictionary<string, object?> { ["City"] = "Bern", ["Zip"] = 1 });
        Assert.Contains("'Zip'", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_field_is_refused_with_those_that_there_are() =>
        Assert.Contains("Age", Assert.Throws<ArgumentException>(() => Create()["Weight"]).Message, StringComparison.Ordinal);

    [Fact]
    public void A_collection_is_not_set_as_a_whole() =>
        Assert.Contains("one part at a time", Assert.Throws<InvalidOperationException>(() => Create()["Tags"] = new[] { "a" }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_class_and_no_class_read_each_other()
    {
        var product = new Product(_phone, "a") { Name = "Pen", Price = 1.50m, Stock = 4 };
        product.Tags.Add("blue");
        var same = DynamicEntity.Decode(Product.EntityType, product.Encode(), new Replica("laptop"));
        Assert.Equal(("Pen", 1.50m, 4L), (same["Name"], same["Price"], same["Stock"]));
        Assert.Equal("a", same.Key.AsText());
        same["Price"] = null;
        same.Increment("Stock", 2);
        product.Merge(Product.Decode(same.State.Encode()));
        Assert.Equal(((decimal?)null, 6L), (product.Price, product.Stock));
    }

    private DynamicEntity Create()
    {
        var thing = DynamicEntity.Create(Type, EntityId.Node(Type, 1), _phone);
        thing.State.Create();
        return thing;
    }

    private static FieldSchema Field(string name, FieldKind kind, ValueSchema value, bool nullable = false) => new(name, kind, value, nullable, name);
}
