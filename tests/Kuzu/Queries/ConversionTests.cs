using Crdt.Queries;
using Crdt.Tests.Kuzu.Projection;

namespace Crdt.Tests.Kuzu.Queries;

/// <summary>Values of the engine become .NET's, whole or not at all.</summary>
public sealed class ConversionTests : IAsyncLifetime
{
    private Shown _shown = null!;

    public async ValueTask InitializeAsync() => _shown = await Shown.OpenAsync(Town.Schema);

    public ValueTask DisposeAsync() => _shown.DisposeAsync();

    [Theory]
    [InlineData("-128", "-32768", "-2147483648", "-9223372036854775807 - 1", "0", "0", "0", "0", "-170141183460469231731687303715884105727")]
    [InlineData("127", "32767", "2147483647", "9223372036854775807", "255", "65535", "4294967295", "18446744073709551615", "170141183460469231731687303715884105727")]
    public async Task Integers_at_their_ends(params string[] values)
    {
        string[] names = ["INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64", "INT128"];
        string[] columns = ["I8", "I16", "I32", "I64", "U8", "U16", "U32", "U64", "I128"];
        var exact = await OneAsync<Rows.Integers>("RETURN " + string.Join(", ", values.Select((value, i) => $"CAST({Quoted(value)} AS {names[i]}) AS {columns[i]}")));
        Assert.Equal(values.Select(Evaluated), All(exact));
        var ofText = await OneAsync<Rows.Integers>("RETURN " + string.Join(", ", values.Select((value, i) => $"'{Evaluated(value)}' AS {columns[i]}")));
        Assert.Equal(exact, ofText);
    }

