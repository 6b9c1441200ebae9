using Crdt.Kuzu.Binding;
using Crdt.Projection;
using Crdt.Queries;
using Crdt.Tests.Kuzu.Projection;

namespace Crdt.Tests.Kuzu.Queries;

/// <summary>What doesn't fit is an error that names column, value and member.</summary>
public sealed class MisfitTests : IAsyncLifetime
{
    private const string Inexact = "doesn't have this number";

    private Shown _shown = null!;

    public async ValueTask InitializeAsync()
    {
        _shown = await Shown.OpenAsync(Town.Schema);
        await _shown.Projection.ApplyAsync(Projection.Entities.Batch(1, [Town.PersonOf(1, "Ann"), Town.PersonOf(2, "Bob"), Town.KnowsOf(1, 2, 2020)]));
    }

    public ValueTask DisposeAsync() => _shown.DisposeAsync();

    [Theory]
    [InlineData("256")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("'1.5'")]
    [InlineData("'256'")]
    [InlineData("CAST('NaN' AS DOUBLE)")]
    public Task Numbers_out_of_a_byte(string value) => RequireMisfitAsync<Rows.Byte>(value, "Byte.X", Inexact);

    [Theory]
    [InlineData("CAST('18446744073709551615' AS UINT64)")]
    [InlineData("CAST('9223372036854775808' AS INT128)")]
    [InlineData("9223372036854775808.0")]
    [InlineData("1e300")]
    [InlineData("'9223372036854775808'")]
    [InlineData("CAST('0.5' AS DECIMAL(10, 2))")]
    public Task Numbers_out_of_a_long(string value) => RequireMisfitAsync<Rows.Long>(value, "Long.X", Inexact);

    [Fact]
    public Task A_negative_number_without_a_sign() => RequireMisfitAsync<Rows.ULong>("-1", "ULong.X", Inexact);

