namespace Crdt.Tests.Kuzu.Adopting;

/// <summary>Keys of every type that the engine takes as a primary key.</summary>
public sealed class KeyFormTests
{
    [Theory]
    [InlineData("INT8", "5", "Int8", "5")]
    [InlineData("INT16", "-5", "Int16", "-5")]
    [InlineData("INT32", "5", "Int32", "5")]
    [InlineData("INT64", "9223372036854775807", "Int64", "9223372036854775807")]
    [InlineData("UINT8", "255", "UInt8", "255")]
    [InlineData("UINT16", "5", "UInt16", "5")]
    [InlineData("UINT32", "5", "UInt32", "5")]
    [InlineData("UINT64", "18446744073709551615", "UInt64", "18446744073709551615")]
    [InlineData("STRING", "'x''y'", "Text", "'x\\'y'")]
    [InlineData("UUID", "UUID('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11')", "Guid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'")]
    [InlineData("INT128", "170141183460469231731687303715884105727", "Text", "'170141183460469231731687303715884105727'")]
    [InlineData("DOUBLE", "0.1", "Text", "'0.1'")]
    [InlineData("FLOAT", "0.1", "Text", "'0.1'")]
    [InlineData("DATE", "date('2020-02-29')", "Text", "'2020-02-29'")]
    [InlineData("TIMESTAMP", "timestamp('2020-02-29 01:02:03.123456')", "Text", "'2020-02-29T01:02:03.1234560Z'")]
    [InlineData("TIMESTAMP_NS", "CAST('2020-02-29 01:02:03.123456' AS TIMESTAMP_NS)", "Text", "'1582938123123456000'")]
    [InlineData("TIMESTAMP_TZ", "CAST('2020-02-29 01:02:03+01:00' AS TIMESTAMP_TZ)", "Text", "'2020-02-29T00:02:03.0000000+00:00'")]
    [InlineData("BLOB", "BLOB('\\\\x00\\\\xFF')", "Text", "'AP8='")]
    [InlineData("DECIMAL(10, 2)", "CAST(1.5 AS DECIMAL(10, 2))", "Text", "'1.50'")]
    public async Task A_key_becomes_what_names_it_exactly(string type, string value, string kind, string shown)
    {
        using var source = Source.Of(
            $"CREATE NODE TABLE A(k {type}, v INT64, PRIMARY KEY(k))", "CREATE REL TABLE R(FROM A TO A)",
            $"CREATE (a:A {{k: {value.Replace("''", "\\'", StringComparison.Ordinal)}, v: 1}})", "MATCH (a:A) CREATE (a)-[:R]->(a)");
        await using var adoption = await source.AdoptAsync();
        Assert.Equal(kind, $"{adoption.Replica.Schema.TypeOf("A").Key!.Value}");
        Assert.Equal([$"{shown}|1"], await adoption.Replica.TextsAsync("MATCH (a:A)-[:R]->(b:A) RETURN a.k, b.v"));
        var isNamed = kind == "Guid" || (kind == "Text" && type != "STRING");
        Assert.Equal(isNamed ? ["k"] : [], adoption.Notes.Select(note => note.Column));
        Assert.True((await adoption.Replica.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Ends_whose_keys_are_too_long_together_are_not_connected()
    {
        using var source = Source.Of(
            "CREATE NODE TABLE T(k STRING, PRIMARY KEY(k))", "CREATE REL TABLE R(FROM T TO T)",
            "CREATE (a:T {k: repeat('a', 3000)}), (b:T {k: repeat('b', 3000)}), (c:T {k: 'c'})",
            "MATCH (a:T), (b:T) WHERE a.k < b.k CREATE (a)-[:R]->(b)", "MATCH (a:T), (c:T) WHERE a.k < 'b' AND c.k = 'c' CREATE (a)-[:R]->(c)");
        await using var adoption = await source.AdoptAsync();
        Assert.Equal(["3"], await adoption.Replica.TextsAsync("MATCH (t:T) RETURN count(*)"));
        Assert.Equal(["'a'|1", "'b'|1"], await adoption.Replica.TextsAsync("MATCH (a:T)-[e:R]->(b:T) WHERE b.k = 'c' AND e.ordinal = 1 RETURN left(a.k, 1), e.ordinal ORDER BY a.k"));
        Assert.StartsWith("1 row,", adoption.Notes.Single(note => note.Becomes == "left out").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_can_not_be_is_left_out_with_what_leads_to_it()
    {
        using var source = Source.Of(
            "CREATE NODE TABLE N(k INT8, PRIMARY KEY(k))", "CREATE NODE TABLE T(k STRING, PRIMARY KEY(k))", "CREATE REL TABLE R(FROM N TO T)",
            "CREATE (:N {k: -128}), (:N {k: 1}), (:T {k: 'A'}), (:T {k: decode(BLOB('\\\\x41\\\\x00\\\\x42'))}), (:T {k: repeat('long', 2000)})",
            "MATCH (a:N), (b:T) CREATE (a)-[:R]->(b)");
        await using var adoption = await source.AdoptAsync();
        Assert.Equal(["1|'A'"], await adoption.Replica.TextsAsync("MATCH (a:N)-[:R]->(b:T) RETURN a.k, b.k"));
        Assert.Equal(["1"], await adoption.Replica.TextsAsync("MATCH (a:N) RETURN a.k"));
        Assert.Equal(["'A'"], await adoption.Replica.TextsAsync("MATCH (a:T) RETURN a.k"));
        Assert.All(adoption.Notes, note => Assert.Equal((null, "left out"), (note.Column, note.Becomes)));
        Assert.Equal(5, adoption.Notes.Where(note => note.Table == "R").Sum(note => int.Parse(note.Reason.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(["1 row, for example of -128"], adoption.Notes.Where(note => note.Table == "N").Select(note => note.Reason.Split(':')[0]));
        Assert.Equal(2, adoption.Notes.Count(note => note.Table == "T"));
    }
}