    [Fact]
    public async Task Fractions_keep_every_bit()
    {
        Assert.Equal(new(0.1f, 0.1, 1.00m), await OneAsync<Rows.Fractions>("RETURN CAST(0.1 AS FLOAT) AS F, 0.1 AS D, '1.00' AS M"));
        Assert.Equal("1.00", (await OneAsync<Rows.Decimal>("RETURN '1.00' AS X")).X.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(new(float.NaN, double.NegativeInfinity, decimal.MaxValue), await OneAsync<Rows.Fractions>($"RETURN 'NaN' AS F, '-Infinity' AS D, '{decimal.MaxValue}' AS M"));
        Assert.Equal(new(2, 3, 4.5m), await OneAsync<Rows.Fractions>("RETURN CAST(2 AS INT8) AS F, CAST(3 AS UINT64) AS D, CAST('4.5' AS DECIMAL(10, 2)) AS M"));
        Assert.Equal(new(1.5f, 1.5, 0.1m), await OneAsync<Rows.Fractions>("RETURN 1.5 AS F, CAST(1.5 AS FLOAT) AS D, 0.1 AS M"));
    }

    [Fact]
    public async Task Times_of_columns_and_of_text()
    {
        var utc = new DateTime(2026, 11, 22, 1, 2, 3, DateTimeKind.Utc).AddTicks(4567890);
        var expected = new Rows.Moments(new(2026, 11, 22), new TimeOnly(23, 59, 59).Add(new(9999999)), utc, utc, new(1, 2, 3, 4));
        Assert.Equal(expected, await OneAsync<Rows.Moments>(
            "RETURN date('2026-11-22') AS Date, '23:59:59.9999999' AS Time, timestamp('2026-11-22 01:02:03.456789') AS Stamp, "
            + "CAST('2026-11-22 02:02:03.456789+01:00' AS TIMESTAMP_TZ) AS Zoned, interval('1 day 2 hours 3 minutes 4 seconds') AS Span"));
        Assert.Equal(expected, await OneAsync<Rows.Moments>(
            "RETURN '2026-11-22' AS Date, '23:59:59.9999999' AS Time, '2026-11-22T01:02:03.4567890Z' AS Stamp, '2026-11-22T02:02:03.4567890+01:00' AS Zoned, '1.02:03:04' AS Span"));
        Assert.Equal(expected.Stamp, (await OneAsync<Rows.Stamp>("RETURN CAST('2026-11-22 01:02:03.456789' AS TIMESTAMP_NS) AS X")).X);
        Assert.Equal(DateTimeKind.Utc, (await OneAsync<Rows.Stamp>("RETURN CAST('2026-11-22 02:02:03.456789+01:00' AS TIMESTAMP_TZ) AS X")).X.Kind);
    }

    [Fact]
    public async Task Other_values_of_columns_and_of_text()
    {
        const string Id = "0f8fad5b-d9cb-469f-a165-70867728950e";
        var of = await OneAsync<Rows.Others>($"RETURN true AS Flag, '' AS Text, BLOB('\\\\x00\\\\xFF') AS Bytes, UUID('{Id}') AS Id, 'Large' AS Size, 7 AS `Any`");
        Assert.Equal((true, "", "00FF", Guid.Parse(Id), Rows.Size.Large, 7L), (of.Flag, of.Text, Convert.ToHexString(of.Bytes), of.Id, of.Size, of.Any));
        of = await OneAsync<Rows.Others>($"RETURN 'false' AS Flag, UUID('{Id}') AS Text, 'AP8=' AS Bytes, '{Id}' AS Id, 9 AS Size, [1] AS `Any`");
        Assert.Equal((false, Id, "00FF", Guid.Parse(Id), (Rows.Size)9), (of.Flag, of.Text, Convert.ToHexString(of.Bytes), of.Id, of.Size));
        Assert.Equal([1L], Assert.IsType<object?[]>(of.Any));
    }

    [Fact]
    public async Task Null_for_every_member_that_can_be()
    {
        const string Nothing = "Number,Money,Flag,Text,Bytes,Id,Date,Size,Any,Items,Entries";
        var query = string.Join(", ", Nothing.Split(',').Select(name => $"NULL AS `{name}`"));
        var none = new Rows.Nullables(null, null, null, null, null, null, null, null, null, null, null, null);
        Assert.Equal(none, await OneAsync<Rows.Nullables>($"RETURN {query}, NULL AS Home"));
        // So the projection shows a record that isn't there.
        Assert.Equal(none, await OneAsync<Rows.Nullables>($"RETURN {query}, {{Street: CAST(NULL AS STRING), Number: CAST(NULL AS INT32), Next: {{Street: CAST(NULL AS STRING)}}}} AS Home"));
        var some = await OneAsync<Rows.Nullables>(
            "RETURN 1 AS Number, '2.5' AS Money, false AS Flag, 'x' AS Text, 'AA==' AS Bytes, UUID('0f8fad5b-d9cb-469f-a165-70867728950e') AS Id, "
            + "date('2026-11-22') AS Date, 'Small' AS Size, 'any' AS `Any`, [1, 2] AS Items, map(['a'], [1]) AS Entries, {Street: 'S', Number: 1, Next: NULL} AS Home");
        Assert.Equal((1, 2.5m, false, "x", Rows.Size.Small, "any", new Rows.Address("S", 1, null)), (some.Number, some.Money, some.Flag, some.Text, some.Size, some.Any, some.Home));
        Assert.Equal([1, 2], some.Items);
        Assert.Equal(1, some.Entries!["a"]);
    }

    [Theory]
    [InlineData(
        "[1, 2] AS List, ['a', NULL] AS Array, [date('2026-11-22'), date('2026-11-22')] AS Set, map([7, 8], ['1.5', '2']) AS Map, [[1], []] AS Nested, "
        + "[{Street: 'A', Number: 1, Next: {Street: 'B', Number: 2, Next: NULL}}] AS Addresses")]
    [InlineData(
        """
        '[1,2]' AS List, '["a",null]' AS Array, '["2026-11-22","2026-11-22"]' AS Set, '{"7":"1.5","8":2}' AS Map, '[[1],[]]' AS Nested,
        '[{"Street":"A","number":1,"Next":{"Street":"B","Number":2,"Next":null},"More":[]}]' AS Addresses
        """)]
    public async Task Many_values_of_lists_maps_and_json(string columns)
    {
        var many = await OneAsync<Rows.Many>("RETURN " + columns);
        Assert.Equal([1, 2], many.List);
        Assert.True(many.Array is ["a", null]);
        Assert.Equal([new DateOnly(2026, 11, 22)], many.Set);
        Assert.Equal((2, 1.5m, 2m), (many.Map.Count, many.Map[7], many.Map[8]));
        Assert.Equal([[1], []], many.Nested);
        Assert.Equal([new("A", 1, new("B", 2, null))], many.Addresses);
    }

    [Fact]
    public async Task Anything_in_json_is_as_plain_as_it_can_be()
    {
        var any = (await OneAsync<Rows.Anything>("""RETURN '["a", true, null, 1, {}]' AS X""")).X;
        Assert.Equal(("a", true, null, "1", "{}"), (any[0], any[1], any[2], any[3]!.ToString(), any[4]!.ToString()));
    }

    [Fact]
    public async Task An_empty_list_is_empty_and_so_is_an_empty_map()
    {
        var many = await OneAsync<Rows.Many>("RETURN '[]' AS List, '[]' AS Array, '[]' AS Set, '{}' AS Map, '[]' AS Nested, '[]' AS Addresses");
        Assert.Empty(many.List);
        Assert.Empty(many.Map);
    }

    private static IEnumerable<string> All(Rows.Integers row) =>
        new object[] { row.I8, row.I16, row.I32, row.I64, row.U8, row.U16, row.U32, row.U64, row.I128 }.Select(value => value.ToString()!);

    private static string Quoted(string value) => value.Contains(' ', StringComparison.Ordinal) ? value : $"'{value}'";

    private static string Evaluated(string value) => value == "-9223372036854775807 - 1" ? long.MinValue.ToString(System.Globalization.CultureInfo.InvariantCulture) : value;

    private async Task<T> OneAsync<T>(string query)
        where T : IQueryResult<T> => Assert.Single(await _shown.ReadAsync<T>(query));
}