    [Theory]
    [InlineData("0.1")]
    [InlineData("1e300")]
    [InlineData("16777217")]
    [InlineData("'1e300'")]
    public Task Numbers_that_a_float_would_round(string value) => RequireMisfitAsync<Rows.Float>(value, "Float.X", Inexact);

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("9223372036854775807")]
    [InlineData("'1e999'")]
    public Task Numbers_that_a_double_would_round(string value) => RequireMisfitAsync<Rows.Double>(value, "Double.X", Inexact);

    [Theory]
    [InlineData("1e300")]
    [InlineData("1.0 / 3.0")]
    [InlineData("CAST('NaN' AS DOUBLE)")]
    [InlineData("'0.12345678901234567890123456789012'")]
    [InlineData("CAST('12345678901234567890123456789012.5' AS DECIMAL(38, 5))")]
    public Task Numbers_that_a_decimal_would_round(string value) => RequireMisfitAsync<Rows.Decimal>(value, "Decimal.X", Inexact);

    [Theory]
    [InlineData("'Huge'", "no such value")]
    [InlineData("'small'", "no such value")]
    [InlineData("256", "no such value")]
    [InlineData("true", "isn't read as Size")]
    public Task Names_that_an_enum_lacks(string value, string message) => RequireMisfitAsync<Rows.Sized>(value, "Sized.X", message);

    [Theory]
    [InlineData("1", "isn't read as String")]
    [InlineData("[1]", "LIST")]
    public Task What_is_no_text(string value, string message) => RequireMisfitAsync<Rows.Text>(value, "Text.X", message);

    [Fact]
    public async Task Other_values_that_do_not_fit()
    {
        await RequireMisfitAsync<Rows.Id>("'none'", "Id.X", "Guid");
        await RequireMisfitAsync<Rows.Stamp>("'yesterday'", "Stamp.X", "");
        await RequireMisfitAsync<Rows.Span>("interval('1 month')", "Span.X", "months");
        await RequireMisfitAsync<Rows.Ints>("[1, 2, 3000000000]", "Ints.X", "item 2: Int32 " + Inexact);
        await RequireMisfitAsync<Rows.Ints>("'[1, null]'", "Ints.X", "item 1: it is NULL");
        await RequireMisfitAsync<Rows.Ints>("'[1, '", "Ints.X", "it isn't");
        await RequireMisfitAsync<Rows.Ints>("'{}'", "Ints.X", "Object in JSON");
    }

    [Fact]
    public void A_time_that_is_too_fine_is_not_cut() =>
        Assert.Contains("100 ns", Assert.Throws<OverflowException>(((IDatabaseValue)new KuzuNanoseconds(-1)).ToPlain).Message);

    [Fact]
    public async Task Null_for_a_member_that_cannot_be()
    {
        await RequireMisfitAsync<Rows.Long>("NULL", "Long.X", "The column 'X' can't be read into 'Long.X': it is NULL, which the member can't be.");
        await RequireMisfitAsync<Rows.Text>("NULL", "Text.X", "NULL");
        await RequireMisfitAsync<Rows.Home>("NULL", "Home.X", "NULL");
    }

    [Fact]
    public async Task A_member_of_a_struct_is_named_with_its_column()
    {
        await RequireMisfitAsync<Rows.Home>("{Street: 'A', Number: 3000000000, Next: NULL}", "Home.X", "The column 'Number', whose value is 3000000000, can't be read into 'Address.Number'");
        await RequireMisfitAsync<Rows.Home>("{Street: 'A'}", "Home.X", "there is no such member, only 'Street'");
        await RequireMisfitAsync<Rows.Home>("1", "Home.X", "isn't read as Address");
    }

    [Fact]
    public async Task A_long_value_is_shown_in_part()
    {
        var error = await Assert.ThrowsAsync<QueryResultException>(() => _shown.ReadAsync<Rows.Long>($"RETURN '{new string('x', 5000)}' AS X"));
        Assert.InRange(error.Message.Length, 100, 400);
    }

    [Theory]
    [InlineData("RETURN 1 AS Y, 2 AS Z", "The result has no column 'Id' for 'Keyed.Id', only 'Y', 'Z'.")]
    [InlineData("MATCH (p:Person {Id: 77}) RETURN p.Name", "The result has no column 'Id' for 'Keyed.Id', only 'p.Name'.")]
    [InlineData("MATCH (p:Person)-->(q:Person) RETURN p.Id, q.Id", "'Keyed.Id' can be read from more than one column, 'p.Id' and 'q.Id'; say AS Id in the query, or [Column] at the member.")]
    [InlineData("RETURN 1 AS ID, 2 AS id", "'Keyed.Id' can be read from more than one column, 'ID' and 'id'; say AS Id in the query, or [Column] at the member.")]
    public async Task Columns_that_are_missing_or_too_many(string query, string message)
    {
        var error = await Assert.ThrowsAsync<QueryResultException>(() => _shown.ReadAsync<Rows.Keyed>(query));
        Assert.Equal((message, "Id", "Keyed.Id"), (error.Message, error.Column, error.Member));
    }

    [Theory]
    [InlineData("RETURN 2 AS Id")]
    [InlineData("RETURN 2 AS id, 3 AS y")]
    [InlineData("RETURN 3 AS id, 2 AS Id")]
    [InlineData("MATCH (p:Person {Id: 2}) RETURN p.Name, p.Id")]
    [InlineData("MATCH (p:Person)-->(q:Person) RETURN p.Id, 2 AS ID")]
    [InlineData("MATCH (p:Person)-->(q:Person) RETURN p.Id AS source, q.Id")]
    [InlineData("MATCH (p:Person {Id: 2}) RETURN p.id")]
    public async Task Columns_are_found_by_name_in_any_case_and_behind_a_dot(string query) =>
        Assert.Equal(2, Assert.Single(await _shown.ReadAsync<Rows.Keyed>(query)).Id);

    [Fact]
    public async Task Nodes_and_relationships_are_read_by_their_properties()
    {
        var visit = Assert.Single(await _shown.ReadAsync<Rows.Visit>("MATCH (a:Person)-[k:KNOWS]->(b:Person) RETURN {Name: 'Main'} AS street, b AS who, k AS how"));
        Assert.Equal(new(new("Main"), new(2, "Bob"), new(2020)), visit);
        var raw = Assert.Single(await _shown.ReadAsync<Rows.Raw>("MATCH (node:Person)-[rel:KNOWS]->(other:Person) RETURN node, rel, interval('1 month') AS interval, other"));
        Assert.Equal(("Person", "KNOWS", 1), (raw.Node.Label, raw.Rel.Label, raw.Interval!.Value.Months));
        Assert.IsType<KuzuNode>(raw.Other);
    }

    [Fact]
    public async Task Properties_are_set_beside_the_constructor()
    {
        var rows = await _shown.ReadAsync<Rows.Settable>("MATCH (p:Person) RETURN p.Name, p.Id, 3 AS age ORDER BY p.Id");
        Assert.Equal([(1, "Ann", 3), (2, "Bob", 3)], rows.Select(row => (row.Id, row.Called, row.Age)));
    }

    private async Task RequireMisfitAsync<T>(string value, string member, string message)
        where T : IQueryResult<T>
    {
        var error = await Assert.ThrowsAsync<QueryResultException>(() => _shown.ReadAsync<T>($"RETURN {value} AS X"));
        Assert.StartsWith("The column 'X'", error.Message, StringComparison.Ordinal);
        Assert.Contains($"can't be read into '{member}'", error.Message);
        Assert.Contains(message, error.Message);
        Assert.Equal(("X", member), (error.Column, error.Member));
    }
}
