using Crdt.Kuzu;
using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Binding;

public sealed class NameTests
{
    [Theory]
    [InlineData("User")]
    [InlineData("_x1")]
    [InlineData("MATCH")]
    [InlineData("Größe")]
    [InlineData("名前")]
    public void A_quoted_name_is_a_table_a_property_and_a_field(string name)
    {
        using var database = KuzuDatabase.Open(":memory:", ScratchFolder.Small);
        using var connection = database.Connect();
        var quoted = CypherName.Quote(name);
        connection.Execute($"CREATE NODE TABLE {quoted} (id INT64, {quoted} STRING, PRIMARY KEY (id))");
        using var rows = new KuzuRows(new KuzuColumn("id", KuzuColumnType.Int64), new KuzuColumn(name, KuzuColumnType.String));
        rows.Append().Int64(1).String("v");
        using (var copy = connection.Prepare($"COPY {quoted} FROM (UNWIND $rows AS r RETURN r.id, r.{quoted})"))
            copy.Bind("rows", rows).Execute();
        using var result = connection.Query($"MATCH (n:{quoted}) RETURN n.{quoted}");
        Assert.True(result.Read());
        Assert.Equal("v", result.GetString(0));
    }

    [Theory]
    [InlineData("User")]
    [InlineData("match")]
    [InlineData("From")]
    [InlineData("Größe")]
    [InlineData("名前")]
    public void A_bare_name_is_a_field_of_a_struct(string name)
    {
        using var database = KuzuDatabase.Open(":memory:", ScratchFolder.Small);
        using var connection = database.Connect();
        connection.Execute($"CREATE NODE TABLE T (id INT64, s STRUCT({CypherName.Field(name)} INT64), PRIMARY KEY (id))");
        connection.Execute($"CREATE (:T {{id: 1, s: {{{CypherName.Quote(name)}: 5}}}})");
        using var result = connection.Query($"MATCH (e:T) RETURN e.s.{CypherName.Quote(name)}");
        Assert.True(result.Read());
        Assert.Equal(5L, result.GetInt64(0));
    }

    // Quoted it would be a field that no query can name.
    [Theory]
    [InlineData("Order")]
    [InlineData("in")]
    [InlineData("PRIMARY")]
    public void A_keyword_that_the_engine_refuses_is_no_field(string name)
    {
        Assert.Throws<ArgumentException>(() => CypherName.Field(name));
        using var database = KuzuDatabase.Open(":memory:", ScratchFolder.Small);
        using var connection = database.Connect();
        Assert.Throws<KuzuException>(() => connection.Execute($"CREATE NODE TABLE T (id INT64, s STRUCT({name} INT64), PRIMARY KEY (id))"));
        connection.Execute($"CREATE NODE TABLE T (id INT64, s STRUCT({CypherName.Quote(name)} INT64), PRIMARY KEY (id))");
        connection.Execute($"CREATE (:T {{id: 1, s: {{{CypherName.Quote(name)}: 5}}}})");
        Assert.Throws<KuzuException>(() => connection.Execute($"MATCH (e:T) RETURN e.s.{CypherName.Quote(name)}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1x")]
    [InlineData("a b")]
    [InlineData("a`b")]
    [InlineData("a\\b")]
    [InlineData("a'b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a-b")]
    [InlineData("a;b")]
    [InlineData("\ud800")]
    [InlineData("x`) DETACH DELETE n //")]
    public void Anything_else_is_refused(string name)
    {
        Assert.False(CypherName.IsValid(name));
        var error = Assert.Throws<ArgumentException>(() => CypherName.Quote(name));
        Assert.DoesNotContain('\0', error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_name_has_an_upper_length()
    {
        Assert.Equal($"`{new string('x', 128)}`", CypherName.Quote(new string('x', 128)));
        Assert.Throws<ArgumentException>(() => CypherName.Quote(new string('x', 129)));
    }
}
