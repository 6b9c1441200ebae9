namespace Crdt.Tests.Kuzu.Adopting;

/// <summary>Values that the replica can't hold are left out and counted, and take nothing else with them.</summary>
public sealed class UnfitValueTests
{
    [Fact]
    public async Task Each_is_counted_by_column_with_an_example()
    {
        using var source = Source.Of(
            "CREATE NODE TABLE A(id INT64, d DATE, t TIMESTAMP, s STRING, l STRING[], i INT32, n DATE[], PRIMARY KEY(id))",
            "CREATE (:A {id: 1, d: date('20000-01-01'), s: 'kept', i: -2147483648})",
            "CREATE (:A {id: 2, d: date('20001-01-01'), t: timestamp('20000-01-01 00:00:00'), s: decode(BLOB('\\\\x41\\\\x00\\\\x42'))})",
            "CREATE (:A {id: 3, d: date('9999-12-31'), s: '', l: ['x', decode(BLOB('\\\\x00'))], n: [date('2020-01-01'), date('20000-01-01')]})");
        await using var adoption = await source.AdoptAsync();
        Assert.Equal(
            ["1|NULL|NULL|'kept'|NULL|NULL", "2|NULL|NULL|NULL|NULL|NULL", "3|9999-12-31|NULL|''|NULL|NULL"],
            await adoption.Replica.TextsAsync("MATCH (e:A) RETURN e.id, e.d, e.t, e.s, e.l, e.n ORDER BY e.id"));
        Assert.Equal(int.MinValue, (await adoption.Replica.GetNodeAsync("A", 1))!["i"]);
        Assert.Equal(
            ["d: left out: 2 values, for example of 1", "i: NULL in the graph database: 1 value, for example of 1", "l: left out: 1 value, for example of 3", "n: left out: 1 value, for example of 3", "s: left out: 1 value, for example of 2", "t: left out: 1 value, for example of 2"],
            adoption.Notes.Skip((await source.ReadAsync()).Notes.Count).Select(note => $"{note.Column}: {note.Becomes}: {note.Reason.Split(':')[0]}"));
        Assert.True((await adoption.Replica.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Values_within_values_are_kept_as_exactly()
    {
        using var source = Source.Of(
            "CREATE NODE TABLE A(id INT64, l STRUCT(b BLOB, u UUID, d DECIMAL(5, 2), i INTERVAL, n TIMESTAMP_NS, z TIMESTAMP_TZ)[], m MAP(INT64, STRING[])[], e STRUCT(a INT64, t MAP(STRING, DOUBLE)), PRIMARY KEY(id))",
            "CREATE (:A {id: 1, l: [{b: BLOB('\\\\x00\\\\xFF'), u: UUID('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'), d: CAST(1.5 AS DECIMAL(5, 2)), i: interval('1 month 2 days 3 us'), n: CAST('2020-02-29 01:02:03.5' AS TIMESTAMP_NS), "
            + "z: CAST('2020-02-29 01:02:03+01:00' AS TIMESTAMP_TZ)}, NULL], m: [map([2, 1], [['x', NULL], []])], e: {a: CAST(NULL AS INT64), t: map(['k'], [0.5])}})",
            "CREATE (:A {id: 2})");
        await using var adoption = await source.AdoptAsync();
        Assert.Equal(
            [
                "1|'[{\"b\":\"AP8=\",\"u\":\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\",\"d\":\"1.50\",\"i\":{\"Months\":1,\"Days\":2,\"Microseconds\":3},\"n\":1582938123500000000,\"z\":\"2020-02-29T00:02:03.0000000+00:00\"},null]'"
                + "|'[[{\"Key\":2,\"Value\":[\"x\",null]},{\"Key\":1,\"Value\":[]}]]'|NULL|'[{\"Key\":\"k\",\"Value\":0.5}]'",
                "2|NULL|NULL|NULL|NULL",
            ],
            await adoption.Replica.TextsAsync("MATCH (e:A) RETURN e.id, e.l, e.m, e.e.a, e.e.t ORDER BY e.id"));
        Assert.Null((await adoption.Replica.GetNodeAsync("A", 2))!["e"]);
        Assert.True((await adoption.Replica.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Decimals_keep_every_digit()
    {
        using var source = Source.Of(
            "CREATE NODE TABLE A(id INT64, small DECIMAL(28, 28), large DECIMAL(38, 2), PRIMARY KEY(id))",
            "CREATE (:A {id: 1, small: CAST('-0.0000000000000000000000000012' AS DECIMAL(28, 28)), large: CAST('123456789012345678901234567890123456.78' AS DECIMAL(38, 2))})",
            "CREATE (:A {id: 2, large: CAST('1' AS DECIMAL(38, 2))})");
        await using var adoption = await source.AdoptAsync();
        Assert.Equal(-0.0000000000000000000000000012m, (await adoption.Replica.GetNodeAsync("A", 1))!["small"]);
        Assert.Equal("123456789012345678901234567890123456.78", (await adoption.Replica.GetNodeAsync("A", 1))!["large"]);
        Assert.Equal("1.00", (await adoption.Replica.GetNodeAsync("A", 2))!["large"]);
    }

    [Fact]
    public async Task What_is_too_large_for_a_value_or_an_entity_is_left_out()
    {
        // Text goes up to 262,144 bytes in the engine, lists of it beyond what a value may take.
        using var source = Source.Of(
            "CREATE NODE TABLE A(id INT64, a STRING, b STRING, c STRING, d STRING, e STRING, l STRING[], PRIMARY KEY(id))",
            "WITH repeat('x', 250000) AS x CREATE (:A {id: 1, a: x, b: x, c: x, d: x, e: x})",
            "WITH repeat('x', 250000) AS x CREATE (:A {id: 2, a: 'kept', l: [x, x, x]})");
        await using var adoption = await source.AdoptAsync();
        var one = (await adoption.Replica.GetNodeAsync("A", 1))!;
        Assert.Equal(4, new[] { "a", "b", "c", "d", "e" }.Count(field => one[field] is string { Length: 250_000 }));
        Assert.Null((await adoption.Replica.GetNodeAsync("A", 2))!["l"]);
        Assert.Equal("kept", (await adoption.Replica.GetNodeAsync("A", 2))!["a"]);
        Assert.Equal(2, adoption.Notes.Count(note => note.Becomes == "left out"));
    }
}
