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
