using Crdt.Kuzu.Adopting;

namespace Crdt.Tests.Kuzu.Adopting;

/// <summary>Names that the library doesn't take are altered, each to one of its own, and said.</summary>
public sealed class NamingTests
{
    [Fact]
    public async Task Names_that_no_query_could_quote_are_altered_and_told_apart()
    {
        using var source = Source.Of(
            "CREATE NODE TABLE `a b`(`the key` INT64, `it's` STRING, `it\"s` STRING, it_s STRING, `1st` INT64, `order` INT64, PRIMARY KEY(`the key`))",
            "CREATE NODE TABLE a_b(id INT64, v STRUCT(`in` INT64, fine STRING), PRIMARY KEY(id))",
            "CREATE NODE TABLE _crdt(id INT64, PRIMARY KEY(id))",
            "CREATE REL TABLE `it's-so`(FROM `a b` TO a_b, `x y` INT64)",
            "CREATE (:`a b` {`the key`: 1, `it's`: 'one', `it\"s`: 'two', it_s: 'three', `1st`: 4, `order`: 5})-[:`it's-so` {`x y`: 6}]->(:a_b {id: 7, v: {`in`: 8, fine: 'nine'}})",
            "CREATE (:_crdt {id: 10})");
        await using var adoption = await source.AdoptAsync();
        var replica = adoption.Replica;
        Assert.Equal(["1|'one'|'two'|'three'|4|5"], await replica.TextsAsync("MATCH (e:a_b_) RETURN e.the_key, e.it_s_, e.it_s_2, e.it_s, e._1st, e.`order`"));
        Assert.Equal(["7|8|'nine'"], await replica.TextsAsync("MATCH (e:a_b) RETURN e.id, e.v.in_, e.v.fine"));
        Assert.Equal(["10"], await replica.TextsAsync("MATCH (e:_crdt_) RETURN e.id"));
        Assert.Equal(["1|7|6"], await replica.TextsAsync("MATCH (a:a_b_)-[e:it_s_so]->(b:a_b) RETURN a.the_key, b.id, e.x_y"));
        Assert.Equal(
            ["_crdt.: '_crdt_'", "a b.: 'a_b_'", "a b.it's: 'it_s_'", "a b.it\"s: 'it_s_2'", "a b.1st: '_1st'", "a b.the key: 'the_key'", "a_b.v: Record(Int64? in_, Text? fine)", "it's-so.: 'it_s_so'", "it's-so.x y: 'x_y'", "it's-so.: a relationship of any multiplicity"],
            adoption.Notes.Select(note => $"{note.Table}.{note.Column}: {note.Becomes}"));
        Assert.Contains("'in' is called 'in_'", adoption.Notes.Single(note => note.Column == "v").Reason, StringComparison.Ordinal);
        Assert.True((await replica.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task A_table_that_connects_several_pairs_becomes_a_type_for_each()
    {
        using var source = Source.Of(
            "CREATE NODE TABLE User(id INT64, PRIMARY KEY(id))",
            "CREATE NODE TABLE City(id INT64, PRIMARY KEY(id))",
            "CREATE REL TABLE Likes(FROM User TO User, FROM User TO City, since INT64)",
            "CREATE (a:User {id: 1}), (b:User {id: 2}), (c:City {id: 3}), (a)-[:Likes {since: 4}]->(b), (a)-[:Likes {since: 5}]->(c)");
        await using var adoption = await source.AdoptAsync();
        Assert.Equal(["1|2|4"], await adoption.Replica.TextsAsync("MATCH (a)-[e:Likes_User_User]->(b) RETURN a.id, b.id, e.since"));
        Assert.Equal(["1|3|5"], await adoption.Replica.TextsAsync("MATCH (a)-[e:Likes_User_City]->(b) RETURN a.id, b.id, e.since"));
        Assert.Equal(["Likes_User_User", "Likes_User_City"], adoption.Notes.Select(note => note.Becomes));
    }

    [Fact]
    public async Task What_is_not_known_is_left_out_and_the_rest_is_not()
    {
        using var source = Source.Of(
            "CREATE NODE TABLE A(id INT64, ids INTERNAL_ID, same UNION(x INT64, y INT64)[], told UNION(x INT64, y STRING)[], twice UNION(x INT64, y INT64), PRIMARY KEY(id))",
            "CREATE (:A {id: 1, told: [union_value(y := 'z')], twice: union_value(y := 3)})");
        await using var adoption = await source.AdoptAsync();
        Assert.Equal(["1|'[{\"Tag\":\"y\",\"x\":null,\"y\":\"z\"}]'|'y'|3"], await adoption.Replica.TextsAsync("MATCH (e:A) RETURN e.id, e.told, e.twice.Tag, e.twice.y"));
        Assert.Equal(["ids", "same"], adoption.Notes.Where(note => note.Becomes == "left out").Select(note => note.Column));
        Assert.Equal(4, adoption.Notes.Count);
    }

    [Fact]
    public async Task A_default_and_a_serial_are_named()
    {
        using var source = Source.Of("CREATE NODE TABLE A(id SERIAL, size INT64 DEFAULT 5, PRIMARY KEY(id))", "CREATE (:A), (:A {size: 7})");
        await using var adoption = await source.AdoptAsync();
        Assert.Equal(["0|5", "1|7"], await adoption.Replica.TextsAsync("MATCH (e:A) RETURN e.id, e.size ORDER BY e.id"));
        Assert.Equal(["size", "id"], adoption.Notes.Select(note => note.Column));
    }

    [Theory]
    [InlineData("INT64[3][]", "LIST(LIST(INT64))")]
    [InlineData("STRUCT(a INT64, b STRUCT(c MAP(STRING, DECIMAL(18, 3)[]), `d` UNION(x DATE, y UUID[2])))[]", "LIST(STRUCT(INT64, STRUCT(MAP(STRING, LIST(DECIMAL)), UNION(DATE, LIST(UUID)))))")]
    [InlineData("STRUCT(a INT64", null)]
    [InlineData("DECIMAL(x, 3)", null)]
    [InlineData("INT64[", null)]
    [InlineData("ENUM(a, b)", null)]
    [InlineData("", null)]
    public void Types_are_read_as_the_catalog_prints_them(string printed, string? expected)
    {
        Assert.Equal(expected, SourceTypeParser.Parse(printed) is { } type ? Text(type) : null);

        static string Text(SourceType type) => type.Members.Count == 0 ? type.Name : $"{type.Name}({string.Join(", ", type.Members.Select(member => Text(member.Type)))})";
    }
}
