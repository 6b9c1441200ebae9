using System.Globalization;
using Crdt.Schema;
using static Crdt.Tests.Kuzu.Projection.Things;

namespace Crdt.Tests.Kuzu.RoundTrip;

/// <summary>A decimal whose digits are declared is a number in the graph database, and whole in the replica.</summary>
public sealed class DecimalTests
{
    [Theory]
    [InlineData(18, 2, "0:0.00 -0.00:0.00 1:1.00 1.2:1.20 1.005:1.01 -1.005:-1.01 -0.004:0.00 1234567890123456.78:1234567890123456.78 9999999999999999.994:9999999999999999.99 9999999999999999.995:NULL 10000000000000000:NULL")]
    [InlineData(28, 10, "0.00000000005:0.0000000001 -123456789012345678.0123456789:-123456789012345678.0123456789 999999999999999999.9999999999:999999999999999999.9999999999 79228162514264337593543950335:NULL")]
    [InlineData(28, 0, "9999999999999999999999999999:9999999999999999999999999999 -9999999999999999999999999999.4:-9999999999999999999999999999 9999999999999999999999999999.5:NULL")]
    [InlineData(28, 28, "0.9999999999999999999999999999:0.9999999999999999999999999999 -0.0000000000000000000000000001:-0.0000000000000000000000000001 1:NULL")]
    [InlineData(1, 0, "9:9 9.4:9 9.5:NULL -9:-9")]
    [InlineData(4, 4, "0.12345:0.1235 -0.9999:-0.9999 0.99995:NULL")]
    public async Task It_shows_rounded_to_its_digits_or_as_NULL(int precision, int scale, string cases)
    {
        var values = cases.Split(' ').Select(known => known.Split(':')).Select(parts => (Written: decimal.Parse(parts[0], CultureInfo.InvariantCulture), Shown: parts[1])).ToList();
        var type = TypeOf(new FieldSchema("price", FieldKind.Register, ValueSchema.Decimal(precision, scale), Nullable: true, "price"));
        await using var journey = await Journey.BeginAsync(SchemaOf(type));
        await journey.TravelAsync(tx =>
        {
            for (var i = 0; i < values.Count; i++) tx.AddNode("Thing", i, ("price", values[i].Written));
        });
        await journey.LookTwiceAsync(async () =>
        {
            var rows = await journey.RowsAsync("MATCH (e:Thing) RETURN e.price ORDER BY e.id");
            Assert.Equal(values.Select(value => value.Shown), rows.Select(row => row[0] is decimal price ? price.ToString(CultureInfo.InvariantCulture) : $"{row[0] ?? "NULL"}"));
            for (var i = 0; i < values.Count; i++) await journey.AssertSameTruthAsync(Id(type, i));
        });
    }

    [Fact]
    public async Task It_is_ordered_and_compared_as_a_number()
    {
        var type = TypeOf(new FieldSchema("price", FieldKind.Register, ValueSchema.Decimal(18, 2), Nullable: false, "price"));
        await using var journey = await Journey.BeginAsync(SchemaOf(type));
        await journey.TravelAsync(tx =>
        {
            foreach (var (id, price) in new[] { (1, 9.5m), (2, 10m), (3, -0.75m) }) tx.AddNode("Thing", id, ("price", price));
            tx.AddNode("Thing", 4);
        });
        await journey.LookTwiceAsync(async () =>
        {
            Assert.Equal([3L, 4L, 1L, 2L], (await journey.RowsAsync("MATCH (e:Thing) RETURN e.id ORDER BY e.price")).Select(row => row[0]));
            Assert.Equal([2L], (await journey.RowsAsync("MATCH (e:Thing) WHERE e.price > $least RETURN e.id", new Dictionary<string, object?> { ["least"] = 9.75 })).Select(row => row[0]));
            Assert.Equal(18.75, (await journey.RowsAsync("MATCH (e:Thing) RETURN sum(CAST(e.price AS DOUBLE))"))[0][0]);
            Assert.Equal(0.00m, (await journey.RowsAsync("MATCH (e:Thing) WHERE e.id = 4 RETURN e.price"))[0][0]);
        });
    }

    [Fact]
    public void Digits_travel_with_the_schema_and_keep_nobody_from_merging()
    {
        var (plain, digits) = (SchemaOf(TypeOf(Price(ValueKind.Decimal))), SchemaOf(TypeOf(Price(ValueSchema.Decimal(18, 2)))));
        Assert.Null(plain.ConflictWith(digits));
        var writer = new Crdt.Codec.WireWriter(64);
        digits.Write(ref writer);
        var reader = new Crdt.Codec.WireReader(writer.Finish());
        Assert.Equal((18, 2), GraphSchema.Read(ref reader).Types[0].Fields[0].Value.Digits);

        static FieldSchema Price(ValueSchema value) => new("price", FieldKind.Register, value, Nullable: true, "price");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(29, 2)]
    [InlineData(5, 6)]
    [InlineData(5, -1)]
    public void Digits_that_can_not_be_are_refused(int precision, int scale) => Assert.Throws<ArgumentOutOfRangeException>(() => ValueSchema.Decimal(precision, scale));
}
