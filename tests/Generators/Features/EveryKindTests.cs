using Crdt.Schema;

namespace Crdt.Tests.Generators.Features;

/// <summary>Each attribute gives a field of its kind, which is written and read through the property.</summary>
public sealed class EveryKindTests
{
    private static readonly Guid Id = new("00112233-4455-6677-8899-aabbccddeeff");
    private static readonly Address Here = new("Main", null, ["a", null]);

    [Fact]
    public void Each_kind_of_field_has_a_property()
    {
        var kinds = EveryKind.EntityType.Fields.Select(field => field.Kind).Distinct().Order();
        Assert.Equal(Enum.GetValues<FieldKind>(), kinds);
        Assert.Equal(Deletion.UpdateWins, EveryKind.EntityType.Deletion);
    }

    [Fact]
    public void Everything_survives_encoding_and_merge()
    {
        var written = Written();
        RequireSame(written, EveryKind.Decode(written.Encode()));
        RequireSame(written, EveryKind.Decode(written.TakeDelta()));
    }

    [Fact]
    public void What_is_unwritten_reads_as_nothing()
    {
        var entity = new EveryKind(new("phone"), Id);
        Assert.Equal((DayOfWeek.Sunday, null, 0, "", null), (entity.Day, entity.Size, entity.Numbers.Count, entity.Home.Street, entity.Holiday));
        Assert.Equal((null, "", 0L, 0L, false, true), (entity.Latest, entity.Least, entity.Stock, entity.Views, entity.Active, entity.Visible));
        Assert.Empty(entity.Home.Lines);
        Assert.Empty(entity.Addresses);
        Assert.Empty(entity.Stays);
        Assert.Empty(entity.Labels);
        Assert.Empty(entity.Votes);
        Assert.Empty(entity.Steps);
        entity.Home = entity.Home;
        Assert.Equal("", EveryKind.Decode(entity.Encode()).Home.Street);
    }

    [Fact]
    public void The_schema_tells_what_values_are_made_of()
    {
        var home = Field(nameof(EveryKind.Home)).Value;
        Assert.Equal("Record(Text Street, Int32? Number, List of Text? Lines)", home.ToString());
        Assert.Equal(home, ValueSchema.Record(
            new ValueMember("Street", ValueKind.Text), new ValueMember("Number", ValueSchema.Optional(ValueKind.Int32)), new ValueMember("Lines", ValueSchema.List(ValueSchema.Optional(ValueKind.Text)))));
        Assert.Equal([new(-1, "Most"), new(0, "None")], Field(nameof(EveryKind.Size)).Value.Names);
        Assert.Equal(ValueKind.Enum, Field(nameof(EveryKind.Labels)).Key?.Kind);
        var schema = new GraphSchema("kinds", 1, EveryKind.EntityType);
        var writer = new Codec.WireWriter(256);
        schema.Write(ref writer);
        var reader = new Codec.WireReader(writer.Finish());
        var read = GraphSchema.Read(ref reader);
        Assert.Null(schema.ConflictWith(read));
        Assert.Equal(Field(nameof(EveryKind.Size)).Value.Names, read.Types[0].FindField(Field(nameof(EveryKind.Size)).Id)!.Value.Names);
    }

    [Fact]
    public void A_counter_with_a_bound_is_used_by_whoever_has_the_rights()
    {
        var (phone, laptop) = (new Replica("phone"), new Replica("laptop"));
        var mine = new EveryKind(phone, Id) { Seats = 9 };
        mine.GiveSeats(laptop.Id, 2);
        var theirs = EveryKind.Decode(laptop, mine.Encode());
        theirs.Seats -= 2;
        Assert.Throws<InsufficientRightsException>(() => theirs.Seats--);
        mine.Seats -= 4;
        mine.Merge(theirs);
        Assert.Equal((3, 0, 3), (mine.Seats, mine.SeatsRights.Of(phone.Id), EveryKind.EntityType.Fields.Single(field => field.Name == "Seats").Min));
    }

    [Fact]
    public void A_value_is_kept_as_it_was_written()
    {
        var entity = Written();
        var (proof, numbers) = (new byte[] { 1 }, new List<int?> { 1 });
        entity.Holiday = new(DayOfWeek.Monday, proof, null);
        entity.Numbers = numbers;
        var before = entity.Encode();
        proof[0] = 2;
        numbers.Add(2);
        Assert.Equal(before, entity.Encode());
        Assert.Equal([1], entity.Numbers);
        Assert.Throws<NotSupportedException>(() => ((IList<int?>)entity.Numbers).Add(3));
    }

    [Fact]
    public void A_value_without_an_exact_form_is_refused_with_the_names_of_property_and_member()
    {
        var entity = Written();
        var before = entity.Encode();
        var error = Assert.Throws<ArgumentException>(() => entity.Home = Here with { Street = "\uD800" });
        Assert.Contains("'Home'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Street'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => entity.Home = Here with { Lines = null! });
        Assert.Throws<ArgumentException>(() => entity.Labels[DayOfWeek.Friday] = "\uD800");
        Assert.Throws<ArgumentException>(() => entity.Votes["\uD800"] += 1);
        Assert.Equal(before, entity.Encode());
    }

    private static FieldSchema Field(string name) => EveryKind.EntityType.Fields.Single(field => field.Name == name);

    private static EveryKind Written()
    {
        var entity = new EveryKind(new Replica("phone"), Id)
        {
            Day = DayOfWeek.Friday,
            Size = Huge.Most,
            Numbers = [1, null, 3],
            Home = Here,
            Holiday = new(DayOfWeek.Monday, [1, 2], Here),
            Latest = new(2026, 11, 24),
            Least = "a",
            Stock = -3,
            Views = 3,
            Seats = 9,
            Active = true,
            Visible = false,
        };
        entity.Addresses.Set(Here);
        entity.Stays.Add(new(DayOfWeek.Sunday, [], null));
        entity.Labels[DayOfWeek.Monday] = "Mo";
        entity.Labels[DayOfWeek.Tuesday] = null;
        entity.Votes["tea"] += 2;
        entity.Steps.Add([Here, Here]);
        entity.Order.Add(Id);
        entity.Order.Add(Guid.Empty);
        entity.Order.Move(1, 0);
        return entity;
    }

    private static void RequireSame(EveryKind expected, EveryKind read)
    {
        Assert.Equal(expected, read);
        Assert.Equal(expected.Encode(), read.Encode());
        Assert.Equal((expected.Day, expected.Size, expected.Latest, expected.Least), (read.Day, read.Size, read.Latest, read.Least));
        Assert.Equal((9, 6), (read.Seats, read.SeatsRights.InAll));
        Assert.Equal((expected.Stock, expected.Views, expected.Active, expected.Visible), (read.Stock, read.Views, read.Active, read.Visible));
        Assert.Equal(expected.Numbers, read.Numbers);
        Assert.Equal((expected.Home.Street, expected.Home.Number), (read.Home.Street, read.Home.Number));
        Assert.Equal(expected.Home.Lines, read.Home.Lines);
        Assert.Equal(expected.Holiday?.Proof, read.Holiday?.Proof);
        Assert.Equal(expected.Holiday?.Where?.Lines, read.Holiday?.Where?.Lines);
        Assert.Equal(expected.Labels.OrderBy(pair => pair.Key), read.Labels.OrderBy(pair => pair.Key));
        Assert.Equal((2, 0), (read.Votes["tea"], read.Votes["milk"]));
        Assert.Equal("Main", read.Addresses.Single().Street);
        Assert.Equal(DayOfWeek.Sunday, read.Stays.Single().From);
        Assert.Equal(2, read.Steps.Single().Count);
        Assert.Equal([Guid.Empty, Id], read.Order);
    }
}
